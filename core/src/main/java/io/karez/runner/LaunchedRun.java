package io.karez.runner;

import io.karez.inspect.Runs;
import io.karez.launch.Delivery;
import io.karez.launch.RunTrust;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.track.Cancellation;
import io.karez.track.RunTracker;
import io.karez.track.TrackedJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;

/// A run that was handed over. It does not depend on this object, nor on this process; {@link
/// Runner#find} gives another one. It may be used by several threads.
public final class LaunchedRun {
  /// Between looks, the first and the longest: what is on this machine is seen without cost, a
  /// scheduler or a host has to be asked.
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
  private static final Duration ASKING_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_ASKING_PAUSE = Duration.ofSeconds(5);

  private final Delivery delivery;
  private final RunDirectory run;
  private final RunDocument document;

  LaunchedRun(Delivery delivery, RunDirectory run, RunDocument document) {
    this.delivery = delivery;
    this.run = run;
    this.document = document;
  }

  /// The number that the command line calls it by.
  public long id() {
    return run.id().value();
  }

  /// On this machine; of a run on another host, the copy of it.
  public Path directory() {
    return run.path();
  }

  /// How it stands now, or what was known before where nobody answers.
  public RunStatus status() {
    return Launcher.guarded(() -> {
      List<String> silence = new ArrayList<>();
      return look(runs(silence).tracker(run, document), silence);
    });
  }

  private Runs runs(List<String> silence) {
    return new Runs(
        delivery.reach(),
        delivery.clock(),
        (who, why) -> silence.add("`%s`: %s".formatted(who, why)));
  }

  private RunStatus look(RunTracker tracker, List<String> silence) {
    silence.clear();
    RunHistory history = tracker.history();
    List<TrackedJob> jobs = tracker.look(history);
    tracker.settle(history, jobs);
    return RunStatus.of(jobs, silence.stream().findFirst());
  }

  /// Waits for the end of all jobs.
  public RunStatus await() throws InterruptedException {
    return await(Duration.ofDays(36_500));
  }

  /// Waits for the end of all jobs, but not longer than this.
  ///
  /// @return how it stands then; {@link RunStatus#settled} tells which of the two came first
  public RunStatus await(Duration limit) throws InterruptedException {
    return Launcher.attempted(() -> {
      List<String> silence = new ArrayList<>();
      RunTracker tracker = runs(silence).tracker(run, document);
      boolean asks = dialect().isBatch() || document.site().isPresent();
      Duration longest = asks ? LONGEST_ASKING_PAUSE : LONGEST_PAUSE;
      Duration pause = asks ? ASKING_PAUSE : PAUSE;
      long begin = System.nanoTime();
      while (true) {
        RunStatus status = look(tracker, silence);
        Duration left = limit.minusNanos(System.nanoTime() - begin);
        if (status.settled() || !left.isPositive()) {
          return status;
        }
        Thread.sleep(Collections.min(List.of(pause, left)));
        pause = Collections.min(List.of(pause.multipliedBy(3).dividedBy(2), longest));
      }
    });
  }

  /// What the jobs have printed until now: of several, each line with the job's name before it.
  public String logs() {
    return logs("stdout.txt");
  }

  /// What the jobs have printed to their standard error until now, as {@link #logs}.
  public String errors() {
    return logs("stderr.txt");
  }

  private String logs(String file) {
    return Launcher.guarded(() -> {
      List<Integer> jobs = started();
      bring(jobs, file);
      if (jobs() == 1) {
        return jobs.isEmpty() ? "" : text(0, file);
      }
      StringJoiner all = new StringJoiner("");
      for (int job : jobs) {
        text(job, file)
            .lines()
            .forEach(line -> all.add("%s/%d: %s\n".formatted(run.id(), job, line)));
      }
      return all.toString();
    });
  }

  /// What one job has printed until now, alone.
  ///
  /// @param job from 0
  public String logs(int job) {
    return log(job, "stdout.txt");
  }

  /// What one job has printed to its standard error until now, alone.
  ///
  /// @param job from 0
  public String errors(int job) {
    return log(job, "stderr.txt");
  }

  private String log(int job, String file) {
    return Launcher.guarded(() -> {
      if (job < 0 || job >= jobs()) {
        throw new InvalidInputException(
            Problem.of("run %s has no job %d".formatted(run.id(), job))
                .hint("it has %d, from 0".formatted(jobs())));
      }
      bring(List.of(job), file);
      return text(job, file);
    });
  }

  private int jobs() {
    return RunHistory.of(new EventLog(run).read()).jobs(document);
  }

  /// Those that can have printed anything.
  private List<Integer> started() {
    return delivery.runs().detail(run).jobs().stream()
        .filter(job -> job.record().isPresent())
        .map(TrackedJob::index)
        .toList();
  }

  private void bring(List<Integer> jobs, String file) throws Exception {
    List<String> names = new ArrayList<>();
    for (int job : jobs) {
      names.add(Path.of(document.directoryOf(job)).resolve(file).normalize().toString());
    }
    delivery.reach().to(run, document).bring(names);
  }

  /// A job could have put a link to any file of the reader's there.
  private String text(int job, String name) throws IOException {
    Path file = run.job(document.directoryOf(job)).resolve(name);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || !file.toRealPath().startsWith(run.path().toRealPath())) {
        return "";
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /// Ends all jobs: those that wait never start, those that run are asked to end and then made to.
  /// Waits until they have ended, but not for ever.
  ///
  /// @return how it stands then; jobs that have ended before keep their end
  public RunStatus cancel() throws InterruptedException {
    return Launcher.attempted(() -> {
      RunTrust.requireToSignal(delivery.project(), run, document);
      List<String> silence = new ArrayList<>();
      Cancellation cancellation =
          new Cancellation(
              delivery.reach().to(run, document),
              runs(silence).tracker(run, document),
              dialect(),
              delivery.clock());
      return RunStatus.of(cancellation.all(() -> false).jobs(), silence.stream().findFirst());
    });
  }

  private Dialect dialect() {
    return Dialects.named(document.runner());
  }

  @Override
  public String toString() {
    return "run %s".formatted(run.id());
  }
}
