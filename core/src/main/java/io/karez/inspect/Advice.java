package io.karez.inspect;

import io.karez.define.Cause;
import io.karez.define.JobState;
import io.karez.define.Memory;
import io.karez.define.WallTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a run like this one would do with. It rests on jobs that succeeded alone, and there is none
/// where too little is known.
///
/// @param about `cpus`, `memory` or `time`
/// @param sentence lower case, no full stop
/// @param option of `karez run`, with its value; empty when nothing is advised
public record Advice(String about, String sentence, Optional<String> option) {
  private static final long MIB = 1L << 20;

  /// Little everywhere: nothing is won by asking for less.
  private static final long LITTLE_MEMORY = 100 * MIB;

  private static final Duration LITTLE_TIME = Duration.ofMinutes(5);
  private static final String LITTLE = "less is not worth asking for";

  /// Shorter ones tell more of their start than of their work.
  private static final Duration TELLING = Duration.ofSeconds(10);

  /// @param settled whether all jobs of the run have ended
  public static List<Advice> of(Efficiency efficiency, boolean settled) {
    List<JobUse> succeeded =
        efficiency.jobs().stream().filter(job -> job.state() == JobState.SUCCEEDED).toList();
    List<Advice> advice = new ArrayList<>();
    String soFar = settled ? "" : " so far";
    cpus(succeeded, soFar).ifPresent(advice::add);
    ranOut(efficiency.jobs(), Cause.OOM, "memory")
        .or(() -> memory(succeeded, soFar))
        .ifPresent(advice::add);
    ranOut(efficiency.jobs(), Cause.TIMEOUT, "time")
        .or(() -> time(succeeded, soFar))
        .ifPresent(advice::add);
    return advice;
  }

