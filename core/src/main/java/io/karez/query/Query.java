package io.karez.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// A question with the answer yes or no: the language of MLXP's reader, and metric predicates.
///
/// Precedence: `~` before `&` before `|`; a comparison binds tighter than all three. A name that is
/// missing makes its comparison false, `!=` included.
public sealed interface Query {

  /// The empty query.
  record Everything() implements Query {}

  record Comparison(Operand left, Operator operator, Literal right) implements Query {}

  record Membership(Operand left, List<Literal> values) implements Query {
    public Membership {
      values = List.copyOf(values);
    }
  }

  record Not(Query query) implements Query {}

  /// All must hold.
  record And(List<Query> queries) implements Query {
    public And {
      queries = List.copyOf(queries);
    }
  }

  /// One must hold.
  record Or(List<Query> queries) implements Query {
    public Or {
      queries = List.copyOf(queries);
    }
  }

  /// Reads a query whose names are all in the vocabulary.
  ///
  /// @param source where the text comes from, for messages: `--filter`
  /// @throws io.karez.text.InvalidInputException with the column of the fault; all unknown names at
  ///   once
  static Query parse(String text, String source, Vocabulary vocabulary) {
    Query query = new QueryParser(text, source).parse();
    vocabulary.check(query, source).throwIfAny();
    return query;
  }

  default boolean matches(Facts facts) {
    return switch (this) {
      case Everything() -> true;
      case Comparison(Operand left, Operator operator, Literal right) ->
          values(left, facts).map(found -> compare(found, operator, right)).orElse(false);
      case Membership(Operand left, List<Literal> values) ->
          values(left, facts)
              .map(
                  found -> values.stream().anyMatch(value -> compare(found, Operator.EQUAL, value)))
              .orElse(false);
      case Not(Query query) -> !query.matches(facts);
      case And(List<Query> queries) -> queries.stream().allMatch(query -> query.matches(facts));
      case Or(List<Query> queries) -> queries.stream().anyMatch(query -> query.matches(facts));
    };
  }

  /// Every name and metric asked for, in the order of the text.
  default Stream<Operand> operands() {
    return switch (this) {
      case Everything() -> Stream.empty();
      case Comparison(Operand left, Operator operator, Literal right) -> Stream.of(left);
      case Membership(Operand left, List<Literal> values) -> Stream.of(left);
      case Not(Query query) -> query.operands();
      case And(List<Query> queries) -> queries.stream().flatMap(Query::operands);
      case Or(List<Query> queries) -> queries.stream().flatMap(Query::operands);
    };
  }

  private static Optional<List<Object>> values(Operand operand, Facts facts) {
    return switch (operand) {
      case Operand.Name(String name, int column) -> facts.value(name).map(Query::list);
      case Operand.Metric(MetricFunction function, String name, int column) ->
          facts.metric(function, name).stream().boxed().<List<Object>>map(List::of).findFirst();
    };
  }

  private static List<Object> list(Object value) {
    if (!(value instanceof Iterable<?> many)) {
      return List.of(value);
    }
    List<Object> values = new ArrayList<>();
    many.forEach(one -> values.add(Objects.requireNonNullElse(one, Literal.None.NONE)));
    return values;
  }

  private static boolean compare(List<Object> values, Operator operator, Literal literal) {
    if (operator == Operator.NOT_EQUAL) {
      return !compare(values, Operator.EQUAL, literal);
    }
    return values.stream()
        .map(literal::compare)
        .anyMatch(difference -> difference.isPresent() && operator.holds(difference.getAsInt()));
  }
}
