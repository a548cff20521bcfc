package io.karez.template;

import io.karez.template.Expression.Given;
import io.karez.template.TemplateEngine.WhenUndefined;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What expressions mean. A mistake becomes a problem and its value is undefined, so that those
/// after it are found as well.
final class Evaluator {
  private final WhenUndefined policy;
  private final Set<Problem> problems = new LinkedHashSet<>();

  Evaluator(WhenUndefined policy) {
    this.policy = policy;
  }

  /// In the order they were found.
  Set<Problem> problems() {
    return problems;
  }

  void failed(Failure failure, Place at) {
    problems.add(failure.problem(at));
  }

  /// The value; undefined where there is none, which whoever uses it has to ask for.
  Object value(Expression expression, Scope scope) {
    try {
      return evaluate(expression, scope);
    } catch (Failure e) {
      failed(e, expression.at());
      return new Undefined("", "", true);
    }
  }

  /// The value as something that must be there.
  ///
  /// @param always whether also an undefined name that is empty text elsewhere will not do
  Object used(Expression expression, Scope scope, boolean always) {
    return used(value(expression, scope), expression.at(), scope, always);
  }

  private Object used(Object value, Place at, Scope scope, boolean always) {
    boolean matters = always || policy == WhenUndefined.ERROR;
    if (value instanceof Undefined undefined && matters && (always || !undefined.mayBeEmpty())) {
      if (!undefined.said()) {
        Problem problem = Problem.at(at, "%s is not defined".formatted(undefined.what()));
        Set<String> known = new TreeSet<>(scope.names());
        known.addAll(Globals.ALL.keySet());
        problems.add(
            Nearest.to(undefined.name(), undefined.name().isEmpty() ? Set.of() : known)
                .map(near -> problem.hint("did you mean `%s`?".formatted(near)))
                .orElse(problem));
      }
      return undefined.told();
    }
    return value;
  }

  boolean holds(Expression expression, Scope scope) {
    return Values.isTrue(used(expression, scope, false));
  }

  String text(Expression expression, Scope scope) {
    return Texts.str(used(expression, scope, false));
  }

  /// What a loop goes through.
  List<Object> items(Object value, Place at, Scope scope) {
    try {
      return Values.list(used(value, at, scope, false));
    } catch (Failure e) {
      failed(e, at);
      return List.of();
    }
  }

