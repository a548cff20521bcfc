package io.karez.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;

/// Filters that make numbers.
final class NumberFilters {
  static final Map<String, Filters.Filter> ALL =
      Map.of(
          "abs", NumberFilters::absolute,
          "int", NumberFilters::whole,
          "float", NumberFilters::real,
          "round", NumberFilters::round,
          "filesizeformat", NumberFilters::size);

  private NumberFilters() {}

  static Object absolute(Object value, Args args) {
    args.bind();
    return switch (value) {
      case Double number -> Math.abs(number);
      default -> Values.integer(value, "abs").abs();
    };
  }

  private static Object whole(Object value, Args args) {
    Args.Bound bound = args.bind("default", "base");
    Object otherwise = bound.or("default", BigInteger.ZERO);
    int base = bound.number("base", 10);
    return switch (value) {
      case Double number ->
          Double.isNaN(number) || Double.isInfinite(number)
              ? otherwise
              : new BigDecimal(number).toBigInteger();
      case BigInteger number -> number;
      case Boolean truth -> Values.integer(truth, "int");
      case String text -> ofText(text.strip().replaceAll("(?<=\\w)_(?=\\w)", ""), base, otherwise);
      default -> otherwise;
    };
  }

  private static Object ofText(String text, int base, Object otherwise) {
    String prefix =
        switch (base) {
          case 16 -> "0x";
          case 8 -> "0o";
          case 2 -> "0b";
          default -> "";
        };
    try {
      String lower = text.toLowerCase(Locale.ROOT);
      String digits = !prefix.isEmpty() && lower.startsWith(prefix) ? text.substring(2) : text;
      return new BigInteger(digits.startsWith("+") ? digits.substring(1) : digits, base);
    } catch (NumberFormatException e) {
      Object real = number(text);
      return real instanceof Double number && !Double.isNaN(number) && !Double.isInfinite(number)
          ? new BigDecimal(number).toBigInteger()
          : otherwise;
    }
  }

  private static Object real(Object value, Args args) {
    Object otherwise = args.bind("default").or("default", 0.0);
    if (Values.isNumber(value)) {
      return Values.real(value);
    }
    Object read = value instanceof String text ? number(text) : None.NONE;
    return read == None.NONE ? otherwise : read;
  }

  /// As Python's `float` reads text; {@link None} when it is no number.
  static Object number(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    if (plain.matches("[+-]?(inf|infinity)")) {
      return plain.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (plain.matches("[+-]?nan")) {
      return Double.NaN;
    }
    boolean isNumber = plain.matches("[+-]?(\\d+(_\\d+)*\\.?(\\d+(_\\d+)*)?|\\.\\d+)(e[+-]?\\d+)?");
    return isNumber ? Double.valueOf(plain.replace("_", "")) : None.NONE;
  }

  private static Object round(Object value, Args args) {
    Args.Bound bound = args.bind("precision", "method");
    int precision = bound.number("precision", 0);
    String method = bound.text("method", "common");
    return switch (method) {
      case "common" -> rounded(value, precision);
      case "ceil" ->
          // a zero has no sign here
          (Math.ceil(Values.real(value) * Math.pow(10, precision)) + 0.0) / Math.pow(10, precision);
      case "floor" ->
          Math.floor(Values.real(value) * Math.pow(10, precision)) / Math.pow(10, precision);
      default -> throw Failure.of("`round` knows the methods common, ceil, floor, not " + method);
    };
  }

  /// Of two equally near numbers the even one, as the binary number is.
  static Object rounded(Object value, int precision) {
    if (!(value instanceof Double number)) {
      BigInteger whole = Values.integer(value, "round");
      return precision >= 0
          ? whole
          : new BigDecimal(whole).setScale(precision, RoundingMode.HALF_EVEN).toBigInteger();
    }
    return Double.isNaN(number) || Double.isInfinite(number)
        ? number
        : Double.valueOf(
            Math.copySign(
                new BigDecimal(number)
                    .setScale(precision, RoundingMode.HALF_EVEN)
                    .abs()
                    .doubleValue(),
                number));
  }

  private static Object size(Object value, Args args) {
    boolean binary = args.bind("binary").flag("binary", false);
    double bytes =
        value instanceof String text && number(text) instanceof Double d ? d : Values.real(value);
    int base = binary ? 1024 : 1000;
    if (bytes == 1) {
      return "1 Byte";
    }
    if (bytes < base) {
      return "%s Bytes".formatted(new BigDecimal(bytes).toBigInteger());
    }
    String[] units = {"k", "M", "G", "T", "P", "E", "Z", "Y"};
    int unit = 0;
    double size = bytes / base;
    while (size >= base && unit < units.length - 1) {
      size /= base;
      unit++;
    }
    String letter = binary ? units[unit].toUpperCase(Locale.ROOT) + "i" : units[unit];
    return "%s %sB".formatted(Numbers.fixed(size, 1), letter);
  }
}
