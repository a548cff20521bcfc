package io.karez.inspect;

import io.karez.define.Cause;
import io.karez.define.JobState;
import io.karez.define.Memory;
import io.karez.scheduler.Asked;
import io.karez.scheduler.Usage;
import io.karez.store.JobRecord;
import io.karez.track.TrackedJob;
import java.time.Duration;
import java.util.Optional;

/// What the last attempt of a job used, against what it asked for.
///
/// @param index in its run
/// @param elapsed wall clock; empty also when it never started
/// @param cpu user and system time
/// @param memory its peak
public record JobUse(
    int index,
    JobState state,
    Optional<Cause> cause,
    Asked asked,
    Optional<Duration> elapsed,
    Optional<Amount> cpu,
    Optional<Amount> memory) {

  /// What the wrapper and its shells take at most, in bytes.
  private static final double SHELLS = 32 << 20;

  /// Clocks and processor times are counted in hundredths of a second, each rounded for itself.
  private static final Duration TELLING = Duration.ofSeconds(1);

  /// Something that was measured.
  ///
  /// @param value seconds or bytes
  /// @param isLeast whether it may have been more
  /// @param source who says so: `accounting`, or as {@link JobRecord.End#memorySource}
  public record Amount(double value, boolean isLeast, String source) {
    /// What a job says of itself is of its largest process. An accounting that looks at all of them
    /// from time to time and sees little more confirms it; much more, and nobody knows the peak.
    static Optional<Amount> together(Optional<Amount> own, Optional<Amount> seen) {
      if (own.isEmpty() || seen.isEmpty()) {
        return own.or(() -> seen);
      }
      double larger = Math.max(own.get().value(), seen.get().value());
      boolean confirms = seen.get().value() <= own.get().value() * 1.25 + SHELLS;
      return Optional.of(
          confirms
              ? new Amount(larger, own.get().isLeast(), own.get().source())
              : new Amount(larger, seen.get().isLeast(), seen.get().source()));
    }
  }

  /// @param asked by its directives
  /// @param usage what the accounting tells, when it was asked
  static JobUse of(TrackedJob job, Asked asked, Optional<Usage> usage) {
    Optional<JobRecord.End> end = job.record().flatMap(JobRecord::end);
    Asked all = usage.map(Usage::asked).map(asked::or).orElse(asked);
    // What `srun` starts is not below the wrapper.
    boolean several = !all.tasks().orElse(1).equals(1) || !all.nodes().orElse(1).equals(1);
    Optional<Amount> ownCpu =
        end.flatMap(JobRecord.End::cpu).map(time -> new Amount(seconds(time), several, "time"));
    Optional<Amount> ownMemory =
        end.flatMap(JobRecord.End::memoryBytes)
            .map(bytes -> {
              String source = end.flatMap(JobRecord.End::memorySource).orElse("?");
              boolean isSure = source.equals("time") || source.equals("cgroup");
              return new Amount(bytes, several || !isSure, source);
            });
    return new JobUse(
        job.index(),
        job.verdict().state(),
        job.verdict().cause(),
        all,
        end.flatMap(JobRecord.End::elapsed)
            .or(() ->
                usage
                    .flatMap(Usage::elapsed)
                    .or(() -> job.facts().elapsed())
                    .filter(time -> job.record().isPresent() || time.isPositive())),
        larger(
            ownCpu,
            usage
                .flatMap(Usage::cpu)
                .or(() -> job.facts().cpu())
                // Nothing may also mean that nobody has looked.
                .filter(Duration::isPositive)
                .map(time -> new Amount(seconds(time), false, "accounting"))),
        Amount.together(
            ownMemory,
            usage.flatMap(Usage::memoryBytes).map(bytes -> new Amount(bytes, true, "accounting"))));
  }

  /// The accounting counts what has ended, a job what was below it.
  private static Optional<Amount> larger(Optional<Amount> own, Optional<Amount> told) {
    boolean isMore = own.isPresent() && told.isPresent() && told.get().value() > own.get().value();
    return own.isEmpty() || isMore ? told : own;
  }

  /// Whether something is missing that the accounting may tell.
  boolean isIncomplete() {
    return elapsed.isEmpty()
        || cpu.filter(amount -> !amount.isLeast()).isEmpty()
        || memory.filter(peak -> !peak.isLeast()).isEmpty();
  }

  /// How many cores it kept busy, on the average; empty where it was too short to tell.
  public Optional<Double> busy() {
    return cpu.flatMap(used ->
        elapsed
            .filter(time -> time.compareTo(TELLING) >= 0)
            .map(time -> used.value() / seconds(time)));
  }

  public Optional<Double> cpuShare() {
    return busy().flatMap(cores -> asked.cores().map(number -> cores / number));
  }

  public Optional<Double> memoryShare() {
    return memory.flatMap(
        peak -> asked.memory().map(Memory::bytes).map(bytes -> peak.value() / bytes));
  }

  public Optional<Double> timeShare() {
    return elapsed.flatMap(time -> asked.time().map(limit -> seconds(time) / seconds(limit)));
  }

  /// Its cores, for as long as it had them.
  public Optional<Duration> coreTime() {
    return elapsed.flatMap(time -> asked.cores().map(time::multipliedBy));
  }

  /// Of its core time, what it did not use.
  public Optional<Duration> wasted() {
    return coreTime()
        .flatMap(had ->
            cpu.map(used -> had.minusMillis(Math.round(used.value() * 1000)))
                .map(rest -> rest.isNegative() ? Duration.ZERO : rest));
  }

  public static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
