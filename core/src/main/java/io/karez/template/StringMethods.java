package io.karez.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The methods of Python's strings.
final class StringMethods {
  private static final Map<String, BiFunction<String, Args, Object>> ALL =
      Map.ofEntries(
          Map.entry("upper", (text, args) -> text.toUpperCase(Locale.ROOT)),
          Map.entry("lower", (text, args) -> text.toLowerCase(Locale.ROOT)),
          Map.entry("casefold", (text, args) -> text.toLowerCase(Locale.ROOT)),
          Map.entry("capitalize", (text, args) -> capitalize(text)),
          Map.entry("title", (text, args) -> title(text)),
          Map.entry("swapcase", (text, args) -> swapped(text)),
          Map.entry("strip", (text, args) -> strip(text, characters(args), true, true)),
          Map.entry("lstrip", (text, args) -> strip(text, characters(args), true, false)),
          Map.entry("rstrip", (text, args) -> strip(text, characters(args), false, true)),
          Map.entry("split", (text, args) -> split(text, args, false)),
          Map.entry("rsplit", (text, args) -> split(text, args, true)),
          Map.entry("splitlines", (text, args) -> lines(text, args)),
          Map.entry("partition", (text, args) -> partition(text, args, false)),
          Map.entry("rpartition", (text, args) -> partition(text, args, true)),
          Map.entry("join", (text, args) -> join(text, args)),
          Map.entry("replace", (text, args) -> replace(text, args)),
          Map.entry("startswith", (text, args) -> any(args, text::startsWith)),
          Map.entry("endswith", (text, args) -> any(args, text::endsWith)),
          Map.entry(
              "removeprefix",
              (text, args) -> {
                String prefix = one(args);
                return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
              }),
          Map.entry(
              "removesuffix",
              (text, args) -> {
                String suffix = one(args);
                return text.endsWith(suffix)
                    ? text.substring(0, text.length() - suffix.length())
                    : text;
              }),
          Map.entry("find", (text, args) -> place(text, text.indexOf(one(args)))),
          Map.entry("rfind", (text, args) -> place(text, text.lastIndexOf(one(args)))),
          Map.entry("index", (text, args) -> found(place(text, text.indexOf(one(args))))),
          Map.entry("rindex", (text, args) -> found(place(text, text.lastIndexOf(one(args))))),
          Map.entry("count", (text, args) -> Values.of(count(text, one(args)))),
          Map.entry("center", (text, args) -> padded(text, args, true, true)),
          Map.entry("ljust", (text, args) -> padded(text, args, false, true)),
          Map.entry("rjust", (text, args) -> padded(text, args, true, false)),
          Map.entry("zfill", (text, args) -> zeros(text, args)),
          Map.entry("expandtabs", (text, args) -> tabs(text, args)),
          Map.entry("format", BraceFormat::of),
          Map.entry("isdigit", (text, args) -> all(text, Character::isDigit)),
          Map.entry("isdecimal", (text, args) -> all(text, Character::isDigit)),
          Map.entry("isnumeric", (text, args) -> all(text, Character::isDigit)),
          Map.entry("isalpha", (text, args) -> all(text, Character::isLetter)),
          Map.entry("isalnum", (text, args) -> all(text, Character::isLetterOrDigit)),
          Map.entry("isspace", (text, args) -> all(text, Character::isWhitespace)),
          Map.entry("isidentifier", (text, args) -> text.matches("[\\p{L}_][\\p{L}\\p{N}_]*")),
          Map.entry("isupper", (text, args) -> isUpper(text)),
          Map.entry("islower", (text, args) -> isLower(text)));

  private StringMethods() {}

  static @Nullable Callable of(String text, String name) {
    BiFunction<String, Args, Object> method = ALL.get(name);
    return method == null ? null : args -> method.apply(text, args);
  }

  static Iterable<String> names() {
    return ALL.keySet();
  }

  private static boolean all(String text, java.util.function.IntPredicate is) {
    return !text.isEmpty() && text.codePoints().allMatch(is);
  }

