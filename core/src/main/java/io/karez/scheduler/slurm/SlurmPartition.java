package io.karez.scheduler.slurm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A queue, as a line of `scontrol show partition --oneliner` describes it.
///
/// @param state `UP`, or why not: `DOWN`, `DRAIN`, `INACTIVE`
/// @param maxTime empty when there is no limit
/// @param defaultTime what a job gets that asks for none; empty when that is `maxTime`
/// @param maxNodes of a job; empty when there is no limit
/// @param nodes all it has
/// @param qos whose limits hold in it; empty when it has none
record SlurmPartition(
    String name,
    boolean isDefault,
    String state,
    Optional<Duration> maxTime,
    Optional<Duration> defaultTime,
    Optional<Integer> minNodes,
    Optional<Integer> maxNodes,
    Optional<Integer> nodes,
    Optional<String> qos) {

  /// What cannot be read is left out.
  static List<SlurmPartition> all(String text) {
    return text.lines().flatMap(line -> of(line).stream()).toList();
  }

  private static Optional<SlurmPartition> of(String line) {
    return SlurmFields.named(line, "PartitionName")
        .map(name ->
            new SlurmPartition(
                name,
                SlurmFields.named(line, "Default").equals(Optional.of("YES")),
                SlurmFields.named(line, "State").orElse("?"),
                SlurmFields.named(line, "MaxTime").flatMap(SlurmFields::duration),
                SlurmFields.named(line, "DefaultTime").flatMap(SlurmFields::duration),
                SlurmFields.named(line, "MinNodes").flatMap(SlurmFields::count),
                SlurmFields.named(line, "MaxNodes").flatMap(SlurmFields::count),
                SlurmFields.named(line, "TotalNodes").flatMap(SlurmFields::count),
                SlurmFields.named(line, "QoS").filter(qos -> !qos.equals("N/A"))));
  }
}
