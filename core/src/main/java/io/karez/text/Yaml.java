package io.karez.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// YAML 1.2 (core schema) to nodes that keep place and text, and plain values to YAML.
public final class Yaml {
  private static final int DEEPEST = 100;

  private final String text;
  private final String source;
  private final int[] lineStarts;
  private final Problems problems = new Problems();

  private Yaml(String text, String source) {
    this.text = text;
    this.source = source;
    this.lineStarts = lineStarts(text);
  }

  /// Reads a file of one document; empty when it holds nothing but comments.
  ///
  /// @param source the file as the user knows it
  /// @throws InvalidInputException naming line and column of the first error of syntax, or of all
  ///   keys that stand twice
  public static Optional<YamlNode> read(String text, String source) {
    return new Yaml(text, source).document();
  }

  /// Reads a file of one document as plain values: maps, lists, text, truth values, whole numbers
  /// of any size, floating-point numbers, null.
  ///
  /// @param source the file as the user knows it
  /// @return null when it holds nothing but comments
  /// @throws InvalidInputException as {@link #read}
  public static @Nullable Object values(String text, String source) {
    if (read(text, source).isEmpty()) {
      return null;
    }
    LoadSettings settings =
        LoadSettings.builder().setSchema(new CoreSchema()).setLabel(source).build();
    return new Load(settings).loadFromString(text);
  }

  /// In block style, ending with a newline. Text that another reader could take for a number, a
  /// truth value or null is quoted.
  ///
  /// @param value a `Map`, an `Iterable`, a `String`, a `Number`, a `Boolean` or null
  public static String write(@Nullable Object value) {
    return YamlWriter.write(value);
  }

  /// The node as maps, lists and texts, null where the document says null.
  public static @Nullable Object plain(YamlNode node) {
    return switch (node) {
      case YamlNode.Scalar scalar -> scalar.isNull() ? null : scalar.text();
      case YamlNode.Sequence sequence -> {
        List<@Nullable Object> items = new ArrayList<>();
        sequence.items().forEach(item -> items.add(plain(item)));
        yield items;
      }
      case YamlNode.Mapping mapping -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> map.put(entry.key().text(), plain(entry.value())));
        yield map;
      }
    };
  }

  private Optional<YamlNode> document() {
    LoadSettings settings =
        LoadSettings.builder().setSchema(new CoreSchema()).setLabel(source).build();
    Optional<YamlNode> root;
    try {
      root = new Compose(settings).composeString(text).map(node -> convert(node, 0));
    } catch (StackOverflowError e) {
      // The library composes nodes by recursion; its events come one by one.
      throw new InvalidInputException(tooDeep(firstTooDeep(settings)));
    } catch (MarkedYamlEngineException e) {
      throw new InvalidInputException(YamlMistake.problem(e, source));
    } catch (ReaderException e) {
      throw new InvalidInputException(YamlMistake.problem(e, text, source));
    } catch (YamlEngineException e) {
      throw new InvalidInputException(
          Problem.at(Place.of(source), "not valid YAML: " + e.getMessage()));
    }
    problems.throwIfAny();
    return root;
  }

  private YamlNode convert(Node node, int depth) {
    Place place = node.getStartMark().map(this::place).orElse(Place.of(source));
    YamlNode.Span span = span(node);
    if (depth > DEEPEST) {
      throw new InvalidInputException(tooDeep(place));
    }
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar, place, span);
    }
    if (node instanceof SequenceNode sequence) {
      List<YamlNode> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(convert(item, depth + 1));
      }
      return new YamlNode.Sequence(
          List.copyOf(items), sequence.getFlowStyle() == FlowStyle.FLOW, place, span);
    }
    if (node instanceof MappingNode mapping) {
      return new YamlNode.Mapping(
          entries(mapping, depth), mapping.getFlowStyle() == FlowStyle.FLOW, place, span);
    }
    throw new IllegalStateException("a node of type " + node.getNodeType());
  }

  private static Problem tooDeep(Place place) {
    return Problem.at(place, "nested deeper than " + DEEPEST + " levels, or containing itself");
  }

  private Place firstTooDeep(LoadSettings settings) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof CollectionStartEvent && depth++ > DEEPEST) {
        return event.getStartMark().map(this::place).orElse(Place.of(source));
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
    return Place.of(source);
  }

  private List<YamlNode.Entry> entries(MappingNode mapping, int depth) {
    List<YamlNode.Entry> entries = new ArrayList<>();
    Map<String, Place> seen = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(convert(tuple.getKeyNode(), depth + 1) instanceof YamlNode.Scalar key)) {
        problems.add(
            Problem.at(
                tuple.getKeyNode().getStartMark().map(this::place).orElse(Place.of(source)),
                "a key must be plain text"));
        continue;
      }
      Place first = seen.putIfAbsent(key.text(), key.place());
      if (first != null) {
        problems.add(
            Problem.at(
                key.place(),
                "the key `%s` stands twice, first in line %d".formatted(key.text(), first.line())));
        continue;
      }
      entries.add(new YamlNode.Entry(key, convert(tuple.getValueNode(), depth + 1)));
    }
    return List.copyOf(entries);
  }

  private static YamlNode.Scalar scalar(ScalarNode node, Place place, YamlNode.Span span) {
    boolean isNull = node.isPlain() && node.getTag().equals(Tag.NULL);
    return new YamlNode.Scalar(node.getValue(), isNull, place, span);
  }

  private Place place(Mark mark) {
    return new Place(source, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private YamlNode.Span span(Node node) {
    return new YamlNode.Span(
        node.getStartMark().map(this::offset).orElse(0),
        node.getEndMark().map(this::offset).orElse(0));
  }

  /// The library counts code points, and its running index leaves out a byte order mark: line and
  /// column do not.
  private int offset(Mark mark) {
    int line = Math.min(mark.getLine(), lineStarts.length - 1);
    int start = lineStarts[line];
    int length = text.codePointCount(start, text.length());
    return text.offsetByCodePoints(start, Math.min(mark.getColumn(), length));
  }

  private static int[] lineStarts(String text) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends = c == '\n' || c == '\u0085' || c == '\u2028' || c == '\u2029';
      boolean endsAlone = c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
      if (ends || endsAlone) {
        starts.add(i + 1);
      }
    }
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }
}
