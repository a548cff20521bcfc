package io.karez.template;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Python's `"%05.2f" % value`.
final class PercentFormat {
  private static final Pattern PLACE =
      Pattern.compile(
          "%(?:\\((?<key>[^)]*)\\))?(?<flags>[-+ #0]*)(?<width>\\*|\\d+)?"
              + "(?:\\.(?<precision>\\*|\\d*))?[hlL]?(?<type>.)?",
          Pattern.DOTALL);

  private final Object values;
  private int next;

  private PercentFormat(Object values) {
    this.values = values;
  }

  /// @param values a tuple, a dict for places with names, or one value
  static String of(String format, Object values) {
    PercentFormat filler = new PercentFormat(values);
    StringBuilder text = new StringBuilder();
    Matcher places = PLACE.matcher(format);
    int from = 0;
    while (places.find()) {
      text.append(format, from, places.start()).append(filler.place(places));
      from = places.end();
    }
    text.append(format, from, format.length());
    filler.requireAllUsed();
    return text.toString();
  }

  private void requireAllUsed() {
    boolean over =
        values instanceof Tuple(var items, var names)
            ? next < items.size()
            : next == 0 && !(values instanceof Map) && !(values instanceof List);
    if (over) {
      throw Failure.of("the format has fewer places than there are values");
    }
  }

  private Object take() {
    if (values instanceof Tuple(var items, var names)) {
      if (next == items.size()) {
        throw Failure.of("the format has more places than there are values");
      }
      return items.get(next++);
    }
    if (next++ > 0) {
      throw Failure.of("the format has more places than there are values");
    }
    return values;
  }

  private String place(Matcher place) {
    String type = place.group("type");
    if (type == null) {
      throw Failure.of("the format ends inside of a place that begins with `%`");
    }
    if (type.equals("%")) {
      return "%";
    }
    String flags = place.group("flags");
    int width = number(place.group("width"), 0);
    int precision = place.group("precision") == null ? -1 : number(place.group("precision"), 0);
    Object value = value(place.group("key"));
    boolean left = flags.contains("-") || width < 0;
    String body = body(type, value, precision, flags);
    boolean numeric = !"srac".contains(type);
    if (numeric && !body.startsWith("-")) {
      body = flags.contains("+") ? "+" + body : flags.contains(" ") ? " " + body : body;
    }
    if (numeric && flags.contains("0") && !left) {
      int signs = body.matches("(?s)[-+ ].*") ? 1 : 0;
      return body.substring(0, signs)
          + "0".repeat(Math.max(0, width - body.length()))
          + body.substring(signs);
    }
    String pad = " ".repeat(Math.max(0, Math.abs(width) - Values.length(body)));
    return left ? body + pad : pad + body;
  }

  private int number(@Nullable String text, int otherwise) {
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    return text.equals("*") ? Values.index(take(), "%*") : Integer.parseInt(text);
  }

  private Object value(@Nullable String key) {
    if (key == null) {
      return take();
    }
    if (values instanceof Map<?, ?> map) {
      Object found = map.get(key);
      if (found != null) {
        return found;
      }
    }
    throw Failure.of("there is no value `%s` for the format".formatted(key));
  }

  private static String body(String type, Object value, int precision, String flags) {
    int digits = precision < 0 ? 6 : precision;
    return switch (type) {
      case "s" -> cut(Texts.str(value), precision);
      case "r", "a" -> cut(Texts.repr(value), precision);
      case "c" ->
          value instanceof String text ? text : Character.toString(Values.index(value, "%c"));
      case "d", "i", "u" -> padded(whole(value), precision);
      case "x" -> (flags.contains("#") ? "0x" : "") + padded(hex(value, 16), precision);
      case "X" ->
          (flags.contains("#") ? "0X" : "")
              + padded(hex(value, 16).toUpperCase(Locale.ROOT), precision);
      case "o" -> (flags.contains("#") ? "0o" : "") + padded(hex(value, 8), precision);
      case "f", "F" -> Numbers.fixed(real(value), digits);
      case "e" -> Numbers.scientific(real(value), digits);
      case "E" -> Numbers.scientific(real(value), digits).toUpperCase(Locale.ROOT);
      case "g" -> Numbers.general(real(value), digits);
      case "G" -> Numbers.general(real(value), digits).toUpperCase(Locale.ROOT);
      default -> throw Failure.of("a format has no `%%%s`".formatted(type));
    };
  }

  private static String cut(String text, int precision) {
    return precision < 0 || precision >= Values.length(text)
        ? text
        : text.substring(0, text.offsetByCodePoints(0, precision));
  }

  private static String padded(String digits, int least) {
    int signs = digits.startsWith("-") ? 1 : 0;
    return digits.substring(0, signs)
        + "0".repeat(Math.max(0, least - (digits.length() - signs)))
        + digits.substring(signs);
  }

  private static String whole(Object value) {
    return value instanceof Double number
        ? new java.math.BigDecimal(number).toBigInteger().toString()
        : Values.integer(value, "%d").toString();
  }

  private static String hex(Object value, int radix) {
    BigInteger number = Values.integer(value, "%x");
    return number.toString(radix);
  }

  private static double real(Object value) {
    return Values.real(value);
  }
}