  private Object evaluate(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Literal literal -> literal.value();
      case Expression.Name(String name, Place at) -> named(name, scope);
      case Expression.ListOf(List<Expression> items, Place at) -> values(items, scope);
      case Expression.TupleOf(List<Expression> items, Place at) -> new Tuple(values(items, scope));
      case Expression.DictOf dict -> dict(dict, scope);
      case Expression.Attribute attribute -> attribute(attribute, scope);
      case Expression.Item item -> item(item, scope);
      case Expression.Slice slice ->
          new Subscripts.Slice(
              bound(slice.start(), scope), bound(slice.stop(), scope), bound(slice.step(), scope));
      case Expression.Call call -> call(call, scope, Map.of());
      case Expression.Filtered filtered -> filtered(filtered, scope);
      case Expression.Tested tested -> tested(tested, scope);
      case Expression.Signed signed -> {
        Object value = used(signed.of(), scope, true);
        yield value instanceof Undefined
            ? value
            : signed.operator().equals("-")
                ? Arithmetic.negative(value)
                : Arithmetic.positive(value);
      }
      case Expression.Binary binary -> binary(binary, scope);
      case Expression.Compared compared -> compared(compared, scope);
      case Expression.Not(Expression of, Place at) -> !holds(of, scope);
      case Expression.Logical logical -> {
        Object left = used(logical.left(), scope, false);
        yield Values.isTrue(left) == logical.either() ? left : value(logical.right(), scope);
      }
      case Expression.Conditional conditional ->
          holds(conditional.test(), scope)
              ? value(conditional.then(), scope)
              : conditional
                  .otherwise()
                  .map(otherwise -> value(otherwise, scope))
                  .orElseGet(
                      () -> new Undefined("what `if` without `else` gives", "", false, true));
    };
  }

  private static Object named(String name, Scope scope) {
    return scope
        .get(name)
        .or(() -> Optional.ofNullable(Globals.ALL.get(name)))
        .orElseGet(() -> new Undefined("`%s`".formatted(name), name, false));
  }

  private List<Object> values(List<Expression> items, Scope scope) {
    List<Object> values = new ArrayList<>();
    items.forEach(item -> values.add(value(item, scope)));
    return values;
  }

  private Object dict(Expression.DictOf dict, Scope scope) {
    Map<Object, Object> values = new LinkedHashMap<>();
    for (Expression.Pair pair : dict.pairs()) {
      values.put(used(pair.key(), scope, false), value(pair.value(), scope));
    }
    return values;
  }

  private Object bound(Optional<Expression> bound, Scope scope) {
    return bound.map(given -> used(given, scope, true)).orElse(None.NONE);
  }

  private Object attribute(Expression.Attribute attribute, Scope scope) {
    Object of = used(attribute.of(), scope, true);
    if (of instanceof Undefined) {
      return of;
    }
    String name = attribute.name();
    return Methods.of(of, name)
        .or(() -> Subscripts.item(of, name))
        .orElseGet(() -> missing(attribute.of(), of, name));
  }

  private Object item(Expression.Item item, Scope scope) {
    Object of = used(item.of(), scope, true);
    Object key = used(item.key(), scope, true);
    if (of instanceof Undefined || key instanceof Undefined) {
      return of instanceof Undefined ? of : key;
    }
    return Subscripts.item(of, key)
        .or(() -> key instanceof String name ? Methods.of(of, name) : Optional.empty())
        .orElseGet(() -> missing(item.of(), of, Texts.str(key)));
  }

  private static Object missing(Expression expression, Object of, String name) {
    String what =
        expression instanceof Expression.Name(String known, Place at)
            ? "`%s`".formatted(known)
            : "a value of type " + Values.type(of);
    String near =
        Nearest.to(name, Methods.names(of))
            .map(known -> " (it has `%s`)".formatted(known))
            .orElse("");
    return new Undefined("`%s` of %s%s".formatted(name, what, near), "", false);
  }

  /// @param more by name, besides what the call says
  Object call(Expression.Call call, Scope scope, Map<String, Object> more) {
    Object function = used(call.function(), scope, true);
    String name =
        switch (call.function()) {
          case Expression.Name(String known, Place at) -> known;
          case Expression.Attribute attribute -> attribute.name();
          default -> "the function";
        };
    Args args = args(name, call.given(), scope, false);
    if (function instanceof Undefined) {
      return function;
    }
    if (!(function instanceof Callable callable)) {
      throw Failure.of(
          "`%s` is a value of type %s, which cannot be called"
              .formatted(name, Values.type(function)));
    }
    Map<String, Object> named = new LinkedHashMap<>(args.named());
    named.putAll(more);
    return callable.call(new Args(name, args.positional(), named));
  }

  /// @param used whether what is undefined is of no use
  private Args args(String name, Given given, Scope scope, boolean used) {
    List<Object> positional = new ArrayList<>();
    given
        .positional()
        .forEach(one -> positional.add(used ? used(one, scope, false) : value(one, scope)));
    given
        .spread()
        .ifPresent(list -> positional.addAll(items(value(list, scope), list.at(), scope)));
    Map<String, Object> named = new LinkedHashMap<>();
    given
        .named()
        .forEach((key, one) -> named.put(key, used ? used(one, scope, false) : value(one, scope)));
    given
        .spreadNamed()
        .ifPresent(dict -> {
          Object value = used(dict, scope, true);
          if (value instanceof Map<?, ?> map) {
            map.forEach((key, one) -> named.put(Texts.str(key), one));
          } else if (!(value instanceof Undefined)) {
            throw Failure.at(dict.at(), "`**` needs a dict");
          }
        });
    return new Args(name, positional, named);
  }

  private Object filtered(Expression.Filtered filtered, Scope scope) {
    boolean takesUndefined = Filters.takesUndefined(filtered.filter());
    Object value =
        takesUndefined
            ? value(filtered.of(), scope)
            : used(filtered.of(), scope, Filters.needsValue(filtered.filter()));
    Args args = args(filtered.filter(), filtered.given(), scope, !takesUndefined);
    if (value instanceof Undefined undefined && undefined.said()) {
      return takesUndefined ? Filters.apply(filtered.filter(), value, args) : value;
    }
    return Filters.apply(filtered.filter(), value, args);
  }

  private Object tested(Expression.Tested tested, Scope scope) {
    Object value =
        Tests.takesUndefined(tested.test())
            ? value(tested.of(), scope)
            : used(tested.of(), scope, false);
    Args args = args(tested.test(), tested.given(), scope, true);
    if (value instanceof Undefined undefined
        && undefined.said()
        && !Tests.takesUndefined(tested.test())) {
      return false;
    }
    return Tests.holds(tested.test(), value, args);
  }

  private Object binary(Expression.Binary binary, Scope scope) {
    boolean always = !binary.operator().equals("~");
    Object left = used(binary.left(), scope, always);
    Object right = used(binary.right(), scope, always);
    if (always && (left instanceof Undefined || right instanceof Undefined)) {
      return left instanceof Undefined ? left : right;
    }
    return Arithmetic.of(binary.operator(), left, right);
  }

  private Object compared(Expression.Compared compared, Scope scope) {
    boolean[] ordered = {false};
    compared
        .links()
        .forEach(
            link -> ordered[0] |= !Set.of("==", "!=", "in", "not in").contains(link.operator()));
    Object left = used(compared.first(), scope, ordered[0]);
    for (Expression.Link link : compared.links()) {
      Object right = used(link.right(), scope, ordered[0]);
      boolean unknown =
          (left instanceof Undefined a && a.said()) || (right instanceof Undefined b && b.said());
      if (unknown || !Tests.compare(link.operator(), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }
}
