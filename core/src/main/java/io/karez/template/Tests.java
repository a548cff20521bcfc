package io.karez.template;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/// The tests: what stands after `is`.
final class Tests {
  private static final Map<String, BiPredicate<Object, Args>> ALL =
      Map.ofEntries(
          Map.entry("defined", (value, args) -> !(value instanceof Undefined)),
          Map.entry("undefined", (value, args) -> value instanceof Undefined),
          Map.entry("none", (value, args) -> value == None.NONE),
          Map.entry("boolean", (value, args) -> value instanceof Boolean),
          Map.entry("true", (value, args) -> Boolean.TRUE.equals(value)),
          Map.entry("false", (value, args) -> Boolean.FALSE.equals(value)),
          Map.entry("integer", (value, args) -> value instanceof BigInteger),
          Map.entry("float", (value, args) -> value instanceof Double),
          Map.entry("number", (value, args) -> Values.isNumber(value)),
          Map.entry("string", (value, args) -> value instanceof String),
          Map.entry("mapping", (value, args) -> value instanceof Map),
          Map.entry(
              "sequence", (value, args) -> Values.isIterable(value) && !(value instanceof Items)),
          Map.entry("iterable", (value, args) -> Values.isIterable(value)),
          Map.entry("callable", (value, args) -> value instanceof Callable),
          Map.entry("escaped", (value, args) -> false),
          Map.entry("even", (value, args) -> rest(value).equals(BigInteger.ZERO)),
          Map.entry("odd", (value, args) -> rest(value).equals(BigInteger.ONE)),
          Map.entry(
              "divisibleby",
              (value, args) ->
                  !Values.isTrue(Arithmetic.of("%", value, args.bind("num").need("num")))),
          Map.entry("upper", (value, args) -> StringMethods.isUpper(Texts.str(value))),
          Map.entry("lower", (value, args) -> StringMethods.isLower(Texts.str(value))),
          Map.entry("sameas", (value, args) -> same(value, args.bind("other").need("other"))),
          Map.entry("in", (value, args) -> Values.contains(args.bind("seq").need("seq"), value)),
          Map.entry("filter", (value, args) -> Filters.NAMES.contains(Texts.str(value))),
          Map.entry("test", (value, args) -> Tests.NAMES.contains(Texts.str(value))),
          Map.entry("==", (value, args) -> compared("==", value, args)),
          Map.entry("eq", (value, args) -> compared("==", value, args)),
          Map.entry("equalto", (value, args) -> compared("==", value, args)),
          Map.entry("!=", (value, args) -> compared("!=", value, args)),
          Map.entry("ne", (value, args) -> compared("!=", value, args)),
          Map.entry("<", (value, args) -> compared("<", value, args)),
          Map.entry("lt", (value, args) -> compared("<", value, args)),
          Map.entry("lessthan", (value, args) -> compared("<", value, args)),
          Map.entry("<=", (value, args) -> compared("<=", value, args)),
          Map.entry("le", (value, args) -> compared("<=", value, args)),
          Map.entry(">", (value, args) -> compared(">", value, args)),
          Map.entry("gt", (value, args) -> compared(">", value, args)),
          Map.entry("greaterthan", (value, args) -> compared(">", value, args)),
          Map.entry(">=", (value, args) -> compared(">=", value, args)),
          Map.entry("ge", (value, args) -> compared(">=", value, args)));

  static final Set<String> NAMES = new TreeSet<>(ALL.keySet());

  /// Those that ask of what kind a value is, and never look into it.
  private static final Set<String> ASKING =
      Set.of(
          "defined",
          "undefined",
          "none",
          "boolean",
          "true",
          "false",
          "integer",
          "float",
          "number",
          "string",
          "mapping",
          "callable",
          "sameas",
          "escaped");

  private Tests() {}

  static boolean holds(String name, Object value, Args args) {
    BiPredicate<Object, Args> test = ALL.get(name);
    if (test == null) {
      throw Failure.of("there is no test `%s`".formatted(name));
    }
    return test.test(value, args);
  }

  static boolean takesUndefined(String name) {
    return ASKING.contains(name);
  }

  /// Of a division by 2; of a fraction it is neither 0 nor 1.
  private static Object rest(Object value) {
    Object rest = Arithmetic.of("%", value, BigInteger.TWO);
    return rest instanceof Double real && real == Math.rint(real)
        ? BigInteger.valueOf(real.longValue())
        : rest;
  }

  private static boolean compared(String operator, Object value, Args args) {
    return compare(operator, value, args.bind("other").need("other"));
  }

  static boolean compare(String operator, Object left, Object right) {
    return switch (operator.toLowerCase(Locale.ROOT)) {
      case "==" -> Values.equal(left, right);
      case "!=" -> !Values.equal(left, right);
      case "in" -> Values.contains(right, left);
      case "not in" -> !Values.contains(right, left);
      default -> {
        int order = Values.compare(left, right);
        yield order != 2
            && switch (operator) {
              case "<" -> order < 0;
              case "<=" -> order <= 0;
              case ">" -> order > 0;
              default -> order >= 0;
            };
      }
    };
  }

  private static boolean same(Object a, Object b) {
    return Values.type(a).equals(Values.type(b)) && Values.equal(a, b);
  }
}
