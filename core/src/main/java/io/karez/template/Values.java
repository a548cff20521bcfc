package io.karez.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Python's view of values. They are `String`, `Boolean`, `BigInteger`, `Double`, {@link None},
/// lists, {@link Tuple}, maps, {@link Range}, {@link Items}, {@link Undefined}, and what can be
/// called.
final class Values {
  private Values() {}

  /// A value from outside.
  static Object of(@Nullable Object value) {
    return switch (value) {
      case null -> None.NONE;
      case Integer number -> BigInteger.valueOf(number);
      case Long number -> BigInteger.valueOf(number);
      case BigDecimal number -> {
        if (number.scale() == 0) {
          yield number.unscaledValue();
        }
        yield number.doubleValue();
      }
      case Float number -> number.doubleValue();
      case Map<?, ?> map -> {
        Map<Object, Object> all = new LinkedHashMap<>();
        map.forEach((key, one) -> all.put(of(key), of(one)));
        yield all;
      }
      case Collection<?> list -> {
        List<Object> all = new ArrayList<>();
        list.forEach(one -> all.add(of(one)));
        yield all;
      }
      default -> value;
    };
  }

  /// What Python calls its type.
  static String type(Object value) {
    return switch (value) {
      case String text -> "str";
      case Boolean truth -> "bool";
      case BigInteger number -> "int";
      case Double number -> "float";
      case None none -> "NoneType";
      case Tuple tuple -> "tuple";
      case Map<?, ?> map -> "dict";
      case Range range -> "range";
      case Items items -> items.type();
      case Collection<?> list -> "list";
      case Undefined undefined -> "Undefined";
      case Namespace space -> "Namespace";
      case Macro macro -> "Macro";
      case Loop loop -> "LoopContext";
      case Callable callable -> "function";
      default -> "object";
    };
  }

  static boolean isTrue(Object value) {
    return switch (value) {
      case Boolean truth -> truth;
      case String text -> !text.isEmpty();
      case BigInteger number -> number.signum() != 0;
      case Double number -> number != 0;
      case None none -> false;
      case Undefined undefined -> false;
      case Tuple(var items, var names) -> !items.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case Range range -> !range.list().isEmpty();
      case Items(var type, var all, var hasLength) -> !hasLength || !all.isEmpty();
      case Collection<?> list -> !list.isEmpty();
      default -> true;
    };
  }

  static boolean isIterable(Object value) {
    return value instanceof String
        || value instanceof Tuple
        || value instanceof Map
        || value instanceof Range
        || value instanceof Items
        || value instanceof Collection
        || value instanceof Undefined;
  }

  /// Its items in order; those of a string are its characters, those of a dict its keys.
  static List<Object> list(Object value) {
    return switch (value) {
      case String text -> characters(text);
      case Tuple(var items, var names) -> items;
      case Map<?, ?> map -> new ArrayList<>(map.keySet());
      case Range range -> range.list();
      case Items items -> List.copyOf(items.all());
      case Collection<?> list -> new ArrayList<>(list);
      case Undefined undefined -> List.of();
      default -> throw Failure.of("a value of type %s has no items".formatted(type(value)));
    };
  }

  static List<Object> characters(String text) {
    return new ArrayList<>(text.codePoints().mapToObj(Character::toString).toList());
  }

  static int length(Object value) {
    return switch (value) {
      case String text -> text.codePointCount(0, text.length());
      case Undefined undefined -> 0;
      case Items(var type, var all, var hasLength) when !hasLength ->
          throw Failure.of("a %s has no length; `|list` makes a list of it".formatted(type));
      case Collection<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case Object other when isIterable(other) -> list(other).size();
      default -> throw Failure.of("a value of type %s has no length".formatted(type(value)));
    };
  }

  static boolean isNumber(Object value) {
    return value instanceof BigInteger || value instanceof Double || value instanceof Boolean;
  }

