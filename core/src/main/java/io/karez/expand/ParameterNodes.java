package io.karez.expand;

import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.ShellWords;
import io.karez.text.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the parts of a parameter file that occur more than once: mappings with known keys, options
/// and positionals, values and ranges. What is wrong goes to the collector, and the rest is read
/// on.
record ParameterNodes(Problems problems) {

  /// Options and positionals of one part of the file.
  ///
  /// @param positionals by number
  record Arguments<T>(SortedMap<Integer, T> positionals, List<T> options) {
    Arguments() {
      this(new TreeMap<>(), new ArrayList<>());
    }
  }

  /// A mapping's values by key.
  record Fields(Map<String, YamlNode> values) {
    static final Fields NONE = new Fields(Map.of());

    Optional<YamlNode> at(String key) {
      return Optional.ofNullable(values.get(key));
    }
  }

  /// Makes a value of an option's or positional's name and node; empty after a problem.
  interface Maker<T> {
    Optional<T> make(Name name, YamlNode node);
  }

  /// @param path the dotted path in the file, for messages
  /// @param option empty for a positional
  /// @param position empty for an option
  record Name(String path, Place place, Optional<String> option, Optional<Integer> position) {
    String key() {
      return option.orElseGet(() -> "pos_" + position.orElseThrow());
    }

    Argument argument(List<String> values) {
      return option
          .<Argument>map(o -> new Argument.Option(o, values))
          .orElseGet(() -> new Argument.Positional(values.getFirst()));
    }
  }

  /// The values of a mapping whose keys are all known and hold something.
  Fields fields(YamlNode node, String path, List<String> known) {
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    if (!(node instanceof YamlNode.Mapping mapping)) {
      String what = path.isEmpty() ? "the file" : "`" + path + "`";
      add(node.place(), what + " is not a mapping with " + list(known));
      return Fields.NONE;
    }
    if (mapping.entries().isEmpty()) {
      String what = path.isEmpty() ? "the file" : "`" + path + "`";
      add(node.place(), what + " is empty; it needs " + list(known));
    }
    for (YamlNode.Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (!known.contains(key)) {
        Problem problem =
            Problem.at(
                entry.key().place(),
                "unknown key `" + path(path, key) + "`; valid: " + list(known));
        problems.add(
            Nearest.to(key, known)
                .map(near -> problem.hint("did you mean `" + near + "`?"))
                .orElse(problem));
      } else if (isNull(entry.value())) {
        add(entry.key().place(), "`" + path(path, key) + "` has no value");
      } else {
        fields.put(key, entry.value());
      }
    }
    return new Fields(fields);
  }

  <T> Arguments<T> arguments(YamlNode node, String path, Maker<T> maker) {
    Fields fields = fields(node, path, List.of("options", "positional"));
    Arguments<T> arguments = new Arguments<>();
    fields
        .at("options")
        .ifPresent(options -> options(options, path(path, "options"), maker, arguments.options));
    fields
        .at("positional")
        .ifPresent(positionals ->
            positionals(positionals, path(path, "positional"), maker, arguments.positionals));
    return arguments;
  }

