package io.karez.define;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a scheduler says of a job besides its state; empty is what it does not say.
///
/// @param exitCode of the launch script, which ends as the program did
/// @param signal that ended it
/// @param reason why it waits or ended so, in the scheduler's own words
/// @param node where it runs or ran, in the scheduler's own notation
/// @param started by the clock of the scheduler; of a job that waits: when it is expected to start
/// @param ended by the clock of the scheduler
/// @param elapsed wall clock
/// @param timeLimit wall clock
/// @param cpu user and system time
/// @param maxMemoryBytes the highest resident memory of any of its processes
/// @param memoryLimit as it was asked for, in the scheduler's own notation
public record JobFacts(
    Optional<Integer> exitCode,
    Optional<Integer> signal,
    Optional<String> reason,
    Optional<String> node,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<Duration> elapsed,
    Optional<Duration> timeLimit,
    Optional<Duration> cpu,
    Optional<Long> maxMemoryBytes,
    Optional<String> memoryLimit) {

  /// Nothing besides the state.
  public static final JobFacts NONE =
      new JobFacts(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}
