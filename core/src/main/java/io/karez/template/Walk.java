package io.karez.template;

import io.karez.template.Expression.Given;
import io.karez.template.Statement.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Goes through the parts of a template without writing it.
final class Walk {
  /// Names that are read, and those that the template gives itself.
  private final Set<String> free = new TreeSet<>();

  /// Every name that is mentioned.
  private final Set<String> all = new HashSet<>();

  private final List<Statement.Block> blocks = new ArrayList<>();
  private final List<Expression> sources = new ArrayList<>();

  private Walk() {}

  /// The blocks, also those inside of others.
  static List<Statement.Block> blocks(List<Statement> statements) {
    Walk walk = new Walk();
    walk.statements(statements, new HashSet<>());
    return walk.blocks;
  }

  /// Every name that is mentioned.
  static Set<String> names(List<Statement> statements) {
    Walk walk = new Walk();
    walk.statements(statements, new HashSet<>());
    return walk.all;
  }

  /// What is read and not given by the template itself.
  ///
  /// @param sources takes what names the templates that it uses
  static Set<String> free(List<Statement> statements, List<Expression> sources) {
    Walk walk = new Walk();
    walk.statements(statements, new HashSet<>(Globals.ALL.keySet()));
    sources.addAll(walk.sources);
    return walk.free;
  }

  /// @param known names that mean something already; those that the statements give are added
  private void statements(List<Statement> statements, Set<String> known) {
    statements.forEach(statement -> statement(statement, known));
  }

  private void inside(List<Statement> statements, Set<String> known, String... more) {
    Set<String> own = new HashSet<>(known);
    own.addAll(List.of(more));
    statements(statements, own);
  }

  private void statement(Statement statement, Set<String> known) {
    switch (statement) {
      case Statement.Data data -> {}
      case Statement.Output(Expression value) -> read(value, known);
      case Statement.If(var branches, var otherwise) -> {
        branches.forEach(branch -> {
          read(branch.test(), known);
          statements(branch.body(), known);
        });
        statements(otherwise, known);
      }
      case Statement.For loop -> {
        read(loop.items(), known);
        Set<String> own = new HashSet<>(known);
        target(loop.target(), own);
        loop.filter().ifPresent(filter -> read(filter, own));
        own.add("loop");
        statements(loop.body(), own);
        inside(loop.otherwise(), known);
      }
      case Statement.Set set -> {
        read(set.value(), known);
        target(set.target(), known);
      }
      case Statement.SetBlock set -> {
        inside(set.body(), known);
        set.filters().ifPresent(filters -> read(filters, known));
        target(set.target(), known);
      }
      case Statement.With with -> {
        with.values().forEach(value -> read(value, known));
        Set<String> own = new HashSet<>(known);
        with.targets().forEach(target -> target(target, own));
        statements(with.body(), own);
      }
      case Statement.FilterBlock filter -> {
        read(filter.filters(), known);
        inside(filter.body(), known);
      }
      case Statement.MacroDefinition macro -> {
        known.add(macro.name());
        signature(macro.signature(), macro.body(), known);
      }
      case Statement.CallBlock block -> {
        read(block.call(), known);
        signature(block.signature(), block.body(), known);
      }
      case Statement.Include include -> {
        read(include.name(), known);
        if (include.withContext()) {
          sources.add(include.name());
        }
      }
      case Statement.Import imported -> {
        read(imported.name(), known);
        known.add(imported.as());
      }
      case Statement.FromImport imported -> {
        read(imported.name(), known);
        imported.names().forEach(name -> known.add(name.as()));
      }
      case Statement.Extends parent -> {
        read(parent.name(), known);
        sources.add(parent.name());
      }
      case Statement.Block block -> {
        blocks.add(block);
        inside(block.body(), known, "super", "self");
      }
    }
  }

  private void signature(Statement.Signature signature, List<Statement> body, Set<String> known) {
    signature.defaults().forEach(value -> read(value, known));
    Set<String> own = new HashSet<>(known);
    own.addAll(signature.names());
    own.addAll(List.of("varargs", "kwargs", "caller"));
    statements(body, own);
  }

  private static void target(Target target, Set<String> known) {
    switch (target) {
      case Target.Name(String name) -> known.add(name);
      case Target.Several(List<Target> targets) -> targets.forEach(one -> target(one, known));
      case Target.Attribute attribute -> {}
    }
  }

  private void read(Expression expression, Set<String> known) {
    switch (expression) {
      case Expression.Literal literal -> {}
      case Expression.Name(String name, var at) -> {
        all.add(name);
        if (!known.contains(name) && !name.equals(Statement.HOLE)) {
          free.add(name);
        }
      }
      case Expression.ListOf(var items, var at) -> items.forEach(item -> read(item, known));
      case Expression.TupleOf(var items, var at) -> items.forEach(item -> read(item, known));
      case Expression.DictOf(var pairs, var at) ->
          pairs.forEach(pair -> {
            read(pair.key(), known);
            read(pair.value(), known);
          });
      case Expression.Attribute attribute -> read(attribute.of(), known);
      case Expression.Item item -> {
        read(item.of(), known);
        read(item.key(), known);
      }
      case Expression.Slice slice -> {
        read(slice.start(), known);
        read(slice.stop(), known);
        read(slice.step(), known);
      }
      case Expression.Call call -> {
        read(call.function(), known);
        given(call.given(), known);
      }
      case Expression.Filtered filtered -> {
        read(filtered.of(), known);
        given(filtered.given(), known);
      }
      case Expression.Tested tested -> {
        read(tested.of(), known);
        given(tested.given(), known);
      }
      case Expression.Signed signed -> read(signed.of(), known);
      case Expression.Binary binary -> {
        read(binary.left(), known);
        read(binary.right(), known);
      }
      case Expression.Compared compared -> {
        read(compared.first(), known);
        compared.links().forEach(link -> read(link.right(), known));
      }
      case Expression.Not not -> read(not.of(), known);
      case Expression.Logical logical -> {
        read(logical.left(), known);
        read(logical.right(), known);
      }
      case Expression.Conditional conditional -> {
        read(conditional.then(), known);
        read(conditional.test(), known);
        read(conditional.otherwise(), known);
      }
    }
  }

  private void read(Optional<Expression> expression, Set<String> known) {
    expression.ifPresent(given -> read(given, known));
  }

  private void given(Given given, Set<String> known) {
    given.positional().forEach(value -> read(value, known));
    given.named().values().forEach(value -> read(value, known));
    read(given.spread(), known);
    read(given.spreadNamed(), known);
  }
}