  private <T> void options(YamlNode node, String path, Maker<T> maker, List<T> options) {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      add(node.place(), "`" + path + "` is not a mapping of options to values");
      return;
    }
    for (YamlNode.Entry entry : mapping.entries()) {
      String option = entry.key().text();
      if (!Argument.isOption(option)) {
        problems.add(
            Problem.at(
                    entry.key().place(),
                    "the option `" + option + "` in `" + path + "` does not start with `--`")
                .hint("write `'--" + option + "'`"));
        continue;
      }
      Name name =
          new Name(path(path, option), entry.key().place(), Optional.of(option), Optional.empty());
      checked(name, entry.value(), maker).ifPresent(options::add);
    }
  }

  private <T> void positionals(
      YamlNode node, String path, Maker<T> maker, Map<Integer, T> positionals) {
    switch (node) {
      case YamlNode.Scalar scalar ->
          add(scalar.place(), "`" + path + "` is not a mapping of positions to values");
      case YamlNode.Sequence sequence -> {
        for (int i = 0; i < sequence.items().size(); i++) {
          positional(
              i,
              sequence.items().get(i).place(),
              sequence.items().get(i),
              path,
              maker,
              positionals);
        }
      }
      case YamlNode.Mapping mapping -> {
        for (YamlNode.Entry entry : mapping.entries()) {
          String position = entry.key().text();
          if (position.matches("[0-9]{1,6}")) {
            positional(
                Integer.parseInt(position),
                entry.key().place(),
                entry.value(),
                path,
                maker,
                positionals);
          } else {
            add(
                entry.key().place(),
                "`" + position + "` in `" + path + "` is not a position: 0, 1, 2, ...");
          }
        }
      }
    }
  }

  private <T> void positional(
      int position,
      Place place,
      YamlNode node,
      String path,
      Maker<T> maker,
      Map<Integer, T> positionals) {
    Name name =
        new Name(
            path(path, Integer.toString(position)), place, Optional.empty(), Optional.of(position));
    if (positionals.containsKey(position)) {
      add(place, "the position " + position + " is given twice in `" + path + "`");
    }
    checked(name, node, maker).ifPresent(value -> positionals.put(position, value));
  }

  private <T> Optional<T> checked(Name name, YamlNode node, Maker<T> maker) {
    if (isNull(node)) {
      Problem problem = Problem.at(name.place(), "`" + name.path() + "` has no value");
      problems.add(
          name.option().isPresent()
              ? problem.hint("write `[]` for an option without a value")
              : problem);
      return Optional.empty();
    }
    return maker.make(name, node);
  }

  /// A value as words: a scalar is one; a list of an option as many as it has.
  Optional<Argument> value(Name name, YamlNode node) {
    List<String> words = new ArrayList<>();
    boolean listAllowed = name.option().isPresent();
    boolean readable =
        switch (node) {
          case YamlNode.Scalar scalar -> word(name, scalar, words);
          case YamlNode.Sequence sequence when listAllowed -> {
            boolean all = true;
            for (YamlNode item : sequence.items()) {
              all &= word(name, item, words);
            }
            yield all;
          }
          case YamlNode.Sequence sequence -> word(name, sequence, words);
          case YamlNode.Mapping mapping -> word(name, mapping, words);
        };
    return readable ? Optional.of(name.argument(words)) : Optional.empty();
  }

  private boolean word(Name name, YamlNode node, List<String> words) {
    if (!(node instanceof YamlNode.Scalar scalar) || scalar.isNull()) {
      add(node.place(), "`" + name.path() + "` is not a plain value");
      return false;
    }
    String refusal = ShellWords.refusal(scalar.text());
    if (refusal != null) {
      add(node.place(), "the value of `" + name.path() + "` " + refusal);
      return false;
    }
    words.add(scalar.text());
    return true;
  }

  /// `[start, stop]`, `[start, stop, step]` or a mapping of these names.
  Optional<Axis> range(Name name, YamlNode node) {
    List<String> numbers = new ArrayList<>();
    boolean readable = true;
    switch (node) {
      case YamlNode.Sequence sequence -> {
        for (YamlNode item : sequence.items()) {
          readable &= word(name, item, numbers);
        }
      }
      case YamlNode.Mapping mapping -> {
        Fields fields = fields(mapping, name.path(), List.of("start", "stop", "step"));
        for (String field : List.of("start", "stop", "step")) {
          Optional<YamlNode> number = fields.at(field);
          if (number.isPresent()) {
            readable &= word(name, number.get(), numbers);
          } else if (!field.equals("step")) {
            readable = false;
            add(name.place(), "the range `" + name.path() + "` has no `" + field + "`");
          }
        }
      }
      case YamlNode.Scalar scalar -> {}
    }
    if (!readable) {
      return Optional.empty();
    }
    if (numbers.size() < 2 || numbers.size() > 3) {
      problems.add(
          Problem.at(name.place(), "the range `" + name.path() + "` does not have 2 or 3 numbers")
              .hint("write `[START, STOP, STEP]` or `{start: START, stop: STOP, step: STEP}`"));
      return Optional.empty();
    }
    return NumberRange.read(
            numbers.get(0),
            numbers.get(1),
            numbers.size() == 3 ? numbers.get(2) : "1",
            name.path(),
            name.place(),
            problems)
        .map(range ->
            new Axis(
                name.key(),
                Map.of(name.key(), name.place()),
                range.size(),
                i -> List.of(name.argument(List.of(range.at(i))))));
  }

  void add(Place place, String message) {
    problems.add(Problem.at(place, message));
  }

  static String path(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.isNull();
  }

  private static String list(List<String> names) {
    return "`" + String.join("`, `", names) + "`";
  }
}
