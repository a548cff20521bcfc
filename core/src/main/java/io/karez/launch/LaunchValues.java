package io.karez.launch;

import io.karez.expand.ParameterSet;
import io.karez.expand.ValueGrid;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.Secrets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// What a launch template is filled with.
///
/// @param given by name
/// @param grid those that the template does not name: the options of its configurations, each with
///   the values that it takes in turn
public record LaunchValues(
    Map<String, @Nullable Object> given, Map<String, @Nullable Object> grid) {
  /// The name under which a template finds the configurations.
  static final String CONFIGURATIONS = "configurations";

  /// More than any script can hold.
  private static final long MOST = 100_000;

  /// @param several of which those that the template does not name make the configurations
  /// @param single which make none
  /// @param named by the template
  /// @throws InvalidInputException when one of them is a secret
  static LaunchValues of(
      Map<String, ? extends @Nullable Object> several,
      Map<String, ? extends @Nullable Object> single,
      Set<String> named) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>(several);
    given.putAll(single);
    Problems problems = new Problems();
    refuseSecrets(given, problems);
    problems.throwIfAny();
    Map<String, @Nullable Object> grid = new LinkedHashMap<>(several);
    grid.keySet().removeIf(key -> named.contains(key) || single.containsKey(key));
    grid.remove(CONFIGURATIONS);
    return new LaunchValues(given, grid);
  }

  /// Scripts can be read by others than who may know a secret.
  ///
  /// @param value with all that is in it
  public static void refuseSecrets(@Nullable Object value, Problems problems) {
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
