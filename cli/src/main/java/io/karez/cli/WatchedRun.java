package io.karez.cli;

import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.track.RunTracker;
import io.karez.track.TrackedJob;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// A run that is looked at again and again. The jobs' own records are read each time, the scheduler
/// is asked now and then.
final class WatchedRun {
  private static final Duration ASK_EVERY = Duration.ofSeconds(5);

  private final RunDirectory directory;
  private final InstantSource clock;
  private final RunTracker tracker;
  private final Instant created;
  private boolean abandoned;
  private long asked = System.nanoTime() - ASK_EVERY.toNanos();

  WatchedRun(Inspection inspection, RunDirectory directory) {
    this.directory = directory;
    RunDocument document = RunDocument.read(directory);
    this.clock = inspection.clock();
    this.created = document.created();
    this.tracker = inspection.runs().tracker(directory, document);
  }

  RunDirectory directory() {
    return directory;
  }

  /// All jobs as they stand; that they have ended is recorded on the way.
  List<TrackedJob> jobs() {
    boolean ask = System.nanoTime() - asked >= ASK_EVERY.toNanos();
    RunHistory history = ask ? tracker.history() : RunHistory.of(new EventLog(directory).read());
    List<TrackedJob> jobs = ask ? tracker.look(history) : tracker.glance(history);
    asked = ask ? System.nanoTime() : asked;
    tracker.settle(history, jobs);
    abandoned = Unsubmitted.isAbandoned(directory, history, jobs, created, clock.instant());
    return jobs;
  }

  /// Whether, when it was last looked at, nobody was going to submit its jobs.
  boolean isAbandoned() {
    return abandoned;
  }
}
