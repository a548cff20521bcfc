package io.karez.query;

import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which names a query may use.
///
/// @param prefixes first parts of dotted names: `info` makes `info.status` valid
/// @param bareNames whether a name may stand without a prefix
/// @param metrics whether `min(train.loss)` and its like are valid
public record Vocabulary(Set<String> prefixes, boolean bareNames, boolean metrics) {
  private static final String CONFIG = "config";

  /// Queries over runs: `info.NAME`, `config.NAME`, metrics.
  public static final Vocabulary RUNS = new Vocabulary(Set.of("info", CONFIG), false, true);

  /// Queries over the parameters of jobs that have not run yet: `NAME` or `config.NAME`.
  public static final Vocabulary PARAMETERS = new Vocabulary(Set.of(CONFIG), true, false);

  public Vocabulary {
    prefixes = Set.copyOf(prefixes);
  }

  /// The parameter's own name: `config.lr` and `lr` are both `lr`.
  public static String parameterName(String name) {
    return name.startsWith(CONFIG + ".") ? name.substring(CONFIG.length() + 1) : name;
  }

  Problems check(Query query, String source) {
    Problems problems = new Problems();
    query
        .operands()
        .forEach(operand ->
            fault(operand)
                .ifPresent(fault -> {
                  Problem problem =
                      Problem.at(new Place(source, 1, operand.column()), fault.message);
                  problems.add(fault.hint.map(problem::hint).orElse(problem));
                }));
    return problems;
  }

  private record Fault(String message, Optional<String> hint) {}

  private Optional<Fault> fault(Operand operand) {
    return switch (operand) {
      case Operand.Name(String name, int column) -> nameFault(name);
      case Operand.Metric(MetricFunction function, String name, int column) ->
          metrics
              ? Optional.empty()
              : Optional.of(
                  new Fault(
                      "`"
                          + function.word()
                          + "("
                          + name
                          + ")` asks for a metric; there are none before the jobs ran",
                      Optional.empty()));
    };
  }

  private Optional<Fault> nameFault(String name) {
    int dot = name.indexOf('.');
    String prefix = dot < 0 ? "" : name.substring(0, dot);
    if (prefixes.contains(prefix) || (bareNames && !RUNS.prefixes.contains(prefix))) {
      return Optional.empty();
    }
    String valid =
        new TreeSet<>(prefixes).stream().map(p -> "`" + p + ".`").collect(Collectors.joining(", "))
            + (bareNames ? ", or no prefix" : "");
    String message =
        dot < 0
            ? "`" + name + "` has no prefix; valid prefixes: " + valid
            : "unknown prefix `" + prefix + "` in `" + name + "`; valid prefixes: " + valid;
    Optional<String> hint =
        dot < 0
            ? prefixes.contains(CONFIG)
                ? Optional.of("`" + CONFIG + "." + name + "` is the parameter")
                : Optional.empty()
            : Nearest.to(prefix, prefixes)
                .map(near -> "did you mean `" + near + name.substring(dot) + "`?");
    return Optional.of(new Fault(message, hint));
  }
}
