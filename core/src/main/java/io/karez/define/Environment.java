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
import java.util.SortedMap;
import java.util.TreeMap;

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

  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

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

  /// What jobs elsewhere are started with: what is forwarded, then what is set. A variable whose
  /// name looks like a secret's is not forwarded by a prefix, and neither is a value that is no
  /// text.
  ///
  /// @param own the user's environment
  public Map<String, String> of(Map<String, String> own) {
    Map<String, String> all = new LinkedHashMap<>();
    SortedMap<String, String> sorted = new TreeMap<>(own);
    for (String pattern : forward.orElse(FORWARDED)) {
      sorted.forEach((name, value) -> {
        boolean meant = isMeant(pattern, name) && value.indexOf('\uFFFD') < 0;
        if (meant && !set.containsKey(name)) {
          all.put(name, value);
        }
      });
    }
    all.putAll(set);
    return all;
  }

  private static boolean isMeant(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
            && name.matches(NAME)
            && !SecretNames.contain(name)
        : name.equals(pattern);
  }

  /// The name, when a variable of that name may be set.
  static String variable(String name, Place place) {
    if (!name.matches(NAME)) {
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
