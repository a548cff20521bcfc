package io.karez.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Changes one value in the text of a YAML file; comments, order and the spelling of all other
/// values stay.
public final class YamlEdit {
  private final String text;
  private final String source;

  private YamlEdit(String text, String source) {
    this.text = text;
    this.source = source;
  }

  /// Sets the value at a dotted key, and makes the mappings on the way that are missing. A key that
  /// holds dots itself is found when it is there already.
  ///
  /// @param value `{...}`, `[...]`, quoted text and `null` are taken as YAML, all else as text
  /// @throws InvalidInputException when something on the way is no mapping, or the file is too
  ///   unusual to be changed
  public static String set(String text, String source, String dottedKey, String value) {
    return new YamlEdit(text, source).set(List.of(dottedKey.split("\\.", -1)), typed(value));
  }

  /// Sets the value at a path of keys, which may hold dots.
  ///
  /// @param value as for {@link #set(String, String, String, String)}
  public static String set(String text, String source, List<String> keys, String value) {
    return new YamlEdit(text, source).set(keys, typed(value));
  }

  /// Sets the value of a key of the outermost mapping.
  ///
  /// @param value as for {@link Yaml#write}
  public static String put(String text, String source, String key, Object value) {
    return new YamlEdit(text, source).put(key, value);
  }

  /// Takes a key of the outermost mapping away, and its value.
  public static String remove(String text, String source, String key) {
    return new YamlEdit(text, source).remove(key);
  }

  private String set(List<String> segments, String value) {
    if (segments.contains("")) {
      throw new InvalidInputException(
          Problem.of("`%s` is not a key".formatted(String.join(".", segments))));
    }
    Optional<YamlNode> root = Yaml.read(text, source);
    List<String> path = root.map(node -> path(node, segments)).orElse(segments);
    String edited = root.map(node -> set(node, path, value)).orElseGet(() -> append(path, value));
    @Nullable Object wanted = Yaml.read(value, source).map(Yaml::plain).orElse(null);
    return checked(
        edited, String.join(".", path), with(root.map(Yaml::plain).orElse(null), path, wanted));
  }

  private String put(String key, Object value) {
    String block = Yaml.write(Map.of(key, value)).stripTrailing();
    Optional<YamlNode> root = Yaml.read(text, source);
    String edited =
        switch (root.orElse(null)) {
          case null -> appended(block);
          case YamlNode.Mapping map when map.isFlow() -> set(map, List.of(key), Json.write(value));
          case YamlNode.Mapping map -> {
            Optional<YamlNode.Entry> entry = map.entry(key);
            yield entry.isPresent()
                ? replaced(entry.get().key().span().start(), end(entry.get()), indented(block, map))
                : insertedAfter(map, block);
          }
          case YamlNode.Scalar scalar -> throw noMapping(scalar, key);
          case YamlNode.Sequence sequence -> throw noMapping(sequence, key);
        };
    @Nullable Object wanted = Yaml.read(block, source).map(Yaml::plain).orElseThrow();
    @Nullable Object plain = ((Map<?, ?>) Objects.requireNonNull(wanted)).get(key);
    return checked(edited, key, with(root.map(Yaml::plain).orElse(null), List.of(key), plain));
  }

  private String remove(String key) {
    Optional<YamlNode> root = Yaml.read(text, source);
    if (!(root.orElse(null) instanceof YamlNode.Mapping map) || map.entry(key).isEmpty()) {
      return text;
    }
    YamlNode.Entry entry = map.entry(key).get();
    int start = lineStart(entry.key().span().start());
    int end = Math.min(text.length(), lineEnd(end(entry)) + 1);
    Map<String, @Nullable Object> expected = mapOf(Yaml.plain(map));
    expected.remove(key);
    return checked(replaced(start, end, ""), key, expected.isEmpty() ? null : expected);
  }

  /// Joins segments that stand in the file as one key.
  private static List<String> path(YamlNode root, List<String> segments) {
    List<String> path = new ArrayList<>();
    @Nullable YamlNode here = root;
    int i = 0;
    while (i < segments.size()) {
      int next = i + 1;
      for (int j = segments.size(); j > i; j--) {
        String joined = String.join(".", segments.subList(i, j));
        if (here instanceof YamlNode.Mapping map && map.entry(joined).isPresent()) {
          next = j;
          break;
        }
      }
      String key = String.join(".", segments.subList(i, next));
      here =
          here instanceof YamlNode.Mapping map
              ? map.entry(key).map(YamlNode.Entry::value).orElse(null)
              : null;
      path.add(key);
      i = next;
    }
    return path;
  }

  private String set(YamlNode node, List<String> path, String value) {
    if (!(node instanceof YamlNode.Mapping map)) {
      throw noMapping(node, path.getFirst());
    }
    String key = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    Optional<YamlNode.Entry> found = map.entry(key);
    if (found.isEmpty()) {
      return map.isFlow()
          ? insertedInFlow(map, flow(path, value))
          : insertedAfter(map, block(path, value));
    }
    YamlNode.Entry entry = found.get();
    boolean isEmpty = entry.value() instanceof YamlNode.Scalar scalar && scalar.isNull();
    if (!rest.isEmpty() && !isEmpty) {
      return set(entry.value(), rest, value);
    }
    YamlNode.Span span = entry.value().span();
    boolean isOnItsLine =
        span.start() > entry.key().span().end()
            && span.end() > span.start()
            && lineEnd(entry.key().span().end()) == lineEnd(span.end());
    if (rest.isEmpty() && isOnItsLine) {
      String safe = map.isFlow() ? flowSafe(value) : value;
      return replaced(span.start(), span.end(), safe);
    }
    String whole = map.isFlow() ? flow(path, value) : indented(block(path, value), map);
    return replaced(entry.key().span().start(), end(entry), whole);
  }

