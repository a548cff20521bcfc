package io.karez.cli;

import io.karez.define.RunId;
import io.karez.inspect.Runs;
import io.karez.site.NearRun;
import io.karez.store.RunDirectory;
import io.karez.store.RunStore;
import io.karez.track.TrackedJob;
import io.karez.transport.Command;
import io.karez.transport.LocalTransport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// Runs of a project under observation, and the processes of their jobs.
record Lab(Karez karez) {
  private static final Duration BOUND = Duration.ofSeconds(30);

  /// Waits for it, but not for ever.
  static void until(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + BOUND.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within %d s: %s".formatted(BOUND.toSeconds(), what));
      }
      Thread.sleep(20);
    }
  }

  RunDirectory run(long id) {
    return new RunStore(karez.root().resolve("results")).find(new RunId(id)).orElseThrow();
  }

  List<TrackedJob> jobs(long id) {
    return new Runs(
            (run, document) -> new NearRun(run, new LocalTransport()), InstantSource.system())
        .detail(run(id))
        .jobs();
  }

  /// A word a job: its state, and its cause after a blank when there is one.
  List<String> states(long id) {
    return jobs(id).stream()
        .map(job ->
            job.verdict().state()
                + job.verdict().cause().map(cause -> " " + cause.word()).orElse(""))
        .toList();
  }

  void untilStates(long id, String... states) throws Exception {
    until(
        "run " + id + " is " + List.of(states) + " and not " + states(id),
        () -> states(id).equals(List.of(states)));
  }

  /// The number that a job has printed: its process, or one of its children.
  long printed(long id, String file) throws Exception {
    Path path = run(id).path().resolve(file);
    until(path + " has a line", () -> Files.exists(path) && Files.readString(path).contains("\n"));
    return Long.parseLong(Files.readString(path).lines().findFirst().orElseThrow());
  }

  static boolean isAlive(long pid) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    } catch (java.nio.file.NoSuchFileException e) {
      return false;
    }
  }

  static void untilGone(long pid) throws Exception {
    until("process " + pid + " is gone", () -> !isAlive(pid));
  }

  static void signal(String name, long pid) throws TransportException {
    new LocalTransport()
        .run(Command.of("kill", "-s", name, Long.toString(pid)), Duration.ofSeconds(10));
  }

  /// Kills the supervisor of a submission and its slots, as a machine in need of memory would.
  void killSupervisors(long id, int submission) throws Exception {
    Path file = run(id).submission(submission).resolve("supervisor");
    List<Long> pids = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      pids.add(Long.parseLong(line.split(" ")[4]));
    }
    for (long pid : pids) {
      signal("KILL", pid);
    }
    for (long pid : pids) {
      untilGone(pid);
    }
  }
}
