package io.karez.cli;

import io.karez.define.JobState;
import io.karez.launch.Leases;
import io.karez.scheduler.Dialects;
import io.karez.store.Event;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
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
    long never = jobs.stream().filter(Unsubmitted::isNever).count();
    if (never > 0) {
      String which =
          never < jobs.size()
              ? "%d of %d jobs were".formatted(never, jobs.size())
              : never == 1 ? "its job was" : "its jobs were";
      return Optional.of(
          "run %s: %s never submitted: `karez resume %s`".formatted(run.id(), which, run.id()));
    }
    if (jobs.stream().noneMatch(Unsubmitted::isBegun)) {
      return Optional.empty();
    }
    String scheduler = RunDocument.read(run).runner();
    boolean left =
        Dialects.named(scheduler).isBatch()
            && isLeft(run, RunHistory.of(new EventLog(run).read()), Instant.now());
    return Optional.of(
            "run %s: nobody knows whether `%s` has its jobs: `karez resume %s` asks, and submits"
                + " them if not")
        .map(text -> text.formatted(run.id(), scheduler, run.id()))
        .filter(text -> left);
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

  /// Whether jobs are open, none of them is known to be submitted, and nobody is going to do it
  /// unasked.
  ///
  /// @param jobs of the run, all of them
  static boolean isAbandoned(
      RunDirectory run, RunHistory history, List<TrackedJob> jobs, Instant created, Instant now) {
    if (history.lastSubmission() == 0) {
      return switch (Leases.submittingNow(run)) {
        case HELD -> false;
        case LEFT -> true;
        case FREE -> isLong(created, now);
      };
    }
    List<TrackedJob> open = jobs.stream().filter(job -> !job.verdict().settled()).toList();
    return !open.isEmpty()
        && open.stream().allMatch(Unsubmitted::isBegun)
        && isLeft(run, history, now);
  }

  /// Whether a submit command that was begun will have no end any more.
  private static boolean isLeft(RunDirectory run, RunHistory history, Instant now) {
    Instant begun = history.submissions().lastEntry().getValue().begun();
    return switch (Leases.submittingNow(run)) {
      case HELD -> false;
      case LEFT -> true;
      case FREE -> isLong(begun, now);
    };
  }

  private static boolean isLong(Instant since, Instant now) {
    return Duration.between(since, now).compareTo(PATIENCE) > 0;
  }

  private static boolean isNever(TrackedJob job) {
    return job.submission() == 0 && !job.verdict().settled();
  }

  /// Nothing is known of the end of its submit command.
  private static boolean isBegun(TrackedJob job) {
    return job.submission() > 0 && job.verdict().state() == JobState.PREPARED;
  }
}