  private String append(List<String> path, String value) {
    return appended(block(path, value));
  }

  private String appended(String block) {
    String start = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    return start + block + "\n";
  }

  private String insertedAfter(YamlNode.Mapping map, String block) {
    int at = lineEnd(end(map.entries().getLast()));
    return replaced(at, at, "\n" + " ".repeat(column(map)) + indented(block, map));
  }

  private String insertedInFlow(YamlNode.Mapping map, String entry) {
    if (map.entries().isEmpty()) {
      return replaced(map.span().start(), map.span().end(), "{" + entry + "}");
    }
    int at = end(map.entries().getLast());
    return replaced(at, at, ", " + entry);
  }

  private String replaced(int start, int end, String by) {
    return text.substring(0, start) + by + text.substring(end);
  }

  /// Where the entry's last character is followed by something else; comments behind it do not
  /// belong to it.
  private int end(YamlNode.Entry entry) {
    int keyEnd = entry.key().span().end();
    int valueEnd = end(entry.value());
    if (valueEnd <= keyEnd) {
      int colon = text.indexOf(':', keyEnd);
      boolean isAlias = entry.value().span().start() < keyEnd;
      return isAlias || colon < 0 ? lineEnd(keyEnd) : colon + 1;
    }
    return valueEnd;
  }

  private int end(YamlNode node) {
    return switch (node) {
      case YamlNode.Mapping map when !map.isFlow() && !map.entries().isEmpty() ->
          end(map.entries().getLast());
      case YamlNode.Sequence list when !list.isFlow() && !list.items().isEmpty() ->
          end(list.items().getLast());
      case YamlNode.Mapping map -> map.span().end();
      case YamlNode.Sequence list -> list.span().end();
      case YamlNode.Scalar scalar -> {
        int end = scalar.span().end();
        boolean isBlock = end > scalar.span().start() && text.charAt(end - 1) == '\n';
        yield isBlock ? end - 1 : end;
      }
    };
  }

  private int lineStart(int from) {
    return text.lastIndexOf('\n', from - 1) + 1;
  }

  private int lineEnd(int from) {
    int newline = text.indexOf('\n', from);
    return newline < 0 ? text.length() : newline;
  }

  private static int column(YamlNode.Mapping map) {
    return map.entries().getFirst().key().place().column() - 1;
  }

  private static String indented(String block, YamlNode.Mapping map) {
    return block.replace("\n", "\n" + " ".repeat(column(map)));
  }

  private static String block(List<String> path, String value) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < path.size(); i++) {
      lines.append(i == 0 ? "" : "\n" + "  ".repeat(i)).append(key(path.get(i))).append(':');
    }
    return lines.append(' ').append(value).toString();
  }

  private static String flow(List<String> path, String value) {
    String opened = path.stream().map(YamlEdit::key).collect(Collectors.joining(": {"));
    return opened + ": " + flowSafe(value) + "}".repeat(path.size() - 1);
  }

  private static String key(String text) {
    return YamlWriter.readsBack(text) ? text : YamlWriter.scalar(text);
  }

  /// What a person typed, as YAML on one line.
  private static String typed(String text) {
    boolean isYaml = text.matches("(?s)[\\[{'\"].*|null|~") && !text.contains("\n");
    if (isYaml) {
      Yaml.read(text, "the value");
      return text;
    }
    return YamlWriter.readsBack(text) ? text : YamlWriter.scalar(text);
  }

  private static String flowSafe(String value) {
    boolean isSafe = value.matches("(?s)[\\[{'\"].*") || value.matches("[^,\\[\\]{}#:]*");
    return isSafe ? value : Json.write(value);
  }

  private static @Nullable Object with(
      @Nullable Object tree, List<String> path, @Nullable Object value) {
    if (path.isEmpty()) {
      return value;
    }
    Map<String, @Nullable Object> map = mapOf(tree);
    String key = path.getFirst();
    map.put(key, with(map.get(key), path.subList(1, path.size()), value));
    return map;
  }

  private static Map<String, @Nullable Object> mapOf(@Nullable Object tree) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    if (tree instanceof Map<?, ?> old) {
      old.forEach((key, value) -> map.put(String.valueOf(key), value));
    }
    return map;
  }

  /// The edited text, once it is sure that nothing but the one value has changed.
  private String checked(String edited, String key, @Nullable Object expected) {
    boolean isRight;
    try {
      isRight = Objects.equals(Yaml.read(edited, source).map(Yaml::plain).orElse(null), expected);
    } catch (InvalidInputException e) {
      isRight = false;
    }
    if (!isRight) {
      throw new InvalidInputException(
          Problem.at(Place.of(source), "`%s` cannot be changed in place".formatted(key))
              .hint("change it in an editor"));
    }
    return edited;
  }

  private static InvalidInputException noMapping(YamlNode node, String key) {
    return new InvalidInputException(
        Problem.at(
            node.place(),
            "there is no place for `%s` in a value that is not a mapping".formatted(key)));
  }
}
