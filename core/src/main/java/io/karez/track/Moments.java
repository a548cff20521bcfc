package io.karez.track;

import io.karez.store.JobRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// When a set of jobs began and ended, as they say themselves.
public final class Moments {
  private Moments() {}

  /// When the first of them started; empty when none has.
  public static Optional<Instant> started(List<TrackedJob> jobs) {
    return jobs.stream()
        .flatMap(
            job -> job.record().flatMap(JobRecord::start).flatMap(JobRecord.Start::at).stream())
        .min(Comparator.naturalOrder());
  }

  /// When the last of them ended; empty when none has said so.
  public static Optional<Instant> ended(List<TrackedJob> jobs) {
    return jobs.stream()
        .flatMap(job -> job.record().flatMap(JobRecord::end).flatMap(JobRecord.End::at).stream())
        .max(Comparator.naturalOrder());
  }
}
