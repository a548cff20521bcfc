package io.karez.cli;

import io.karez.launch.LaunchValues;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.Yaml;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values for a launch template, as they were typed.
///
/// @param file those of `--values`
/// @param sets those of `--set`
record LaunchWords(Map<String, @Nullable Object> file, Map<String, @Nullable Object> sets) {

  /// @param sets `K=V`
  /// @param file of YAML or JSON; null for none
  /// @throws InvalidInputException with all problems
  static LaunchWords read(List<String> sets, @Nullable Path file) {
    Problems problems = new Problems();
    LaunchWords words = new LaunchWords(new LinkedHashMap<>(), new LinkedHashMap<>());
    if (file != null) {
      problems.attempt(() -> file(file)).ifPresent(words.file()::putAll);
    }
    for (String set : sets) {
      problems.attempt(() -> one(set, words.sets()));
    }
    LaunchValues.refuseSecrets(words.file(), problems);
    LaunchValues.refuseSecrets(words.sets(), problems);
    problems.throwIfAny();
    return words;
  }

  private static Map<String, @Nullable Object> file(Path file) {
    String source = file.toString();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    @Nullable Object read = Yaml.values(RequestedSweep.text(file, "--values"), source);
    if (read == null) {
      return values;
    }
    if (!(read instanceof Map<?, ?> map)) {
      throw new InvalidInputException(
          Problem.at(Place.of(source), "the values are not a mapping of names to values"));
    }
    map.forEach((key, value) -> values.put(String.valueOf(key), value));
    return values;
  }

  private static String one(String set, Map<String, @Nullable Object> given) {
    int equals = set.indexOf('=');
    String name = equals < 0 ? set : set.substring(0, equals);
    if (equals < 0 || !name.matches("[\\p{L}_][\\p{L}\\p{N}_]*")) {
      throw new InvalidInputException(
          Problem.at(Place.of("--set"), "`%s` is not `NAME=VALUE`".formatted(set))
              .hint("such as `--set time=1:00:00`"));
    }
    given.put(name, value(set.substring(equals + 1), "--set " + name));
    return name;
  }

  /// A number, truth value or null as YAML writes them, a list or mapping in brackets; all else is
  /// text as it is: a command holds `: ` and `#` more often than it is meant as YAML.
  private static @Nullable Object value(String text, String source) {
    if (text.matches("(?s)\\s*[\\[{\"'].*")) {
      return Yaml.values(text, source);
    }
    boolean plain = text.matches("[-+.0-9A-Za-z_]+|~");
    @Nullable Object read = plain ? Yaml.values(text, source) : text;
    return text.isEmpty() ? "" : read;
  }
}
