package io.karez.define;

import java.time.Duration;
import java.util.Optional;

/// What a job asks of the machine, in words that mean the same on every system; what is empty is
/// left to a lower layer.
///
/// @param nodes at least 1
/// @param tasks processes in all, at least 1
/// @param cpus per task, at least 1
/// @param memory per node
/// @param gpus per node, at least 0
/// @param time wall clock, more than zero
/// @param queue Slurm calls it a partition
/// @param account the project that is charged
public record Resources(
    Optional<Integer> nodes,
    Optional<Integer> tasks,
    Optional<Integer> cpus,
    Optional<Memory> memory,
    Optional<Integer> gpus,
    Optional<Duration> time,
    Optional<String> queue,
    Optional<String> account) {

  /// Asks for nothing.
  public static final Resources NONE =
      new Resources(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public Resources {
    requireAtLeast(1, nodes, "nodes");
    requireAtLeast(1, tasks, "tasks");
    requireAtLeast(1, cpus, "cpus");
    requireAtLeast(0, gpus, "gpus");
    if (time.isPresent() && !time.get().isPositive()) {
      throw new IllegalArgumentException("time is not positive: " + time.get());
    }
  }

  /// What the later layer says wins, field by field. Tasks that were fewer than its nodes are not
  /// meant for so many: each node then has one.
  public Resources merge(Resources later) {
    return new Resources(
        later.nodes.or(() -> nodes),
        later.tasks.or(() -> tasks.filter(all -> all >= later.nodes.orElse(1))),
        later.cpus.or(() -> cpus),
        later.memory.or(() -> memory),
        later.gpus.or(() -> gpus),
        later.time.or(() -> time),
        later.queue.or(() -> queue),
        later.account.or(() -> account));
  }

  private static void requireAtLeast(int least, Optional<Integer> count, String what) {
    if (count.isPresent() && count.get() < least) {
      throw new IllegalArgumentException(what + " is less than " + least + ": " + count.get());
    }
  }
}
