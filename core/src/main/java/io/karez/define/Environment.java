package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.SecretNames;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The variables a job is started with.
///
/// @param set names and values, in order; they are written into the script, so names of secrets are
///   refused
/// @param forward names to take over from the user's own environment, `CONDA_*` for all that begin
///   so; empty leaves the choice to a lower layer
public record Environment(Map<String, String> set, Optional<List<String>> forward) {

  /// Says nothing.
  public static final Environment NONE = new Environment(Map.of(), Optional.empty());

  /// What is forwarded when no layer says otherwise.
  public static final List<String> FORWARDED =
      List.of("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "CONDA_*", "LANG");

  static final String SECRET_HINT =
      "keep it in a file that only you can read, and give the program the file's path";

  public Environment {
    set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    forward = forward.map(List::copyOf);
    set.keySet().forEach(name -> variable(name, Place.of("environment")));
  }

  /// What the later layer says wins, variable by variable; its list of forwarded names replaces the
  /// lower one.
  public Environment merge(Environment later) {
    Map<String, String> merged = new LinkedHashMap<>(set);
    merged.putAll(later.set);
    return new Environment(merged, later.forward.or(() -> forward));
  }

  /// The name, when a variable of that name may be set.
  static String variable(String name, Place place) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new InvalidInputException(
          Problem.at(place, "`%s` is not the name of a variable".formatted(name)));
    }
    if (SecretNames.contain(name)) {
      throw new InvalidInputException(
          Problem.at(
                  place,
                  "`%s` looks like a secret, and its value would be written into scripts"
                      .formatted(name))
              .hint(SECRET_HINT));
    }
    return name;
  }

  /// The name or prefix, when it may be forwarded.
  static String pattern(String name, Place place) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*\\*?")) {
      throw new InvalidInputException(
          Problem.at(
              place, "`%s` is neither a variable nor a prefix such as `CONDA_*`".formatted(name)));
    }
    variable(name.replace("*", ""), place);
    return name;
  }
}