  /// What those needed that were cut short nobody knows.
  private static Optional<Advice> ranOut(List<JobUse> jobs, Cause cause, String what) {
    long count = jobs.stream().filter(job -> job.cause().equals(Optional.of(cause))).count();
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Advice(
                what,
                "%s: %s ran out of it: `karez retry RUN --cause %s --%s x2`"
                    .formatted(what, count == 1 ? "1 job" : count + " jobs", cause.word(), what),
                Optional.empty()));
  }

  private static Optional<Advice> cpus(List<JobUse> jobs, String soFar) {
    boolean isSure =
        !jobs.isEmpty()
            && jobs.stream()
                .allMatch(job ->
                    job.busy().isPresent()
                        && job.asked().cores().isPresent()
                        && job.asked().tasks().orElse(1).equals(1)
                        && !job.cpu().orElseThrow().isLeast());
    boolean telling =
        jobs.stream().anyMatch(job -> job.elapsed().orElseThrow().compareTo(TELLING) >= 0);
    if (!isSure || !telling) {
      return Optional.empty();
    }
    int asked =
        jobs.stream().mapToInt(job -> job.asked().cores().orElseThrow()).max().orElseThrow();
    double busy = jobs.stream().mapToDouble(job -> job.busy().orElseThrow()).max().orElseThrow();
    // A tenth over a whole number is what a program's helpers take.
    int enough = (int) Math.max(1, Math.ceil(busy - 0.1));
    if (enough >= asked) {
      return Optional.empty();
    }
    String option = "--cpus " + enough;
    return Optional.of(
        new Advice(
            "cpus",
            "cpus: %d asked, at most %s kept busy%s on the average; `%s` may do"
                .formatted(asked, Amounts.cores(busy), soFar, option),
            Optional.of(option)));
  }

  private static Optional<Advice> memory(List<JobUse> jobs, String soFar) {
    Optional<Range> asked = range(jobs, job -> job.asked().memory().map(Memory::bytes));
    Optional<Range> used = range(jobs, job -> job.memory().map(peak -> Math.round(peak.value())));
    if (asked.isEmpty() || used.isEmpty()) {
      return Optional.empty();
    }
    boolean isLeast = jobs.stream().anyMatch(job -> job.memory().orElseThrow().isLeast());
    long enough = roundedMemory(used.get().most() * 6 / 5);
    if (enough * 10 > asked.get().most() * 8) {
      return tight(asked.get(), used.get(), soFar);
    }
    String words =
        "memory: %s asked, at %s %s used%s"
            .formatted(
                asked.get().shown(bytes -> new Memory(bytes).toString()),
                isLeast ? "least" : "most",
                Amounts.memory(used.get().most()),
                soFar);
    if (isLeast) {
      return Optional.of(
          new Advice("memory", words + ", and nobody knows the peak", Optional.empty()));
    }
    String option = "--memory " + new Memory(enough);
    return Optional.of(
        new Advice(
            "memory",
            words
                + "; `%s` would do (%s)"
                    .formatted(
                        option, enough == LITTLE_MEMORY ? LITTLE : "a fifth more than the peak")
                + few(jobs, enough),
            Optional.of(option)));
  }

  /// Where most need much less than one request for all.
  private static String few(List<JobUse> jobs, long enough) {
    long[] peaks =
        jobs.stream()
            .mapToLong(job -> Math.round(job.memory().orElseThrow().value()))
            .sorted()
            .toArray();
    long most = peaks[peaks.length * 9 / 10];
    long little = roundedMemory(most * 6 / 5);
    return jobs.size() < 10 || little * 2 > enough
        ? ""
        : ", but nine in ten used at most %s: with `--memory %s` the others would run out of it, and"
                .formatted(Amounts.memory(most), new Memory(little))
            + " `karez retry RUN --cause oom --memory x%d` asks for more for them"
                .formatted(Math.ceilDiv(enough, little));
  }

  private static Optional<Advice> tight(Range asked, Range used, String soFar) {
    if (used.most() * 20 < asked.least() * 19) {
      return Optional.empty();
    }
    String option = "--memory " + new Memory(roundedMemory(used.most() * 6 / 5));
    return Optional.of(
        new Advice(
            "memory",
            "memory: %s asked, and %s used%s: the next may run out of it; `%s` is safer"
                .formatted(
                    asked.shown(bytes -> new Memory(bytes).toString()),
                    Amounts.memory(used.most()),
                    soFar,
                    option),
            Optional.of(option)));
  }

  private static Optional<Advice> time(List<JobUse> jobs, String soFar) {
    Optional<Range> asked = range(jobs, job -> job.asked().time().map(Duration::toSeconds));
    Optional<Range> used = range(jobs, job -> job.elapsed().map(Duration::toSeconds));
    if (asked.isEmpty() || used.isEmpty()) {
      return Optional.empty();
    }
    Duration enough = roundedTime(Duration.ofSeconds(used.get().most() * 3 / 2));
    if (enough.toSeconds() * 10 > asked.get().most() * 8) {
      return Optional.empty();
    }
    String option = "--time " + WallTime.shown(enough);
    return Optional.of(
        new Advice(
            "time",
            "time: %s asked, at most %s taken%s; `%s` would do (%s)"
                .formatted(
                    asked.get().shown(s -> WallTime.shown(Duration.ofSeconds(s))),
                    WallTime.shown(Duration.ofSeconds(used.get().most())),
                    soFar,
                    option,
                    enough.equals(LITTLE_TIME) ? LITTLE : "half more than the longest"),
            Optional.of(option)));
  }

  private record Range(long least, long most) {
    String shown(Function<Long, String> text) {
      return least == most
          ? text.apply(most)
          : "%s to %s".formatted(text.apply(least), text.apply(most));
    }
  }

  /// Empty when it is not known of all, or there are none.
  private static Optional<Range> range(List<JobUse> jobs, Function<JobUse, Optional<Long>> amount) {
    List<Long> all = jobs.stream().flatMap(job -> amount.apply(job).stream()).sorted().toList();
    return all.isEmpty() || all.size() < jobs.size()
        ? Optional.empty()
        : Optional.of(new Range(all.getFirst(), all.getLast()));
  }

  /// Up to a number that people ask for.
  private static long roundedMemory(long bytes) {
    long step = bytes < 1000 * MIB ? 100 * MIB : bytes < 10_000 * MIB ? 500 * MIB : 1024 * MIB;
    return Math.ceilDiv(bytes, step) * step;
  }

  /// Up to a time that people ask for.
  private static Duration roundedTime(Duration time) {
    long minutes = Math.ceilDiv(time.toSeconds(), 60L);
    long step = minutes < 60 ? 5 : minutes < 12 * 60 ? 30 : 60;
    return Duration.ofMinutes(Math.max(step, Math.ceilDiv(minutes, step) * step));
  }
}
