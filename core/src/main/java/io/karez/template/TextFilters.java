package io.karez.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Filters that make text.
final class TextFilters {
  static final Map<String, Filters.Filter> ALL =
      Map.ofEntries(
          Map.entry("upper", (value, args) -> text(value, args).toUpperCase(Locale.ROOT)),
          Map.entry("lower", (value, args) -> text(value, args).toLowerCase(Locale.ROOT)),
          Map.entry("capitalize", (value, args) -> StringMethods.capitalize(text(value, args))),
          Map.entry("title", (value, args) -> title(text(value, args))),
          Map.entry("string", (value, args) -> text(value, args)),
          Map.entry("safe", (value, args) -> text(value, args)),
          Map.entry("e", (value, args) -> escaped(text(value, args))),
          Map.entry("escape", (value, args) -> escaped(text(value, args))),
          Map.entry("forceescape", (value, args) -> escaped(text(value, args))),
          Map.entry("pprint", (value, args) -> Texts.repr(value)),
          Map.entry("trim", TextFilters::trim),
          Map.entry("replace", TextFilters::replace),
          Map.entry("center", TextFilters::center),
          Map.entry("indent", TextFilters::indent),
          Map.entry("truncate", TextFilters::truncate),
          Map.entry("wordwrap", Wrapping::of),
          Map.entry("wordcount", TextFilters::count),
          Map.entry("format", TextFilters::format),
          Map.entry("urlencode", (value, args) -> encoded(value)),
          Map.entry("join", TextFilters::join));

  private TextFilters() {}

  private static String text(Object value, Args args) {
    args.bind();
    return Texts.str(value);
  }

  /// Words end at what is written in Jinja2's own pattern, so that `it's` stays one.
  private static String title(String text) {
    Matcher words =
        Pattern.compile("([-\\s({\\[<]+)", Pattern.UNICODE_CHARACTER_CLASS).matcher(text);
    StringBuilder all = new StringBuilder();
    int from = 0;
    while (words.find()) {
      all.append(StringMethods.capitalize(text.substring(from, words.start())))
          .append(words.group());
      from = words.end();
    }
    return all.append(StringMethods.capitalize(text.substring(from))).toString();
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace(">", "&gt;")
        .replace("<", "&lt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }

  private static Object trim(Object value, Args args) {
    return StringMethods.strip(Texts.str(value), args.bind("chars").text("chars", ""), true, true);
  }

  private static Object replace(Object value, Args args) {
    Args.Bound bound = args.bind("old", "new", "count");
    return StringMethods.replaced(
        Texts.str(value),
        Texts.str(bound.need("old")),
        Texts.str(bound.need("new")),
        bound.number("count", -1));
  }

  private static Object center(Object value, Args args) {
    return StringMethods.padded(
        Texts.str(value), args.bind("width").number("width", 80), " ", true, true);
  }

  private static Object indent(Object value, Args args) {
    Args.Bound bound = args.bind("width", "first", "blank");
    requireText(value, "indent");
    Object width = bound.or("width", Values.of(4));
    String by = width instanceof String text ? text : " ".repeat(Values.index(width, "indent"));
    boolean blank = bound.flag("blank", false);
    // With a newline at the end, as Jinja2 does, which then drops the last line again.
    List<String> lines = new ArrayList<>(List.of((Texts.str(value) + "\n").split("\n", -1)));
    lines.removeLast();
    StringBuilder all = new StringBuilder(lines.getFirst());
    for (String line : lines.subList(1, lines.size())) {
      all.append('\n').append(line.isEmpty() && !blank ? "" : by).append(line);
    }
    return bound.flag("first", false) ? by + all : all.toString();
  }

  private static Object truncate(Object value, Args args) {
    Args.Bound bound = args.bind("length", "killwords", "end", "leeway");
    if (!(value instanceof Undefined)) {
      requireText(value, "truncate");
    }
    String text = Texts.str(value);
    int length = bound.number("length", 255);
    String end = bound.text("end", "...");
    if (Values.length(text) <= length + bound.number("leeway", 5)) {
      return text;
    }
    int keep = Math.max(0, length - Values.length(end));
    String kept = text.substring(0, text.offsetByCodePoints(0, keep));
    if (!bound.flag("killwords", false) && kept.contains(" ")) {
      kept = kept.substring(0, kept.lastIndexOf(' '));
    }
    return kept + end;
  }

  static void requireText(Object value, String filter) {
    if (!(value instanceof String)) {
      throw Failure.of(
          "`%s` needs a string, not a value of type %s".formatted(filter, Values.type(value)));
    }
  }

  private static Object count(Object value, Args args) {
    args.bind();
    Matcher words =
        Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS).matcher(Texts.str(value));
    return Values.of((int) words.results().count());
  }

  private static Object format(Object value, Args args) {
    if (!args.positional().isEmpty() && !args.named().isEmpty()) {
      throw Failure.of("`format` takes values with names or without, not both");
    }
    Object values =
        args.named().isEmpty()
            ? new Tuple(args.positional())
            : new java.util.LinkedHashMap<Object, Object>(args.named());
    return PercentFormat.of(Texts.str(value), values);
  }

  private static String encoded(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry ->
              percent(Texts.str(entry.getKey()), " ")
                  + "="
                  + percent(Texts.str(entry.getValue()), " "))
          .collect(Collectors.joining("&"))
          .replace(' ', '+');
    }
    return percent(Texts.str(value), "/");
  }

  private static String percent(String text, String safe) {
    StringBuilder all = new StringBuilder();
    for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || ("_.-~" + safe).indexOf(c) >= 0);
      all.append(plain ? Character.toString(c) : "%%%02X".formatted((int) c));
    }
    return all.toString();
  }

  private static Object join(Object value, Args args) {
    Args.Bound bound = args.bind("d", "attribute");
    return Values.list(value).stream()
        .map(item -> bound.get("attribute").map(path -> Filters.part(item, path)).orElse(item))
        .map(Texts::str)
        .collect(Collectors.joining(bound.text("d", "")));
  }
}
