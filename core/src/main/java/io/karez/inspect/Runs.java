package io.karez.inspect;

import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.text.InvalidInputException;
import io.karez.track.Moments;
import io.karez.track.RunTracker;
import io.karez.track.TrackedJob;
import io.karez.transport.Transport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Reads runs back.
public final class Runs {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Transport transport;
  private final InstantSource clock;

  public Runs(Transport transport, InstantSource clock) {
    this.transport = transport;
    this.clock = clock;
  }

  /// Each run by {@link #view}, in the given order. Several at a time, since on a network file
  /// system most of the time is waiting.
  ///
  /// @param broken what to make of a run that cannot be understood
  public <T> List<T> views(
      List<RunDirectory> runs,
      Function<RunView, T> whole,
      BiFunction<RunDirectory, InvalidInputException, T> broken) {
    return Concurrently.map(
        runs,
        run -> {
          try {
            return whole.apply(view(run));
          } catch (InvalidInputException e) {
            return broken.apply(run, e);
          }
        });
  }

  /// A run and each of its jobs.
  public record Detail(RunView view, List<TrackedJob> jobs) {}

  /// How a run stands. One that is known to have ended is not looked into again, unless the end of
  /// some job is not known: late evidence may have come.
  ///
  /// @throws io.karez.text.InvalidInputException when its `run.json` cannot be understood
  public RunView view(RunDirectory run) {
    RunHistory history = RunHistory.of(new EventLog(run).read());
    if (history.settled().filter(s -> s.lost().isEmpty()).isEmpty()) {
      return detail(run).view();
    }
    return history
        .settled()
        .map(s ->
            new RunView(run, RunDocument.read(run), history, Counts.of(s), s.started(), s.ended()))
        .orElseThrow();
  }

  /// How a run and its jobs stand; that it has ended is recorded on the way.
  public Detail detail(RunDirectory run) {
    RunDocument document = RunDocument.read(run);
    RunHistory history = RunHistory.of(new EventLog(run).read());
    RunTracker tracker = tracker(run, document);
    List<TrackedJob> jobs = tracker.look(history);
    tracker.settle(history, jobs);
    return new Detail(view(run, document, history, jobs), jobs);
  }

  public RunTracker tracker(RunDirectory run, RunDocument document) {
    Dialect dialect = Dialects.named(document.runner());
    return new RunTracker(run, document, dialect, transport, clock, PATIENCE);
  }

  static RunView view(
      RunDirectory run, RunDocument document, RunHistory history, List<TrackedJob> jobs) {
    Counts counts = Counts.of(jobs);
    boolean settled = counts.settled() == document.jobs();
    return new RunView(
        run,
        document,
        history,
        counts,
        Moments.started(jobs),
        settled ? Moments.ended(jobs) : Optional.empty());
  }
}
