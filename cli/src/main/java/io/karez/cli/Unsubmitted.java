package io.karez.cli;

import io.karez.store.Event;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunHistory;
import io.karez.track.TrackedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Jobs that nobody has submitted: who was to do it may have been killed.
final class Unsubmitted {
  /// Nobody takes so long from making a run to submitting it.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Unsubmitted() {}

  /// What to do about them; empty when there are none.
  ///
  /// @param jobs of the run, all or some
  static Optional<String> line(RunDirectory run, List<TrackedJob> jobs) {
    long count = jobs.stream().filter(Unsubmitted::is).count();
    if (count == 0) {
      return Optional.empty();
    }
    String which =
        count < jobs.size()
            ? "%d of %d jobs were".formatted(count, jobs.size())
            : count == 1 ? "its job was" : "its jobs were";
    return Optional.of(
        "run %s: %s never submitted: `karez resume %s`".formatted(run.id(), which, run.id()));
  }

  /// What the scheduler said when it last took none of a run's jobs for the time being; empty when
  /// it has not.
  static Optional<String> refusal(RunDirectory run) {
    return new EventLog(run)
        .read().stream()
            .filter(Event.Deferred.class::isInstance)
            .map(event -> ((Event.Deferred) event).text())
            .reduce((earlier, later) -> later);
  }

  /// Whether the run was made so long ago, and nothing of it submitted, that nobody will do it
  /// unasked.
  static boolean isAbandoned(RunHistory history, Instant created, Instant now) {
    return history.lastSubmission() == 0 && Duration.between(created, now).compareTo(PATIENCE) > 0;
  }

  private static boolean is(TrackedJob job) {
    return job.submission() == 0 && !job.verdict().settled();
  }
}
