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
        .flatMap(operand -> fault(operand, new Place(source, 1, operand.column())).stream())
        .forEach(problems::add);
    return problems;
  }

  private Optional<Problem> fault(Operand operand, Place place) {
    return switch (operand) {
      case Operand.Name(String name, int column) -> nameFault(name, place);
      case Operand.Metric(MetricFunction function, String name, int column) ->
          metrics
              ? Optional.empty()
              : Optional.of(
                  Problem.at(
                      place,
                      "`%s(%s)` asks for a metric; there are none before the jobs ran"
                          .formatted(function.word(), name)));
    };
  }

  private Optional<Problem> nameFault(String name, Place place) {
    int dot = name.indexOf('.');
    String prefix = dot < 0 ? "" : name.substring(0, dot);
    boolean bare = bareNames && !RUNS.prefixes.contains(prefix);
    if (bare || prefixes.contains(prefix)) {
      return Optional.empty();
    }
    String message =
        dot < 0
            ? "`%s` has no prefix; valid prefixes: %s".formatted(name, valid())
            : "unknown prefix `%s` in `%s`; valid prefixes: %s".formatted(prefix, name, valid());
    Problem problem = Problem.at(place, message);
    if (dot < 0) {
      return Optional.of(problem.hint("`%s.%s` is the parameter".formatted(CONFIG, name)));
    }
    return Nearest.to(prefix, prefixes)
        .map(near -> problem.hint("did you mean `%s`?".formatted(near + name.substring(dot))))
        .or(() -> Optional.of(problem));
  }

  private String valid() {
    String list =
        new TreeSet<>(prefixes).stream().map("`%s.`"::formatted).collect(Collectors.joining(", "));
    return bareNames ? list + ", or no prefix" : list;
  }
}