  /// A whole number; a truth value counts as 1 or 0.
  static BigInteger integer(Object value, String function) {
    return switch (value) {
      case BigInteger number -> number;
      case Boolean truth -> truth ? BigInteger.ONE : BigInteger.ZERO;
      default ->
          throw Failure.of(
              "`%s` needs a whole number, not a value of type %s".formatted(function, type(value)));
    };
  }

  /// One that means a place or a count.
  static int index(Object value, String function) {
    BigInteger number = integer(value, function);
    return number.bitLength() < 31
        ? number.intValue()
        : number.signum() < 0 ? Integer.MIN_VALUE / 2 : Integer.MAX_VALUE / 2;
  }

  static double real(Object value) {
    return switch (value) {
      case Double number -> number;
      case BigInteger number -> number.doubleValue();
      case Boolean truth -> truth ? 1 : 0;
      default -> throw Failure.of("a value of type %s is no number".formatted(type(value)));
    };
  }

  static boolean equal(Object a, Object b) {
    if (isNumber(a) && isNumber(b)) {
      return compareNumbers(a, b) == 0;
    }
    if (a instanceof Tuple(var first, var names) && b instanceof Tuple(var second, var others)) {
      return equal(first, second);
    }
    if (a instanceof Map<?, ?> first && b instanceof Map<?, ?> second) {
      return first.size() == second.size()
          && first.entrySet().stream()
              .allMatch(entry ->
                  second.containsKey(entry.getKey())
                      && equal(
                          entry.getValue(), Objects.requireNonNull(second.get(entry.getKey()))));
    }
    if (a instanceof Collection<?> first && b instanceof Collection<?> second) {
      Iterator<?> others = second.iterator();
      return first.size() == second.size()
          && first.stream().allMatch(item -> equal(item, others.next()));
    }
    if (a instanceof Undefined && b instanceof Undefined) {
      return true;
    }
    return a.equals(b);
  }

  /// Not a number is equal to nothing; it has no order, which shows as 2.
  private static int compareNumbers(Object a, Object b) {
    if (a instanceof Double || b instanceof Double) {
      double first = real(a);
      double second = real(b);
      return Double.isNaN(first) || Double.isNaN(second)
          ? 2
          : Double.isInfinite(first) || Double.isInfinite(second)
              ? Double.compare(first, second)
              : exactly(a).compareTo(exactly(b));
    }
    return integer(a, "<").compareTo(integer(b, "<"));
  }

  private static BigDecimal exactly(Object number) {
    return number instanceof Double real
        ? new BigDecimal(real)
        : new BigDecimal(integer(number, "<"));
  }

  /// Which comes first, as `<` says.
  ///
  /// @throws Failure when the two have no order
  static int compare(Object a, Object b) {
    if (isNumber(a) && isNumber(b)) {
      return compareNumbers(a, b);
    }
    if (a instanceof String first && b instanceof String second) {
      return compareTexts(first, second);
    }
    boolean tuples = a instanceof Tuple && b instanceof Tuple;
    boolean lists = a instanceof List && b instanceof List;
    if (tuples || lists) {
      Iterator<Object> others = list(b).iterator();
      for (Object item : list(a)) {
        if (!others.hasNext()) {
          return 1;
        }
        Object other = others.next();
        if (!equal(item, other)) {
          return compare(item, other);
        }
      }
      return others.hasNext() ? -1 : 0;
    }
    throw Failure.of(
        "a value of type %s and one of type %s have no order".formatted(type(a), type(b)));
  }

  /// By code points.
  private static int compareTexts(String a, String b) {
    int[] first = a.codePoints().toArray();
    int[] second = b.codePoints().toArray();
    return java.util.Arrays.compare(first, second);
  }

  static boolean contains(Object container, Object item) {
    return switch (container) {
      case String text -> {
        if (!(item instanceof String part)) {
          throw Failure.of(
              "`in` a string needs a string, not a value of type %s".formatted(type(item)));
        }
        yield text.contains(part);
      }
      default -> list(container).stream().anyMatch(one -> equal(one, item));
    };
  }
}
