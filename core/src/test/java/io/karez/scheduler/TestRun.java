package io.karez.scheduler;

import io.karez.define.ExperimentName;
import io.karez.store.Job;
import io.karez.store.JobRecord;
import io.karez.store.RunContents;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunFiles;
import io.karez.store.RunStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A run's files with the scripts made for one shell, and what the shell makes of them.
///
/// @param work where programs run
record TestRun(RunDirectory run, int jobs, Path shell, Path work) {
  private static final long LIMIT_SECONDS = 60;

  /// How a script ended.
  record Ended(int code, String out, String err) {}

  /// @param commands the words of each job
  static TestRun of(Path directory, Path shell, List<List<String>> commands) throws IOException {
    RunDirectory run =
        new RunStore(directory.toRealPath().resolve("results")).next(new ExperimentName("_"));
    Path work = Files.createDirectories(directory.toRealPath().resolve("work"));
    List<Job> jobs = new ArrayList<>();
    for (List<String> command : commands) {
      int index = jobs.size();
      String place = RunDocument.directoryOf(index, commands.size());
      jobs.add(new Job(index, place, Map.of("n", Integer.toString(index)), List.of(), command));
    }
    RunFiles.publish(
        run,
        jobs.iterator(),
        Integer.MAX_VALUE,
        count ->
            new RunContents(
                document(run, count, work),
                Map.of(
                    "local.sh", Scripts.local().replace("/bin/sh", shell.toString()),
                    "steps.sh", Scripts.steps().replace("/bin/sh", shell.toString()),
                    "wrapper.sh", Scripts.wrapper().replace("/bin/sh", shell.toString()),
                    "pack.sh", Scripts.pack().replace("/bin/sh", shell.toString())),
                Map.of()));
    return new TestRun(run, commands.size(), shell, work);
  }

  /// A job that runs this text in the system's own shell.
  static List<String> sh(String script, String... arguments) {
    return Stream.concat(Stream.of("/bin/sh", "-c", script, "sh"), Stream.of(arguments)).toList();
  }

  /// Read from text, so that a field more need not be known here.
  private static RunDocument document(RunDirectory run, int jobs, Path work) {
    Path place = work.resolveSibling(".document");
    try {
      Files.createDirectories(place);
      Files.writeString(
          place.resolve("run.json"),
          """
          {"schema":1,"uid":"0123456789abcdef0123456789abcdef","experiment":"_","jobs":%d,
           "runner":"local","slots":2,"working_directory":"%s","created":"2026-01-01T00:00:00Z"}
          """
              .formatted(jobs, work));
      return RunDocument.read(new RunDirectory(run.id(), place));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The supervisor of the first submission, not started yet.
  ProcessBuilder supervisor(int slots) {
    return script("local.sh", "supervise", run.path().toString(), "1", Integer.toString(slots));
  }

  /// The supervisor of steps of the first submission, not started yet.
  ///
  /// @param words that start a step
  ProcessBuilder steps(int slots, List<String> words) {
    List<String> all =
        new ArrayList<>(List.of("supervise", run.path().toString(), "1", Integer.toString(slots)));
    all.addAll(words);
    return script("steps.sh", all.toArray(String[]::new));
  }

  /// The batch wrapper of one task, not started yet.
  ProcessBuilder wrapper(int task) {
    return wrapper(task, "", 0);
  }

  /// The same, as a scheduler starts one of its jobs.
  ///
  /// @param nativeId the scheduler's name of it
  /// @param restart how many times it was started before
  ProcessBuilder wrapper(int task, String nativeId, int restart) {
    return wrapper(task, nativeId, restart, "");
  }

  /// @param requeue a signal, and the command that puts the job back into the queue after it
  ProcessBuilder wrapper(int task, String nativeId, int restart, String requeue) {
    return script(
        "wrapper.sh",
        run.path().toString(),
        "1",
        Integer.toString(task),
        nativeId,
        Integer.toString(restart),
        requeue);
  }

  /// A pack of tasks, as a scheduler starts one of its jobs.
  ///
  /// @param room how many run at a time
  ProcessBuilder pack(int room, int number, int size, int restart, String requeue) {
    return script(
        "pack.sh",
        Integer.toString(room),
        "1",
        Integer.toString(number),
        Integer.toString(size),
        Integer.toString(jobs),
        run.path().toString(),
        "1",
        "12_" + number,
        Integer.toString(restart),
        requeue);
  }

  private ProcessBuilder script(String name, String... words) {
    List<String> command =
        new ArrayList<>(List.of(shell.toString(), run.path().resolve(name).toString()));
    command.addAll(Arrays.asList(words));
    ProcessBuilder builder = new ProcessBuilder(List.copyOf(command)).directory(work.toFile());
    builder.environment().put("KAREZ_TEST", marker());
    return builder
        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(output("out"))
        .redirectError(output("err"));
  }

  private Redirect output(String name) {
    return Redirect.appendTo(work.resolve("script." + name).toFile());
  }

  /// In the environment of every process that the scripts start.
  String marker() {
    return run.path().toString();
  }

  Ended supervise(int slots) throws IOException, InterruptedException {
    return end(supervisor(slots).start());
  }

  Ended wrap(int task) throws IOException, InterruptedException {
    return end(wrapper(task).start());
  }

  Ended end(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("a script has not ended: " + process.info().commandLine());
    }
    return new Ended(
        process.exitValue(),
        Files.readString(work.resolve("script.out"), StandardCharsets.ISO_8859_1),
        Files.readString(work.resolve("script.err"), StandardCharsets.ISO_8859_1));
  }

  Path directory(int job) {
    return run.job(RunDocument.directoryOf(job, jobs));
  }

  String text(int job, String file) throws IOException {
    return Files.readString(directory(job).resolve(file), StandardCharsets.UTF_8);
  }

  JobRecord record(int job) {
    return record(job, 1);
  }

  JobRecord record(int job, int attempt) {
    return JobRecord.read(directory(job).resolve("record.jsonl"), attempt)
        .orElseThrow(() -> new AssertionError("job " + job + " has no record"));
  }

  JobRecord.End end(int job) {
    return record(job)
        .end()
        .orElseThrow(() -> new AssertionError("the record of job " + job + " has no end"));
  }

  /// What waits for the program of a job, which has printed its pid as its first line.
  ProcessHandle parentOfProgram(int job) throws IOException {
    long program = Long.parseLong(text(job, "stdout.txt").lines().findFirst().orElseThrow());
    return ProcessHandle.of(program).flatMap(ProcessHandle::parent).orElseThrow();
  }

  /// The command lines of the processes that have the run's marker in their environment.
  List<String> alive() throws IOException {
    List<String> alive = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.toList()) {
        if (process.getFileName().toString().matches("[0-9]+")
            && bytes(process.resolve("environ")).contains("KAREZ_TEST=" + marker() + "\0")) {
          alive.add(bytes(process.resolve("cmdline")).replace('\0', ' ').strip());
        }
      }
    }
    return alive;
  }

  /// Waits until no process of the run is left. What the wrapper kills on its way out may be seen a
  /// moment longer than itself; what it forgets would stay for minutes.
  void awaitGone() throws InterruptedException {
    await(
        "the end of all processes of the run",
        () -> {
          try {
            return alive().isEmpty();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static String bytes(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // It has ended, or is another user's.
      return "";
    }
  }

  /// Waits for something to become true, but not for ever.
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS / 2);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("in vain waited for " + what);
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  /// Waits until the file is there and not empty.
  static void awaitText(Path file) throws InterruptedException {
    await(file.toString(), () -> file.toFile().length() > 0);
  }
}
