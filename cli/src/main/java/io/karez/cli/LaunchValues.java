package io.karez.cli;

import io.karez.expand.ParameterSet;
import io.karez.expand.ValueGrid;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.Secrets;
import io.karez.text.Yaml;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// What a launch template is filled with.
///
/// @param given by name, as `--values` and `--set` say
/// @param grid those of `--values` that the template does not name: the options of its
///   configurations, each with the values that it takes in turn
record LaunchValues(Map<String, @Nullable Object> given, Map<String, @Nullable Object> grid) {
  /// The name under which a template finds the configurations.
  static final String CONFIGURATIONS = "configurations";

  /// More than any script can hold.
  private static final long MOST = 100_000;

  /// @param sets `K=V`
  /// @param file of YAML or JSON; null for none
  /// @param named by the template
  /// @throws InvalidInputException with all problems
  static LaunchValues read(List<String> sets, @Nullable Path file, Set<String> named) {
    Problems problems = new Problems();
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    if (file != null) {
      problems.attempt(() -> file(file)).ifPresent(given::putAll);
    }
    Map<String, @Nullable Object> grid = new LinkedHashMap<>(given);
    for (String set : sets) {
      problems.attempt(() -> one(set, given));
    }
    refuseSecrets(given, problems);
    problems.throwIfAny();
    List<String> names = sets.stream().map(set -> set.split("=", 2)[0]).toList();
    grid.keySet().removeIf(key -> named.contains(key) || names.contains(key));
    grid.remove(CONFIGURATIONS);
    return new LaunchValues(given, grid);
  }

  private static void refuseSecrets(@Nullable Object value, Problems problems) {
    switch (value) {
      case Map<?, ?> map ->
          map.forEach((key, one) -> {
            String name = String.valueOf(key);
            if (Secrets.areIn(Map.of(name, "x"))) {
              problems.add(
                  Problem.of(
                          "the value `%s` would stand in the script for all to read"
                              .formatted(name))
                      .hint(
                          "keep it in a file that only you can read, and let the script read that"));
            }
            refuseSecrets(one, problems);
          });
      case List<?> list -> list.forEach(one -> refuseSecrets(one, problems));
      case null, default -> {}
    }
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

  /// What the template is filled with: the values, and the configurations unless they were given
  /// themselves.
  ///
  /// @throws InvalidInputException when they cannot be made
  Map<String, @Nullable Object> filling(String source) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(given);
    if (!all.containsKey(CONFIGURATIONS)) {
      all.put(CONFIGURATIONS, configurations(source));
    }
    return all;
  }

  /// In HPCtools' order, the first key fastest; one without options when there is nothing to vary.
  private List<Map<String, Object>> configurations(String source) {
    if (grid.isEmpty()) {
      return List.of(Map.of());
    }
    ValueGrid sets = ValueGrid.of(grid, source);
    if (sets.count() > MOST) {
      throw new InvalidInputException(
          Problem.at(
                  Place.of(source),
                  "these values make %d configurations, which no script can hold"
                      .formatted(sets.count()))
              .hint("`karez run` takes sweeps of any size"));
    }
    return LongStream.range(0, sets.count())
        .mapToObj(sets::at)
        .map(ParameterSet::parameters)
        .collect(Collectors.toList());
  }
}