  static boolean isUpper(String text) {
    return text.codePoints().anyMatch(Character::isUpperCase)
        && text.codePoints().noneMatch(Character::isLowerCase);
  }

  static boolean isLower(String text) {
    return text.codePoints().anyMatch(Character::isLowerCase)
        && text.codePoints().noneMatch(Character::isUpperCase);
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.ROOT)
        + text.substring(first).toLowerCase(Locale.ROOT);
  }

  private static String title(String text) {
    StringBuilder all = new StringBuilder();
    boolean[] inWord = {false};
    text.codePoints()
        .forEach(point -> {
          all.appendCodePoint(
              inWord[0] ? Character.toLowerCase(point) : Character.toTitleCase(point));
          inWord[0] = Character.isLetter(point);
        });
    return all.toString();
  }

  private static String swapped(String text) {
    return text.codePoints()
        .map(point ->
            Character.isUpperCase(point)
                ? Character.toLowerCase(point)
                : Character.toUpperCase(point))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static String characters(Args args) {
    return args.bind("chars").text("chars", "");
  }

  /// @param characters that go; white space when it is empty
  static String strip(String text, String characters, boolean left, boolean right) {
    int[] points = text.codePoints().toArray();
    int from = 0;
    int to = points.length;
    while (left && from < to && goes(points[from], characters)) {
      from++;
    }
    while (right && to > from && goes(points[to - 1], characters)) {
      to--;
    }
    return new String(points, from, to - from);
  }

  private static boolean goes(int point, String characters) {
    return characters.isEmpty()
        ? Character.isWhitespace(point) || Character.isSpaceChar(point)
        : characters.indexOf(point) >= 0;
  }

  private static Object split(String text, Args args, boolean fromRight) {
    Args.Bound bound = args.bind("sep", "maxsplit");
    int most = bound.number("maxsplit", -1);
    String separator = bound.text("sep", "");
    if (bound.get("sep").isPresent() && separator.isEmpty()) {
      throw Failure.of("`split` needs a separator that is not empty");
    }
    List<Object> parts = new ArrayList<>();
    String rest = separator.isEmpty() ? strip(text, "", !fromRight, fromRight) : text;
    while (most < 0 || parts.size() < most) {
      int[] place = separator.isEmpty() ? blanks(rest, fromRight) : at(rest, separator, fromRight);
      if (place[0] < 0) {
        break;
      }
      String before = rest.substring(0, place[0]);
      String after = rest.substring(place[1]);
      parts.add(fromRight ? after : before);
      rest = fromRight ? before : after;
    }
    if (separator.isEmpty()) {
      boolean all = most < 0 || parts.size() < most;
      rest = strip(rest, "", all || !fromRight, all || fromRight);
      if (!rest.isEmpty()) {
        parts.add(rest);
      }
    } else {
      parts.add(rest);
    }
    return fromRight ? new ArrayList<>(parts.reversed()) : parts;
  }

  private static int[] at(String text, String separator, boolean last) {
    int place = last ? text.lastIndexOf(separator) : text.indexOf(separator);
    return new int[] {place, place + separator.length()};
  }

  /// A run of white space between other characters.
  private static int[] blanks(String text, boolean last) {
    java.util.regex.Matcher runs =
        java.util.regex.Pattern.compile("\\s+", java.util.regex.Pattern.UNICODE_CHARACTER_CLASS)
            .matcher(text);
    int[] found = {-1, -1};
    while (runs.find()) {
      if (runs.start() > 0 && runs.end() < text.length()) {
        found = new int[] {runs.start(), runs.end()};
        if (!last) {
          break;
        }
      }
    }
    return found;
  }

  private static Object lines(String text, Args args) {
    boolean keep = args.bind("keepends").flag("keepends", false);
    List<Object> lines = new ArrayList<>();
    java.util.regex.Matcher line =
        java.util.regex.Pattern.compile("([^\\n\\r]*)(\\r\\n|\\n|\\r|$)").matcher(text);
    int from = 0;
    while (from < text.length() && line.find(from)) {
      lines.add(keep ? line.group() : line.group(1));
      from = line.end();
    }
    return lines;
  }

  private static Object partition(String text, Args args, boolean last) {
    String separator = one(args);
    int[] place = at(text, separator, last);
    if (place[0] < 0) {
      return last ? Tuple.of("", "", text) : Tuple.of(text, "", "");
    }
    return Tuple.of(text.substring(0, place[0]), separator, text.substring(place[1]));
  }

  private static Object join(String text, Args args) {
    List<Object> items = Values.list(args.bind("iterable").need("iterable"));
    for (Object item : items) {
      if (!(item instanceof String)) {
        throw Failure.of(
                "`join` of a string needs strings, not a value of type %s"
                    .formatted(Values.type(item)))
            .hint("the filter `join` takes any values");
      }
    }
    return items.stream().map(String.class::cast).collect(Collectors.joining(text));
  }

  private static Object replace(String text, Args args) {
    Args.Bound bound = args.bind("old", "new", "count");
    return replaced(
        text,
        Texts.str(bound.need("old")),
        Texts.str(bound.need("new")),
        bound.number("count", -1));
  }

  /// @param most how often; below 0 for everywhere
  static String replaced(String text, String old, String by, int most) {
    if (most < 0) {
      return text.replace(old, by);
    }
    String rest = text;
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < most && rest.contains(old); i++) {
      int place = rest.indexOf(old);
      all.append(rest, 0, place).append(by);
      rest = rest.substring(place + old.length());
      if (old.isEmpty()) {
        break;
      }
    }
    return all.append(rest).toString();
  }

  private static boolean any(Args args, java.util.function.Predicate<String> is) {
    Object given = args.bind("prefix").need("prefix");
    return given instanceof Tuple(var items, var names)
        ? items.stream().map(Texts::str).anyMatch(is)
        : is.test(Texts.str(given));
  }

  private static String one(Args args) {
    Object given = args.bind("sub").need("sub");
    if (!(given instanceof String text)) {
      throw Failure.of(
          "`%s` needs a string, not a value of type %s"
              .formatted(args.function(), Values.type(given)));
    }
    return text;
  }

  private static Object place(String text, int place) {
    return Values.of(place < 0 ? -1 : text.codePointCount(0, place));
  }

  private static Object found(Object place) {
    if (place.equals(Values.of(-1))) {
      throw Failure.of("the string does not hold what is looked for");
    }
    return place;
  }

  static int count(String text, String part) {
    if (part.isEmpty()) {
      return Values.length(text) + 1;
    }
    int count = 0;
    for (int i = text.indexOf(part); i >= 0; i = text.indexOf(part, i + part.length())) {
      count++;
    }
    return count;
  }

  private static Object padded(String text, Args args, boolean left, boolean right) {
    Args.Bound bound = args.bind("width", "fillchar");
    return padded(text, bound.number("width", 0), bound.text("fillchar", " "), left, right);
  }

  static String padded(String text, int width, String fill, boolean left, boolean right) {
    int missing = Math.max(0, width - Values.length(text));
    // Where it cannot be even, Python puts the odd one left when the width is odd.
    int before = left && right ? missing / 2 + (missing & width & 1) : left ? missing : 0;
    return fill.repeat(before) + text + fill.repeat(missing - before);
  }

  private static Object zeros(String text, Args args) {
    int missing = Math.max(0, args.bind("width").number("width", 0) - Values.length(text));
    boolean signed = text.startsWith("-") || text.startsWith("+");
    return signed
        ? text.charAt(0) + "0".repeat(missing) + text.substring(1)
        : "0".repeat(missing) + text;
  }

  private static Object tabs(String text, Args args) {
    int size = args.bind("tabsize").number("tabsize", 8);
    StringBuilder all = new StringBuilder();
    int column = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        int blanks = size <= 0 ? 0 : size - column % size;
        all.append(" ".repeat(blanks));
        column += blanks;
      } else {
        all.append(c);
        column = c == '\n' || c == '\r' ? 0 : column + 1;
      }
    }
    return all.toString();
  }
}
