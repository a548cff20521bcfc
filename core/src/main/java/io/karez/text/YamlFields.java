package io.karez.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// Reads the fields of one mapping and collects what is wrong with them, each problem with place
/// and dotted key.
///
/// A field that is absent, left empty, or wrong comes back as empty: the caller goes on and finds
/// the next problem.
public final class YamlFields {
  private final String path;
  private final Optional<YamlNode.Mapping> mapping;
  private final Problems problems;

  private YamlFields(String path, Optional<YamlNode.Mapping> mapping, Problems problems) {
    this.path = path;
    this.mapping = mapping;
    this.problems = problems;
  }

  /// The mapping's fields; a key that is not known is a problem that names the nearest known one.
  ///
  /// @param path the dotted key of the mapping, empty for the document itself
  public static YamlFields of(
      YamlNode node, String path, Collection<String> known, Problems problems) {
    YamlFields fields = open(node, path, problems);
    fields.mapping.ifPresent(
        map -> map.entries().forEach(entry -> fields.checkKnown(entry.key(), known)));
    return fields;
  }

  /// The fields of a mapping whose keys are names that its author chose.
  public static YamlFields open(YamlNode node, String path, Problems problems) {
    if (node instanceof YamlNode.Mapping map) {
      return new YamlFields(path, Optional.of(map), problems);
    }
    if (!(node instanceof YamlNode.Scalar scalar && scalar.isNull())) {
      String what = path.isEmpty() ? "the file" : "`" + path + "`";
      problems.add(Problem.at(node.place(), what + " must hold `key: value` lines"));
    }
    return new YamlFields(path, Optional.empty(), problems);
  }

  /// The dotted key of one of these fields, for messages.
  public String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /// In the order of the document.
  public List<YamlNode.Entry> entries() {
    return mapping.map(YamlNode.Mapping::entries).orElse(List.of());
  }

  /// The value of a field, unless it is absent or null.
  public Optional<YamlNode> node(String key) {
    return mapping
        .flatMap(map -> map.entry(key))
        .map(YamlNode.Entry::value)
        .filter(value -> !(value instanceof YamlNode.Scalar scalar && scalar.isNull()));
  }

  /// Where the field's value stands, or the mapping when it has no such field.
  public Optional<Place> place(String key) {
    return node(key).map(YamlNode::place).or(() -> mapping.map(YamlNode.Mapping::place));
  }

  public Optional<String> text(String key) {
    return scalar(key).map(YamlNode.Scalar::text);
  }

  /// Makes the absence of a field a problem.
  public void require(String key) {
    if (node(key).isEmpty() && mapping.isPresent()) {
      problems.add(
          Problem.at(mapping.get().place(), "the key `%s` is missing".formatted(path(key))));
    }
  }

  /// What `parse` makes of the field's text.
  ///
  /// @param parse throws {@link InvalidInputException} for text it cannot use; that becomes a
  ///   problem of the field
  public <T> Optional<T> value(String key, BiFunction<String, Place, T> parse) {
    return scalar(key).flatMap(scalar -> parsed(path(key), scalar, parse));
  }

  public Optional<Boolean> truth(String key) {
    return value(key, YamlFields::truth);
  }

  /// A whole number of at least `least`.
  public Optional<Integer> count(String key, int least) {
    return value(key, (text, place) -> count(text, place, least));
  }

  /// A number of at least zero.
  public Optional<BigDecimal> number(String key) {
    return value(key, YamlFields::number);
  }

  /// A sequence of texts; a single text stands for a sequence of one, and nothing for none.
  public List<String> texts(String key) {
    return values(key, (text, place) -> text);
  }

  /// As {@link #texts}, each made into a value.
  public <T> List<T> values(String key, BiFunction<String, Place, T> parse) {
    List<T> values = new ArrayList<>();
    for (YamlNode item : items(key)) {
      if (item instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
        parsed(path(key), scalar, parse).ifPresent(values::add);
      } else {
        problems.add(
            Problem.at(item.place(), "each item of `%s` must be text".formatted(path(key))));
      }
    }
    return List.copyOf(values);
  }

