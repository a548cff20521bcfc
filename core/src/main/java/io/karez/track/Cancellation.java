package io.karez.track;

import io.karez.scheduler.Dialect;
import io.karez.scheduler.NativeId;
import io.karez.store.Event;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunHistory;
import io.karez.store.SubmissionFiles;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Ends jobs at their owner's wish: those that wait never start, those that run are asked to end
/// and, if they do not, made to.
public final class Cancellation {
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final RunDirectory run;
  private final RunTracker tracker;
  private final Dialect dialect;
  private final Transport transport;
  private final InstantSource clock;

  public Cancellation(
      RunDirectory run,
      RunTracker tracker,
      Dialect dialect,
      Transport transport,
      InstantSource clock) {
    this.run = run;
    this.tracker = tracker;
    this.dialect = dialect;
    this.transport = transport;
    this.clock = clock;
  }

  /// Cancels every job, and waits until they have ended, but not for ever.
  ///
  /// @return all jobs as they stand then
  public List<TrackedJob> all() throws TransportException, InterruptedException {
    RunHistory history = request(List.of());
    SubmissionFiles files = new SubmissionFiles(run);
    history.submissions().keySet().forEach(files::cancel);
    return end(history, job -> true);
  }

  /// As {@link #all}, for some jobs.
  ///
  /// @param indices at least one
  public List<TrackedJob> some(Set<Integer> indices)
      throws TransportException, InterruptedException {
    RunHistory history = request(indices.stream().sorted().toList());
    SubmissionFiles files = new SubmissionFiles(run);
    for (TrackedJob job : tracker.look(history)) {
      if (indices.contains(job.index()) && !job.verdict().settled()) {
        files.cancel(job.index(), job.attempt());
      }
    }
    return end(history, job -> indices.contains(job.index()));
  }

  private RunHistory request(List<Integer> jobs) {
    EventLog log = new EventLog(run);
    int submissions = RunHistory.of(log.read()).lastSubmission();
    log.append(new Event.CancelRequested(clock.instant(), submissions, jobs));
    return RunHistory.of(log.read());
  }

  private List<TrackedJob> end(RunHistory history, Predicate<TrackedJob> meant)
      throws TransportException, InterruptedException {
    Instant begin = clock.instant();
    Set<NativeId> asked = new HashSet<>();
    Set<NativeId> killed = new HashSet<>();
    while (true) {
      List<TrackedJob> jobs = tracker.look(history);
      List<NativeId> running = new ArrayList<>();
      boolean open = false;
      for (TrackedJob job : jobs) {
        if (meant.test(job) && !job.verdict().settled()) {
          open = true;
          job.nativeId().filter(id -> job.record().isPresent()).ifPresent(running::add);
        }
      }
      Duration past = Duration.between(begin, clock.instant());
      if (!open || past.compareTo(LIMIT) > 0) {
        tracker.settle(history, jobs);
        return jobs;
      }
      send(running.stream().filter(asked::add).toList(), false);
      if (past.compareTo(GRACE) > 0) {
        send(running.stream().filter(killed::add).toList(), true);
      }
      Thread.sleep(PAUSE);
    }
  }

  private void send(List<NativeId> ids, boolean now) throws TransportException {
    if (!ids.isEmpty()) {
      transport.run(dialect.cancel(ids, now), LIMIT);
    }
  }
}
