package io.karez.scheduler.slurm;

import io.karez.define.Memory;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.define.WallTime;
import io.karez.scheduler.Asked;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What directives of `sbatch` ask for (sbatch(1)). Of several of the same key the last counts.
///
/// @param values by their long keys
record SlurmAsked(Map<String, String> values) {
  private static final Map<String, String> LONG =
      Map.of(
          "-N", "--nodes",
          "-n", "--ntasks",
          "-c", "--cpus-per-task",
          "-t", "--time",
          "-p", "--partition",
          "-O", "--overcommit");

  /// With these the number of cores is another, and depends on the nodes.
  private static final Set<String> MORE_CORES =
      Set.of(
          "--exclusive",
          "--cpus-per-gpu",
          "--mincpus",
          "--ntasks-per-core",
          "--ntasks-per-gpu",
          "--ntasks-per-socket",
          "--overcommit");

  private static final int MOST = 10_000_000;

  static Asked of(List<Directive> directives) {
    Map<String, String> values = new HashMap<>();
    for (Directive directive : directives) {
      String key = LONG.getOrDefault(directive.key(), directive.key());
      values.put(key, directive.value().orElse(""));
    }
    return new SlurmAsked(values).asked();
  }

  private Asked asked() {
    Optional<Integer> tasks = tasks();
    // without `--nodes` tasks may be spread; one alone is not, however many nodes are asked for
    Optional<Integer> nodes =
        values.containsKey("--nodes")
            ? count("--nodes", 1).map(number -> Math.min(number, tasks.orElse(number)))
            : tasks.filter(number -> number == 1 && !isUnclear());
    Optional<Integer> cores =
        isUnclear()
            ? Optional.empty()
            : tasks.flatMap(
                number -> count("--cpus-per-task", 1).flatMap(each -> product(number, each)));
    return new Asked(
        nodes,
        tasks,
        cores,
        memory(nodes, cores),
        time(),
        Optional.ofNullable(values.get("--partition")));
  }

  private boolean isUnclear() {
    return MORE_CORES.stream().anyMatch(values::containsKey);
  }

  /// One on each node where their number is not said.
  private Optional<Integer> tasks() {
    if (values.containsKey("--ntasks")) {
      return count("--ntasks", 1);
    }
    return count("--nodes", 1)
        .flatMap(nodes -> count("--ntasks-per-node", 1).flatMap(each -> product(nodes, each)));
  }

  /// Empty when no machine has so many.
  private static Optional<Integer> product(int one, int other) {
    long product = (long) one * other;
    return product <= MOST ? Optional.of((int) product) : Optional.empty();
  }

  /// Empty for a range such as `2-4`.
  private Optional<Integer> count(String key, int otherwise) {
    String value = values.get(key);
    return value == null
        ? Optional.of(otherwise)
        : SlurmFields.count(value.strip()).filter(number -> number > 0);
  }

  private Optional<Memory> memory(Optional<Integer> nodes, Optional<Integer> cores) {
    long keys =
        Stream.of("--mem", "--mem-per-cpu", "--mem-per-gpu").filter(values::containsKey).count();
    if (keys != 1 || values.containsKey("--mem-per-gpu")) {
      return Optional.empty();
    }
    if (values.containsKey("--mem")) {
      return SlurmFields.memory(values.getOrDefault("--mem", ""));
    }
    return nodes.equals(Optional.of(1))
        ? SlurmFields.memory(values.getOrDefault("--mem-per-cpu", ""))
            .flatMap(each ->
                cores
                    .filter(number -> each.bytes() <= Long.MAX_VALUE / number)
                    .map(number -> new Memory(each.bytes() * number)))
        : Optional.empty();
  }

  /// Slurm counts in minutes and rounds up. Neither `0` nor `UNLIMITED` is a limit.
  private Optional<Duration> time() {
    String value = values.getOrDefault("--time", "").toUpperCase(Locale.ROOT);
    try {
      return Optional.of(
          Duration.ofMinutes(WallTime.minutes(WallTime.parse(value, Place.of("--time")))));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }
}
