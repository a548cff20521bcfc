package io.karez.template;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Python's `"{:>5} {name[key]}".format(...)`.
final class BraceFormat {
  private static final Pattern SPECIFICATION =
      Pattern.compile(
          "(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>\\d+)?"
              + "(?<group>[,_])?(?:\\.(?<precision>\\d+))?(?<type>[bcdeEfFgGnosxX%])?",
          Pattern.DOTALL);
  private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[([^]]+)]");

  private final Args args;
  private int next;

  private BraceFormat(Args args) {
    this.args = args;
  }

  static String of(String format, Args args) {
    return new BraceFormat(args).fill(format);
  }

  private String fill(String format) {
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < format.length()) {
      char c = format.charAt(i);
      boolean twice = i + 1 < format.length() && format.charAt(i + 1) == c;
      if ((c == '{' || c == '}') && twice) {
        text.append(c);
        i += 2;
      } else if (c == '{') {
        int end = end(format, i);
        text.append(field(format.substring(i + 1, end)));
        i = end + 1;
      } else if (c == '}') {
        throw Failure.of("a format has a `}` without `{`");
      } else {
        text.append(c);
        i++;
      }
    }
    return text.toString();
  }

  private static int end(String format, int start) {
    int depth = 0;
    for (int i = start; i < format.length(); i++) {
      depth += format.charAt(i) == '{' ? 1 : format.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw Failure.of("a format has a `{` without `}`");
  }

  private String field(String field) {
    int colon = field.indexOf(':');
    String specification = colon < 0 ? "" : fill(field.substring(colon + 1));
    String name = colon < 0 ? field : field.substring(0, colon);
    int mark = name.indexOf('!');
    Object value = value(mark < 0 ? name : name.substring(0, mark));
    String conversion = mark < 0 ? "" : name.substring(mark + 1);
    return switch (conversion) {
      case "" -> formatted(value, specification);
      case "r", "a" -> formatted(Texts.repr(value), specification);
      case "s" -> formatted(Texts.str(value), specification);
      default -> throw Failure.of("a format has no `!%s`".formatted(conversion));
    };
  }

  private Object value(String path) {
    Matcher first = Pattern.compile("[^.\\[]*").matcher(path);
    String name = first.lookingAt() ? first.group() : "";
    Object value;
    if (name.isEmpty() || name.matches("\\d{1,9}")) {
      int index = name.isEmpty() ? next++ : Integer.parseInt(name);
      if (index >= args.positional().size()) {
        throw Failure.of("the format has more places than there are values");
      }
      value = args.positional().get(index);
    } else {
      value = Optional.ofNullable(args.named().get(name)).orElseThrow(() -> missing(name));
    }
    Matcher steps = STEP.matcher(path).region(name.length(), path.length());
    while (steps.find()) {
      String key = steps.group(1) == null ? steps.group(2) : steps.group(1);
      Object index = key.matches("\\d{1,9}") ? new BigInteger(key) : key;
      value = Subscripts.item(value, index).orElseThrow(() -> missing(key));
    }
    return value;
  }

  private static Failure missing(String name) {
    return Failure.of("there is no value `%s` for the format".formatted(name));
  }

  static String formatted(Object value, String specification) {
    Matcher parts = SPECIFICATION.matcher(specification);
    if (!parts.matches()) {
      throw Failure.of("`%s` is no format of a value".formatted(specification));
    }
    boolean numeric =
        Values.isNumber(value) && !(value instanceof Boolean && specification.isEmpty());
    String body = numeric ? number(value, parts) : text(value, parts);
    boolean zero = parts.group("zero") != null && parts.group("align") == null;
    String align = parts.group("align");
    String side = align != null ? align : zero ? "=" : numeric ? ">" : "<";
    String fill = parts.group("fill") != null ? parts.group("fill") : zero ? "0" : " ";
    int width = parts.group("width") == null ? 0 : Integer.parseInt(parts.group("width"));
    int missing = Math.max(0, width - Values.length(body));
    return switch (side) {
      case "<" -> body + fill.repeat(missing);
      case ">" -> fill.repeat(missing) + body;
      case "^" -> fill.repeat(missing / 2) + body + fill.repeat(missing - missing / 2);
      default -> {
        int signs = body.matches("(?s)[-+ ].*") ? 1 : 0;
        yield body.substring(0, signs) + fill.repeat(missing) + body.substring(signs);
      }
    };
  }

  private static String text(Object value, Matcher parts) {
    String type = parts.group("type");
    if (type != null && !type.equals("s")) {
      throw Failure.of(
          "the format `%s` is not for a value of type %s".formatted(type, Values.type(value)));
    }
    String text = Texts.str(value);
    @Nullable String precision = parts.group("precision");
    return precision == null || Integer.parseInt(precision) >= Values.length(text)
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Integer.parseInt(precision)));
  }

  private static String number(Object value, Matcher parts) {
    String type = parts.group("type");
    @Nullable String given = parts.group("precision");
    int precision = given == null ? 6 : Integer.parseInt(given);
    boolean alternate = parts.group("alternate") != null;
    String body;
    if (type == null || type.equals("n")) {
      body =
          value instanceof Double real
              ? given == null ? Texts.number(real) : withPoint(real, precision)
              : Values.integer(value, "format").toString();
    } else {
      body =
          switch (type) {
            case "f", "F" -> Numbers.fixed(Values.real(value), precision);
            case "e" -> Numbers.scientific(Values.real(value), precision);
            case "E" -> Numbers.scientific(Values.real(value), precision).toUpperCase(Locale.ROOT);
            case "g" -> Numbers.general(Values.real(value), precision);
            case "G" -> Numbers.general(Values.real(value), precision).toUpperCase(Locale.ROOT);
            case "%" -> Numbers.fixed(Values.real(value) * 100, precision) + "%";
            case "c" -> Character.toString(Values.index(value, "format"));
            default -> {
              BigInteger number = Values.integer(value, "format");
              yield switch (type) {
                case "d" -> number.toString();
                case "b" -> (alternate ? "0b" : "") + number.toString(2);
                case "o" -> (alternate ? "0o" : "") + number.toString(8);
                case "x" -> (alternate ? "0x" : "") + number.toString(16);
                case "X" -> (alternate ? "0X" : "") + number.toString(16).toUpperCase(Locale.ROOT);
                default -> throw Failure.of("the format `%s` is not for a number".formatted(type));
              };
            }
          };
    }
    if (parts.group("group") != null) {
      body = grouped(body, parts.group("group"));
    }
    @Nullable String sign = parts.group("sign");
    return sign == null || sign.equals("-") || body.startsWith("-") ? body : sign + body;
  }

  /// A float without a type shows that it is one, with a digit behind its point or an exponent.
  private static String withPoint(double value, int precision) {
    String text = Numbers.general(value, precision);
    if (!text.matches("-?\\d+")) {
      return text;
    }
    boolean fits = text.replace("-", "").length() < Math.max(1, precision);
    return fits
        ? text + ".0"
        : Numbers.scientific(value, Math.max(1, precision) - 1).replaceFirst("\\.?0*e", "e");
  }

  private static String grouped(String body, String separator) {
    Matcher whole = Pattern.compile("\\d+").matcher(body);
    if (!whole.find()) {
      return body;
    }
    String digits = whole.group();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && (digits.length() - i) % 3 == 0) {
        all.append(separator);
      }
      all.append(digits.charAt(i));
    }
    return body.substring(0, whole.start()) + all + body.substring(whole.end());
  }
}
