package io.karez.text;

import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes plain values as YAML in block style.
///
/// The library's own emitter is not used: it writes text of some forms (lines that end in blanks,
/// for one) so that it does not read back as it was.
final class YamlWriter {
  /// What a YAML 1.1 or 1.2 reader takes for something other than text.
  private static final Pattern NOT_TEXT =
      Pattern.compile(
          "(?i)[-+]?\\.?[0-9][0-9_.]*(e[-+]?[0-9]+)?|[-+]?[0-9]+(:[0-9]+)+(\\.[0-9]*)?"
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|[-+]?0[xob][0-9a-f_]+|[-+]?\\.(inf|nan)"
              + "|y|n|yes|no|on|off|true|false|null|~|=|<<");

  private static final Pattern SURELY_PLAIN =
      Pattern.compile("[A-Za-z0-9_/][A-Za-z0-9_./@%+=~-]*+( [A-Za-z0-9_./@%+=~-]++)*+");
  private static final Pattern PRINTABLE =
      Pattern.compile(
          "[\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ufefe\\uff00-\\ufffd\\x{10000}-\\x{10ffff}]*");

  private final StringBuilder out = new StringBuilder();

  private YamlWriter() {}

  static String write(@Nullable Object value) {
    YamlWriter writer = new YamlWriter();
    writer.node(value, 0);
    return writer.out.toString().stripLeading();
  }

  /// Whether the text, without quotes, is read back as it is: alone, as a value, an item or a key.
  static boolean readsBack(String text) {
    boolean isNull = text.matches("(?i)null|~");
    if (!isNull && SURELY_PLAIN.matcher(text).matches()) {
      return true;
    }
    return !text.isEmpty()
        && read(text) instanceof YamlNode.Scalar alone
        && text.equals(Yaml.plain(alone))
        && PRINTABLE.matcher(text).matches()
        && reads("k: " + text, "k", text)
        && reads(text + ": v", text, "v")
        && reads("- " + text, text);
  }

  /// One line of YAML for the text.
  static String scalar(String text) {
    boolean isPlain = !NOT_TEXT.matcher(text).matches() && readsBack(text);
    if (isPlain) {
      return text;
    }
    return PRINTABLE.matcher(text).matches()
        ? "'" + text.replace("'", "''") + "'"
        : doubleQuoted(text);
  }

  /// Ends with a newline; begins with a blank, or with a newline when it takes lines of its own.
  private void node(@Nullable Object value, int indent) {
    switch (value) {
      case null -> out.append(" null\n");
      case Map<?, ?> map when map.isEmpty() -> out.append(" {}\n");
      case Map<?, ?> map -> {
        out.append('\n');
        map(map, indent);
      }
      case Iterable<?> items -> sequence(items, indent);
      case String text when isBlock(text) -> block(text, indent);
      case String text -> out.append(' ').append(scalar(text)).append('\n');
      default -> out.append(' ').append(value).append('\n');
    }
  }

  private void map(Map<?, ?> map, int indent) {
    map.forEach((key, value) -> {
      out.repeat(' ', indent).append(scalar(String.valueOf(key))).append(':');
      node(value, value instanceof Iterable<?> ? indent : indent + 2);
    });
  }

  private void sequence(Iterable<?> items, int indent) {
    Iterator<?> all = items.iterator();
    if (!all.hasNext()) {
      out.append(" []\n");
      return;
    }
    out.append('\n');
    while (all.hasNext()) {
      Object item = all.next();
      out.repeat(' ', indent).append('-');
      int start = out.length();
      node(item, indent + 2);
      if (item instanceof Map<?, ?> map && !map.isEmpty()) {
        // The first key stands beside the dash, in the column that the others have.
        out.replace(start, start + 1 + indent + 2, " ");
      }
    }
  }

  /// Several lines that a person can read as they are; in any other form they would not come back
  /// exactly.
  private static boolean isBlock(String text) {
    return text.matches("(?s)[^\\s].*\\n.*")
        && !text.endsWith("\n\n")
        && text.lines()
            .allMatch(line -> PRINTABLE.matcher(line).matches() && line.strip().equals(line))
        && text.indexOf('\r') < 0;
  }

  private void block(String text, int indent) {
    out.append(text.endsWith("\n") ? " |\n" : " |-\n");
    text.lines()
        .forEach(line ->
            out.append(line.isEmpty() ? "" : " ".repeat(indent == 0 ? 2 : indent))
                .append(line)
                .append('\n'));
  }

  private static String doubleQuoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(c -> {
          boolean isOrdinary =
              Character.isSurrogate((char) c)
                  || PRINTABLE.matcher(String.valueOf((char) c)).matches();
          switch (c) {
            case '"', '\\' -> quoted.append('\\').append((char) c);
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            default ->
                quoted.append(isOrdinary ? String.valueOf((char) c) : "\\u%04x".formatted(c));
          }
        });
    return quoted.append('"').toString();
  }

  private static boolean reads(String yaml, String key, String text) {
    return read(yaml) instanceof YamlNode.Mapping map
        && map.entries().size() == 1
        && map.entry(key)
            .filter(entry -> Objects.equals(Yaml.plain(entry.value()), text))
            .isPresent();
  }

  private static boolean reads(String yaml, String text) {
    return read(yaml) instanceof YamlNode.Sequence list
        && list.items().size() == 1
        && Objects.equals(Yaml.plain(list.items().getFirst()), text);
  }

  private static @Nullable YamlNode read(String yaml) {
    try {
      return Yaml.read(yaml, "").orElse(null);
    } catch (InvalidInputException e) {
      return null;
    }
  }
}
