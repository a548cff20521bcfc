package io.karez.template;

import io.karez.text.Place;
import java.util.List;
import java.util.Optional;

/// A piece of a template that writes text, or changes what names mean.
sealed interface Statement {
  record Data(String text) implements Statement {}

  record Output(Expression value) implements Statement {}

  /// @param branches the first whose test holds is used
  record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

  record Branch(Expression test, List<Statement> body) {}

  /// @param filter which items count
  record For(
      Target target,
      Expression items,
      Optional<Expression> filter,
      boolean recursive,
      List<Statement> body,
      List<Statement> otherwise,
      Place at)
      implements Statement {}

  record Set(Target target, Expression value, Place at) implements Statement {}

  /// `{% set name | filter %}...{% endset %}`
  ///
  /// @param filters outermost last; each holds {@link #HOLE} where the text goes
  record SetBlock(Target target, Optional<Expression> filters, List<Statement> body, Place at)
      implements Statement {}

  record With(List<Target> targets, List<Expression> values, List<Statement> body, Place at)
      implements Statement {}

  record FilterBlock(Expression filters, List<Statement> body, Place at) implements Statement {}

  record MacroDefinition(String name, Signature signature, List<Statement> body, Place at)
      implements Statement {}

  /// `{% call(user) list(users) %}...{% endcall %}`
  record CallBlock(Expression.Call call, Signature signature, List<Statement> body, Place at)
      implements Statement {}

  /// @param defaults of the last ones
  record Signature(List<String> names, List<Expression> defaults) {}

  record Include(Expression name, boolean ignoreMissing, boolean withContext, Place at)
      implements Statement {}

  record Import(Expression name, String as, boolean withContext, Place at) implements Statement {}

  record FromImport(Expression name, List<Imported> names, boolean withContext, Place at)
      implements Statement {}

  record Imported(String name, String as) {}

  record Extends(Expression name, Place at) implements Statement {}

  record Block(String name, boolean scoped, boolean required, List<Statement> body, Place at)
      implements Statement {}

  /// What a value is given to.
  sealed interface Target {
    record Name(String name) implements Target {}

    record Several(List<Target> targets) implements Target {}

    /// `namespace.attribute`
    record Attribute(String namespace, String name, Place at) implements Target {}
  }

  /// The name under which a filter of a block finds the text; no template can write it.
  String HOLE = "the text of the block";
}
