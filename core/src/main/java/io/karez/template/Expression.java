package io.karez.template;

import io.karez.text.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What stands for a value in a template.
sealed interface Expression {
  Place at();

  record Literal(Object value, Place at) implements Expression {}

  record Name(String name, Place at) implements Expression {}

  record ListOf(List<Expression> items, Place at) implements Expression {}

  record TupleOf(List<Expression> items, Place at) implements Expression {}

  record DictOf(List<Pair> pairs, Place at) implements Expression {}

  record Pair(Expression key, Expression value) {}

  /// `of.name`
  record Attribute(Expression of, String name, Place at) implements Expression {}

  /// `of[key]`
  record Item(Expression of, Expression key, Place at) implements Expression {}

  /// `start:stop:step`, between brackets.
  record Slice(
      Optional<Expression> start, Optional<Expression> stop, Optional<Expression> step, Place at)
      implements Expression {}

  record Call(Expression function, Given given, Place at) implements Expression {}

  record Filtered(Expression of, String filter, Given given, Place at) implements Expression {}

  record Tested(Expression of, String test, Given given, Place at) implements Expression {}

  /// @param operator `-` or `+`
  record Signed(String operator, Expression of, Place at) implements Expression {}

  /// @param operator an arithmetic one, or `~`
  record Binary(String operator, Expression left, Expression right, Place at)
      implements Expression {}

  /// `first < second <= third`: true when each holds.
  record Compared(Expression first, List<Link> links, Place at) implements Expression {}

  record Link(String operator, Expression right) {}

  record Not(Expression of, Place at) implements Expression {}

  /// @param either whether one is enough
  record Logical(boolean either, Expression left, Expression right, Place at)
      implements Expression {}

  /// `then if test else otherwise`
  record Conditional(Expression then, Expression test, Optional<Expression> otherwise, Place at)
      implements Expression {}

  /// What a call, a filter or a test is given.
  ///
  /// @param spread `*list`
  /// @param spreadNamed `**dict`
  record Given(
      List<Expression> positional,
      Map<String, Expression> named,
      Optional<Expression> spread,
      Optional<Expression> spreadNamed) {
    static final Given NOTHING = new Given(List.of(), Map.of(), Optional.empty(), Optional.empty());
  }
}
