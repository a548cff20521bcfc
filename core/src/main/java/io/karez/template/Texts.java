package io.karez.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/// Values as Python prints them: `str` and `repr`.
final class Texts {
  private Texts() {}

  static String str(Object value) {
    return switch (value) {
      case String text -> text;
      case Undefined undefined -> "";
      default -> repr(value);
    };
  }

  static String repr(Object value) {
    return switch (value) {
      case String text -> quoted(text);
      case None none -> "None";
      case Boolean truth -> truth ? "True" : "False";
      case BigInteger number -> number.toString();
      case Double number -> number(number);
      case Tuple(var items, var names) when items.size() == 1 ->
          "(" + repr(items.getFirst()) + ",)";
      case Tuple(var items, var names) -> "(" + joined(items) + ")";
      case Map<?, ?> map -> pairs(map);
      case Range(var start, var stop, var step) ->
          step.equals(BigInteger.ONE)
              ? "range(%s, %s)".formatted(start, stop)
              : "range(%s, %s, %s)".formatted(start, stop, step);
      case Items(var type, var all, var hasLength) ->
          hasLength ? "%s([%s])".formatted(type, joined(all)) : "<generator object>";
      case Collection<?> list -> "[" + joined(list) + "]";
      case Namespace space -> "<Namespace %s>".formatted(pairs(space.values()));
      case Undefined undefined -> "Undefined";
      default -> "<%s>".formatted(Values.type(value));
    };
  }

  private static String joined(Collection<?> items) {
    return items.stream().map(Texts::repr).collect(Collectors.joining(", "));
  }

  private static String pairs(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(entry -> repr(entry.getKey()) + ": " + repr(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /// The shortest digits that mean this number; with an exponent below 0.0001 and from 1e16 on.
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = shortest(value);
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String digits = shortest.unscaledValue().abs().toString();
    return "%s%s%se%s%02d"
        .formatted(
            value < 0 ? "-" : "",
            digits.charAt(0),
            digits.length() > 1 ? "." + digits.substring(1) : "",
            exponent < 0 ? "-" : "+",
            Math.abs(exponent));
  }

  /// Java gives two digits where one would do.
  private static BigDecimal shortest(double value) {
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    BigDecimal one = digits.round(new MathContext(1));
    return one.doubleValue() == value ? one : digits;
  }

  private static String quoted(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    StringBuilder all = new StringBuilder().append(quote);
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '\n' -> all.append("\\n");
            case '\r' -> all.append("\\r");
            case '\t' -> all.append("\\t");
            case '\\' -> all.append("\\\\");
            default -> {
              if (point == quote) {
                all.append('\\').append(quote);
              } else if (isPrintable(point)) {
                all.appendCodePoint(point);
              } else {
                all.append(
                    point < 0x100
                        ? "\\x%02x".formatted(point)
                        : point < 0x10000
                            ? "\\u%04x".formatted(point)
                            : "\\U%08x".formatted(point));
              }
            }
          }
        });
    return all.append(quote).toString();
  }

  private static boolean isPrintable(int point) {
    return point == ' '
        || switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SPACE_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
