package io.karez.inspect;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a run used of what it asked for.
///
/// @param jobs those that have run and ended
/// @param cpu cores kept busy
/// @param memory bytes
/// @param time seconds
/// @param coreTime the cores of all jobs, for as long as they had them; of those of which both are
///   known
/// @param wasted what was idle of that
public record Efficiency(
    List<JobUse> jobs,
    Optional<Spread> cpu,
    Optional<Spread> memory,
    Optional<Spread> time,
    Duration coreTime,
    Duration wasted) {

  /// How one amount is spread over the jobs of which it is known.
  ///
  /// @param jobs how many these are
  /// @param share of what was asked; empty when that is not known of all of them
  /// @param isLeast whether some of them may have used more
  public record Spread(
      int jobs,
      double median,
      double max,
      Optional<Double> share,
      Optional<Double> maxShare,
      int jobAtMax,
      boolean isLeast) {}

  public Efficiency {
    jobs = List.copyOf(jobs);
  }

  public static Efficiency of(List<JobUse> all) {
    List<JobUse> jobs = all.stream().filter(job -> job.elapsed().isPresent()).toList();
    Duration coreTime = Duration.ZERO;
    Duration wasted = Duration.ZERO;
    for (JobUse job : jobs) {
      if (job.coreTime().isPresent() && job.wasted().isPresent()) {
        coreTime = coreTime.plus(job.coreTime().get());
        wasted = wasted.plus(job.wasted().get());
      }
    }
    return new Efficiency(
        jobs,
        spread(jobs, JobUse::busy, JobUse::cpuShare, job -> isLeast(job.cpu())),
        spread(
            jobs,
            job -> job.memory().map(JobUse.Amount::value),
            JobUse::memoryShare,
            job -> isLeast(job.memory())),
        spread(jobs, job -> job.elapsed().map(JobUse::seconds), JobUse::timeShare, job -> false),
        coreTime,
        wasted);
  }

  /// Those that wasted most first, then those of which nobody knows.
  public List<JobUse> worstFirst() {
    return jobs.stream()
        .sorted(
            Comparator.comparing((JobUse job) -> job.wasted().orElse(Duration.ofMillis(-1)))
                .reversed()
                .thenComparingInt(JobUse::index))
        .toList();
  }

  private static boolean isLeast(Optional<JobUse.Amount> amount) {
    return amount.filter(JobUse.Amount::isLeast).isPresent();
  }

  private static Optional<Spread> spread(
      List<JobUse> jobs,
      Function<JobUse, Optional<Double>> amount,
      Function<JobUse, Optional<Double>> share,
      Function<JobUse, Boolean> isLeast) {
    List<JobUse> known = jobs.stream().filter(job -> amount.apply(job).isPresent()).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    boolean shared = known.stream().allMatch(job -> share.apply(job).isPresent());
    Function<JobUse, Optional<Double>> rank = shared ? share : amount;
    JobUse highest =
        known.stream()
            .max(Comparator.comparingDouble(job -> rank.apply(job).orElseThrow()))
            .orElseThrow();
    return Optional.of(
        new Spread(
            known.size(),
            median(known, amount),
            amount.apply(highest).orElseThrow(),
            shared ? Optional.of(median(known, share)) : Optional.empty(),
            share.apply(highest),
            highest.index(),
            known.stream().anyMatch(isLeast::apply)));
  }

  private static double median(List<JobUse> jobs, Function<JobUse, Optional<Double>> amount) {
    double[] sorted = jobs.stream().mapToDouble(job -> amount.apply(job).orElseThrow()).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
