package io.karez.cli;

import io.karez.define.JobState;
import io.karez.inspect.Counts;
import io.karez.inspect.Runs;
import io.karez.project.Places;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.site.Reach;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.Task;
import io.karez.track.Cancellation;
import io.karez.track.RunTracker;
import io.karez.track.TrackedJob;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Watches a run from the terminal it was started in, until it has ended or the user has had
/// enough. The run does not depend on it.
final class Foreground {
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofMillis(250);

  /// How often the scheduler is asked about jobs that have said nothing themselves.
  private static final Duration ASK_EVERY = Duration.ofSeconds(5);

  /// The same at first, where the scheduler or the site has to be asked to learn anything: what is
  /// short is over soon.
  private static final Duration FIRST_ASK = Duration.ofMillis(500);

  /// The same, when the supervisor has ended and some job has not: it belongs to another
  /// submission, or outlives what should have waited for it.
  private static final Duration ASK_STRAYS_EVERY = Duration.ofSeconds(1);

  private final Console console;
  private final RunDirectory run;
  private final RunDocument document;
  private final RunTracker tracker;
  private final Reach reach;
  private final Interrupts interrupts;

  Foreground(Console console, RunDirectory run, Reach reach, Interrupts interrupts) {
    this.interrupts = interrupts;
    this.console = console;
    this.run = run;
    this.document = RunDocument.read(run);
    this.tracker = new Runs(reach, reach.clock()).tracker(run, document);
    this.reach = reach;
  }

  /// @param submission whose jobs are waited for, on a batch system with those of all later ones;
  ///   the run may have others that go on
  /// @return 0 when all of them succeeded, 3 when some did not, 130 or 143 when a signal ended the
  ///   watch
  int watch(int submission) throws IOException, InterruptedException, TransportException {
    RunHistory history = history();
    Set<Integer> own = jobsFrom(submission, history);
    if (console.errTerminal()) {
      String what = own.size() == history.jobs(document) ? "it" : "these jobs";
      String line =
          "run %s: Ctrl-C cancels %s, closing the terminal does not".formatted(run.id(), what);
      console.err().println(Style.FAINT.paint(line, console.color()));
    }
    try (LiveOutput output = LiveOutput.of(document, history, run, console);
        ProgressBar bar = ProgressBar.of(run.id(), history.jobs(document), console)) {
      List<TrackedJob> jobs = follow(submission, own, output, bar);
      if (interrupts.came()) {
        // The `^C` of the terminal stands at the end of the bar, and goes with it.
        bar.clear();
        jobs = cancel(jobs.size() == own.size(), own);
      }
      output.copy(jobs);
      bar.clear();
      return report(jobs, own);
    }
  }

  /// A batch system may have taken the run in parts.
  private Set<Integer> jobsFrom(int submission, RunHistory history) {
    boolean batch = Dialects.named(document.runner()).isBatch();
    Stream<Integer> submissions =
        batch
            ? history.submissions().tailMap(submission, true).keySet().stream()
            : Stream.of(submission);
    return submissions
        .flatMap(number -> Task.read(run, number).stream())
        .map(Task::job)
        .collect(Collectors.toSet());
  }

  private RunHistory history() {
    return RunHistory.of(new EventLog(run).read());
  }

  /// Returns when the jobs have ended or a signal came.
  private List<TrackedJob> follow(
      int submission, Set<Integer> own, LiveOutput output, ProgressBar bar)
      throws IOException, InterruptedException {
    Path end = run.submission(submission).resolve("ended");
    RunHistory history = history();
    long pause = SHORTEST.toNanos();
    long asked = System.nanoTime();
    boolean endSeen = false;
    Duration askEvery = isSeenHere() ? ASK_EVERY : FIRST_ASK;
    while (true) {
      long begin = System.nanoTime();
      boolean ended = Files.exists(end);
      Duration every = endSeen ? ASK_STRAYS_EVERY : askEvery;
      boolean ask = (ended && !endSeen) || begin - asked > every.toNanos();
      endSeen = ended;
      // Others may have retried jobs of the run meanwhile, or added some.
      history = ask ? history() : history;
      List<TrackedJob> jobs = ask ? tracker.look(history) : tracker.glance(history);
      if (ask) {
        bring(output);
      }
      output.copy(jobs);
      bar.show(jobs);
      if (ask && (tracker.settle(history, jobs) || isSettled(jobs, own))) {
        return jobs;
      }
      if (ask) {
        asked = System.nanoTime();
        askEvery = Collections.min(List.of(askEvery.multipliedBy(2), ASK_EVERY));
      }
      // Watching must not cost more than a twentieth of the time, whatever the number of jobs.
      long cost = System.nanoTime() - begin;
      pause = Math.clamp(Math.max(pause * 5 / 4, cost * 20), SHORTEST.toNanos(), LONGEST.toNanos());
      if (waitFor(end, pause, endSeen)) {
        return jobs;
      }
    }
  }

  private boolean isSeenHere() {
    return document.site().isEmpty() && !Dialects.named(document.runner()).isBatch();
  }

  private void bring(LiveOutput output) {
    try {
      reach.to(run, document).bring(output.names());
    } catch (TransportException e) {
      // What it prints comes later; that the site cannot be reached is said of its state.
    }
  }

  private static boolean isSettled(List<TrackedJob> jobs, Set<Integer> own) {
    return jobs.stream().allMatch(job -> job.verdict().settled() || !own.contains(job.index()));
  }

  /// Waits, but not beyond the supervisor's end.
  ///
  /// @return whether a signal came
  private boolean waitFor(Path end, long nanos, boolean endSeen) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    while (System.nanoTime() < until && (endSeen || !Files.exists(end))) {
      if (interrupts.await(SHORTEST.toMillis())) {
        return true;
      }
    }
    return interrupts.came();
  }

  private List<TrackedJob> cancel(boolean whole, Set<Integer> own)
      throws TransportException, InterruptedException {
    console.err().println("cancelling run " + run.id() + " ...");
    Dialect dialect = Dialects.named(document.runner());
    Cancellation cancellation =
        new Cancellation(reach.to(run, document), tracker, dialect, reach.clock());
    return whole
        ? cancellation.all(interrupts::again).jobs()
        : cancellation.some(own, interrupts::again).jobs();
  }

  private int report(List<TrackedJob> jobs, Set<Integer> own) {
    Counts counts = Counts.of(jobs);
    boolean succeeded =
        jobs.stream()
            .filter(job -> own.contains(job.index()))
            .allMatch(job -> job.verdict().state() == JobState.SUCCEEDED);
    console
        .err()
        .println(
            "run %s: %s in %s"
                .formatted(run.id(), Sentences.counts(counts), Places.shown(run.path())));
    if (counts.of(JobState.FAILED) + counts.of(JobState.UNKNOWN) > 0) {
      console.err().println("hint: `karez why %s` tells why".formatted(run.id()));
    }
    int outcome = succeeded ? ExitCode.DONE : ExitCode.JOB_FAILED;
    return interrupts.exitCode().orElse(outcome);
  }
}