  /// A mapping of names that its author chose to values, in the order of the document.
  ///
  /// @param parse is given the name, its text (empty when there is none) and the name's place
  public <T> Map<String, T> map(String key, EntryReader<T> parse) {
    Map<String, T> values = new LinkedHashMap<>();
    Optional<YamlFields> inner = node(key).map(node -> open(node, path(key), problems));
    for (YamlNode.Entry entry : inner.map(YamlFields::entries).orElse(List.of())) {
      String name = entry.key().text();
      if (entry.value() instanceof YamlNode.Scalar scalar) {
        Optional<String> text = scalar.isNull() ? Optional.empty() : Optional.of(scalar.text());
        parsed(path(key), entry.key(), (ignored, place) -> parse.read(name, text, place))
            .ifPresent(value -> values.put(name, value));
      } else {
        problems.add(
            Problem.at(entry.value().place(), "`%s.%s` must be text".formatted(path(key), name)));
      }
    }
    return values;
  }

  /// Makes a value of an entry.
  @FunctionalInterface
  public interface EntryReader<T> {
    T read(String name, Optional<String> text, Place place);
  }

  private List<YamlNode> items(String key) {
    return switch (node(key).orElse(null)) {
      case null -> List.of();
      case YamlNode.Sequence sequence -> sequence.items();
      case YamlNode.Scalar scalar -> List.of(scalar);
      case YamlNode.Mapping map -> {
        problems.add(Problem.at(map.place(), "`%s` must be a list".formatted(path(key))));
        yield List.of();
      }
    };
  }

  private Optional<YamlNode.Scalar> scalar(String key) {
    Optional<YamlNode> node = node(key);
    if (node.isPresent() && !(node.get() instanceof YamlNode.Scalar)) {
      problems.add(Problem.at(node.get().place(), "`%s` must be text".formatted(path(key))));
    }
    return node.filter(YamlNode.Scalar.class::isInstance).map(YamlNode.Scalar.class::cast);
  }

  private <T> Optional<T> parsed(
      String key, YamlNode.Scalar scalar, BiFunction<String, Place, T> parse) {
    try {
      return Optional.of(parse.apply(scalar.text(), scalar.place()));
    } catch (InvalidInputException e) {
      for (Problem problem : e.problems()) {
        problems.add(
            new Problem(
                Optional.of(problem.where().orElse(scalar.place())),
                "`%s`: %s".formatted(key, problem.message()),
                problem.hint()));
      }
      return Optional.empty();
    }
  }

  private void checkKnown(YamlNode.Scalar key, Collection<String> known) {
    if (known.contains(key.text())) {
      return;
    }
    Problem problem = Problem.at(key.place(), "there is no key `%s`".formatted(path(key.text())));
    String valid = "one of `%s`".formatted(String.join("`, `", known));
    String hint = Nearest.to(key.text(), known).map("did you mean `%s`?"::formatted).orElse(valid);
    problems.add(problem.hint(hint));
  }

  private static Boolean truth(String text, Place place) {
    return switch (text) {
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default ->
          throw new InvalidInputException(
              Problem.at(place, "`%s` is neither `true` nor `false`".formatted(text)));
    };
  }

  private static int count(String text, Place place, int least) {
    if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least) {
      return Integer.parseInt(text);
    }
    throw new InvalidInputException(
        Problem.at(place, "`%s` is not a whole number of at least %d".formatted(text, least)));
  }

  private static BigDecimal number(String text, Place place) {
    if (text.matches("[0-9]{1,15}(\\.[0-9]{1,15})?")) {
      return new BigDecimal(text);
    }
    throw new InvalidInputException(Problem.at(place, "`%s` is not a number".formatted(text)));
  }
}
