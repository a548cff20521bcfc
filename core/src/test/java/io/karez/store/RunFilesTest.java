package io.karez.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.define.ExperimentName;
import io.karez.testing.HostileWords;
import io.karez.text.InvalidInputException;
import io.karez.text.ShellWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {
  private static final int JOBS = 200;

  @TempDir Path directory;

  @Test
  void everyTaskHas32BytesAndPointsAtItsRow() throws IOException {
    List<Job> jobs = jobs();
    RunDirectory run = publish(jobs);
    requireTasks(run, 1, Files.readAllBytes(run.argv()), jobs, 1);
  }

  @Test
  void aFurtherSubmissionHasRowsOfItsOwnJobsOnly() throws IOException {
    List<Job> jobs = jobs();
    RunDirectory run = publish(jobs);
    int submission = RunFiles.takeSubmission(run);
    assertThat(submission).isEqualTo(2);
    RunFiles.writeTasks(run, submission, new TreeMap<>(Map.of(5, 3, 7, 3, 150, 3)));
    requireTasks(
        run,
        2,
        Files.readAllBytes(run.submission(2).resolve("argv")),
        List.of(jobs.get(5), jobs.get(7), jobs.get(150)),
        3);
    assertThatThrownBy(() ->
            RunFiles.writeTasks(run, RunFiles.takeSubmission(run), new TreeMap<>(Map.of(JOBS, 2))))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void theJobsComeBackAsTheyWereWritten() throws IOException {
    List<Job> jobs = jobs();
    List<Job> read = new ArrayList<>();
    RunFiles.eachJob(publish(jobs), read::add);
    assertThat(read).isEqualTo(jobs);
  }

  @Test
  void aBrokenLineOfJobsSpoilsNoOther() throws IOException {
    List<Job> jobs = jobs();
    RunDirectory run = publish(jobs);
    Files.write(
        run.jobs(), new byte[] {(byte) 0xff, '\n', '{', '}', '\n', '{'}, StandardOpenOption.APPEND);
    List<Job> read = new ArrayList<>();
    RunFiles.eachJob(run, read::add);
    assertThat(read).isEqualTo(jobs);
  }

  @Test
  void aBrokenTaskTakesNoOthersPlace() throws IOException {
    RunDirectory run = publish(jobs());
    Path file = run.submission(1).resolve("tasks");
    byte[] tasks = Files.readAllBytes(file);
    Arrays.fill(tasks, 32, 63, (byte) 0xff);
    Files.write(file, Arrays.copyOf(tasks, 32 * 4 + 20));
    assertThat(Task.read(run, 1))
        .containsExactly(new Task(0, 0, 1), new Task(2, 2, 1), new Task(3, 3, 1));
  }

  @Test
  void ofManyWhoAddJobsAtOnceOneTakesTheNumber() throws Exception {
    RunDirectory run = publish(jobs());
    List<Job> added = jobs().subList(0, 2);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int first = JOBS; first < JOBS + 300; first++) {
        int index = first;
        List<Callable<OptionalInt>> writers =
            Collections.nCopies(4, () -> RunFiles.extend(run, index, added.iterator()));
        assertThat(threads.invokeAll(writers).stream().map(Future::resultNow))
            .containsExactlyInAnyOrder(
                OptionalInt.of(2), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
      }
    }
  }

  @Test
  void theRowsOfSecretsAreTheOwnersOnlyWhereverTheyComeFrom() throws IOException {
    Job open = new Job(0, "group_0", Map.of("k", "1"), List.of(), List.of("run", "--k", "1"));
    Job option = new Job(1, "group_1", Map.of(), List.of(), List.of("run", "--api-key", "hunter2"));
    Job named =
        new Job(1, "group_1", Map.of("token", "***"), List.of(), List.of("run", "token=hunter2"));
    for (Job secret : List.of(option, named)) {
      RunDirectory run = publish(List.of(open, secret));
      RunFiles.writeTasks(run, RunFiles.takeSubmission(run), new TreeMap<>(Map.of(0, 2)));
      RunFiles.writeTasks(run, RunFiles.takeSubmission(run), new TreeMap<>(Map.of(1, 2)));
      RunFiles.extend(run, 2, List.of(secret).iterator());
      RunFiles.extend(run, 3, List.of(open).iterator());
      assertThat(Stream.of(run.argv(), run.jobs(), rows(run, 2), rows(run, 3), line(run, 2)))
          .map(RunFilesTest::isPrivate)
          .containsExactly(true, true, false, true, true);
      assertThat(isPrivate(line(run, 3))).isFalse();
    }
  }

  @Test
  void rowsWithoutSecretsCanBeReadByWhoeverCanReadTheRun() throws IOException {
    RunDirectory run =
        publish(List.of(new Job(0, ".", Map.of("k", "1"), List.of(), List.of("run", "--k", "1"))));
    for (Path file : List.of(run.argv(), run.jobs())) {
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(Files.getPosixFilePermissions(run.document()));
    }
  }

  private static Path rows(RunDirectory run, int submission) {
    return run.submission(submission).resolve("argv");
  }

  private static Path line(RunDirectory run, int first) {
    return run.extension(first).resolve("jobs.jsonl");
  }

  private static boolean isPrivate(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).equals("rw-------");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRunThatCannotBeMadeLeavesNothing() throws IOException {
    RunDirectory run = new RunStore(directory).next(ExperimentName.UNREGISTERED);
    assertThatThrownBy(() ->
            RunFiles.publish(
                run,
                jobs().iterator(),
                10,
                count -> {
                  throw new UncheckedIOException(new IOException("no space"));
                }))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(run.path().getParent()).isEmptyDirectory();
  }

  @Test
  void aRunThatIsThereHasItsCopiesReadableByTheSame() throws IOException {
    RunDirectory run = new RunStore(directory).next(ExperimentName.UNREGISTERED);
    IntFunction<RunContents> rest = contents(run);
    Path missing = directory.resolve("patch");
    IntFunction<RunContents> copying =
        count ->
            new RunContents(
                rest.apply(count).document(), Map.of(), Map.of("uncommitted.patch", missing));
    assertThatThrownBy(() -> RunFiles.publish(run, jobs().iterator(), 10, copying))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(run.path().getParent()).isEmptyDirectory();

    Files.writeString(missing, "# what differs\n");
    Files.setPosixFilePermissions(missing, AtomicFile.PRIVATE);
    RunFiles.publish(run, jobs().iterator(), 10, copying);
    assertThat(run.path().resolve("uncommitted.patch")).hasContent("# what differs\n");
    assertThat(Files.getPosixFilePermissions(run.path().resolve("uncommitted.patch")))
        .isEqualTo(AtomicFile.PRIVATE);
  }

  @Test
  void laterSubmissionsCarryWhatTheFirstOneDoesNot() throws IOException {
    List<Job> jobs =
        IntStream.range(0, 7)
            .mapToObj(i -> new Job(i, "group_" + i, Map.of(), List.of(), List.of("p", "é" + i)))
            .toList();
    RunDirectory whole = publish(jobs);
    RunDirectory parted = new RunStore(directory).next(ExperimentName.UNREGISTERED);
    RunFiles.publish(parted, jobs.iterator(), 3, contents(parted));
    int second = RunFiles.takeSubmission(parted);
    RunFiles.writeTasks(parted, second, new TreeMap<>(Map.of(3, 1, 4, 1, 5, 1)));
    int third = RunFiles.takeSubmission(parted);
    RunFiles.writeTasks(parted, third, new TreeMap<>(Map.of(6, 1)));

    StringBuilder tasks = new StringBuilder();
    for (int submission : List.of(1, second, third)) {
      tasks.append(Files.readString(parted.submission(submission).resolve("tasks")));
      assertThat(parted.submission(submission).resolve("argv")).doesNotExist();
    }
    assertThat(whole.submission(1).resolve("tasks")).hasContent(tasks.toString());
    // another attempt brings its own rows
    int fourth = RunFiles.takeSubmission(parted);
    RunFiles.writeTasks(parted, fourth, new TreeMap<>(Map.of(5, 2, 6, 1)));
    assertThat(parted.submission(fourth).resolve("argv")).exists();
  }

  private static void requireTasks(
      RunDirectory run, int submission, byte[] rows, List<Job> jobs, int attempt)
      throws IOException {
    byte[] tasks = Files.readAllBytes(run.submission(submission).resolve("tasks"));
    assertThat(tasks).hasSize(32 * jobs.size());
    int end = 0;
    for (int place = 0; place < jobs.size(); place++) {
      String line = new String(tasks, 32 * place, 32, StandardCharsets.US_ASCII);
      assertThat(line).endsWith("\n");
      String[] numbers = line.strip().split(" +");
      Job job = jobs.get(place);
      List<String> words = new ArrayList<>();
      words.add(Integer.toString(job.index()));
      words.add(job.directory());
      words.add(job.parametersJson());
      words.addAll(job.argv());
      byte[] row = (ShellWords.row(words) + "\n").getBytes(StandardCharsets.UTF_8);
      assertThat(numbers)
          .containsExactly(
              Integer.toString(job.index()), Integer.toString(attempt), Integer.toString(end + 1));
      assertThat(Arrays.copyOfRange(rows, end, end + row.length)).isEqualTo(row);
      end += row.length;
    }
    assertThat(rows).hasSize(end);
  }

  private RunDirectory publish(List<Job> jobs) throws IOException {
    RunDirectory run = new RunStore(directory).next(ExperimentName.UNREGISTERED);
    RunFiles.publish(run, jobs.iterator(), Integer.MAX_VALUE, contents(run));
    return run;
  }

  private IntFunction<RunContents> contents(RunDirectory run) throws IOException {
    Path place = Files.createDirectories(directory.resolve("document"));
    Files.writeString(
        place.resolve("run.json"),
        """
        {"uid":"0","experiment":"_","jobs":%d,"runner":"local",
         "working_directory":"/","created":"2026-01-01T00:00:00Z"}
        """
            .formatted(JOBS));
    RunDocument document = RunDocument.read(new RunDirectory(run.id(), place));
    return count -> new RunContents(document, Map.of(), Map.of());
  }

  private static List<Job> jobs() {
    Random random = new Random(42);
    List<Job> jobs = new ArrayList<>();
    for (int index = 0; index < JOBS; index++) {
      List<String> words = HostileWords.some(random);
      jobs.add(
          new Job(
              index,
              "group_" + index,
              Map.of("é", HostileWords.one(random)),
              words,
              List.of("echo", HostileWords.one(random))));
    }
    return jobs;
  }
}
