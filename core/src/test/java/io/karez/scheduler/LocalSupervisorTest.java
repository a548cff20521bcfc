package io.karez.scheduler;

import static io.karez.scheduler.TestRun.await;
import static io.karez.scheduler.TestRun.awaitText;
import static io.karez.scheduler.TestRun.sh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.karez.store.JobRecord;
import io.karez.store.SubmissionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the local supervisor does with the jobs of a submission, on every shell.
class LocalSupervisorTest {
  private static final TestRun.Ended QUIETLY = new TestRun.Ended(0, "", "");
  private static final String WITNESS = "echo $KAREZ_JOB_INDEX >>\"$KAREZ_RUN_DIR/witness\"";

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void everyStatusIsRecordedAndNoJobStopsAnother(Shells shell) throws Exception {
    List<List<String>> commands = codes(shell).stream().map(code -> sh("exit " + code)).toList();
    TestRun run = TestRun.of(directory, shell.link(), commands);
    assertThat(run.supervise(3)).isEqualTo(QUIETLY);
    for (int job = 0; job < commands.size(); job++) {
      assertThat(run.end(job).status()).contains(codes(shell).get(job));
      assertThat(run.end(job).signal()).isEmpty();
      assertThat(run.text(job, "parameters.json")).isEqualTo("{\"n\":\"" + job + "\"}\n");
    }
    assertThat(new SubmissionFiles(run.run()).end(1)).contains("ended");
    assertThat(run.alive()).isEmpty();
    assertThat(run.run().scheduler()).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void whoMayNotReadTheRowsMayNotReadTheParameters(Shells shell) throws Exception {
    List<String> program = sh("umask; : $0", "--token", "hunter2");
    TestRun secret = TestRun.of(place("a"), shell.link(), List.of(program));
    TestRun open = TestRun.of(place("b"), shell.link(), List.of(sh("umask")));
    TestRun batch = TestRun.of(place("c"), shell.link(), List.of(program));
    assertThat(secret.supervise(1)).isEqualTo(QUIETLY);
    assertThat(open.supervise(1)).isEqualTo(QUIETLY);
    assertThat(batch.wrap(0).code()).isZero();
    for (TestRun run : List.of(secret, open, batch)) {
      assertThat(permissions(run, "parameters.json"))
          .isEqualTo(run.equals(open) ? permissions(run, "stdout.txt") : "rw-------");
      assertThat(permissions(run, "stdout.txt")).isNotEqualTo("rw-------");
      assertThat(run.text(0, "stdout.txt")).isEqualTo(open.text(0, "stdout.txt"));
    }
  }

  private Path place(String name) throws IOException {
    return Files.createDirectory(directory.resolve(name));
  }

  private static String permissions(TestRun run, String file) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(run.directory(0).resolve(file)));
  }

  @ParameterizedTest
  @EnumSource
  void aProgramThatKillsItsGroupHurtsNobodyElse(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(
            directory,
            shell.link(),
            List.of(sh("kill -s KILL 0"), sh(WITNESS), sh("kill -s TERM 0"), sh(WITNESS)));
    assertThat(run.supervise(2)).isEqualTo(QUIETLY);
    List<Integer> statuses =
        IntStream.range(0, 4).mapToObj(job -> run.end(job).status().orElseThrow()).toList();
    assertThat(statuses).containsExactly(137, 0, 143, 0);
    assertThat(new SubmissionFiles(run.run()).end(1)).contains("ended");
  }

  @ParameterizedTest
  @EnumSource
  void whatAProgramLeavesInTheBackgroundHoldsNothingUp(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(directory, shell.link(), List.of(sh("sleep 1000 & echo $!"), sh("exit 0")));
    assertThat(run.supervise(1)).isEqualTo(QUIETLY);
    assertThat(run.end(0).status()).contains(0);
    assertThat(run.end(1).status()).contains(0);
    ProcessHandle.of(Long.parseLong(run.text(0, "stdout.txt").strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  @ParameterizedTest
  @EnumSource
  void theRecordNamesTheProcessOfTheProgram(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(directory, shell.link(), List.of(sh("echo $$; sleep 0.2"), sh("echo $$")));
    assertThat(run.supervise(1)).isEqualTo(QUIETLY);
    for (int job = 0; job < 2; job++) {
      JobRecord.Start start = run.record(job).start().orElseThrow();
      assertThat(start.process().split(" ")[4]).isEqualTo(run.text(job, "stdout.txt").strip());
      assertThat(start.process()).isNotEqualTo(start.wrapper());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenWhatMeasuresAProgramIsKilledTheSlotWaitsForTheProgram(Shells shell) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/time")), "GNU time is not installed");
    TestRun run =
        TestRun.of(
            directory,
            shell.link(),
            List.of(sh("echo $$; until [ -e stop ]; do sleep 0.01; done"), sh(WITNESS)));
    Process supervisor = run.supervisor(1).start();
    awaitText(run.directory(0).resolve("stdout.txt"));
    run.parentOfProgram(0).destroyForcibly();
    // the slot takes no other job meanwhile
    assertThat(run.record(0).end()).isEmpty();
    assertThat(run.run().claim(1, 1)).doesNotExist();
    Files.createFile(run.work().resolve("stop"));

    assertThat(run.end(supervisor).code()).isZero();
    assertThat(run.end(0).status()).isEmpty();
    assertThat(run.end(1).status()).contains(0);
    assertThat(run.alive()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void ofSeveralSupervisorsOfASubmissionOnlyOneWorks(Shells shell) throws Exception {
    TestRun run = TestRun.of(directory, shell.link(), Collections.nCopies(40, sh(WITNESS)));
    List<Process> supervisors = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      supervisors.add(run.supervisor(2).start());
    }
    List<Integer> codes = new ArrayList<>();
    for (Process supervisor : supervisors) {
      codes.add(run.end(supervisor).code());
    }
    assertThat(codes).containsExactlyInAnyOrder(0, 125, 125);
    assertThat(witnesses(run))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 40).boxed().toList());
  }

  @ParameterizedTest
  @EnumSource
  void aJobWithoutAProgramOrARowSpoilsNoOther(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(
            directory,
            shell.link(),
            List.of(List.of("no-such-program-here"), List.of("xxxx"), sh(WITNESS)));
    String argv = Files.readString(run.run().argv());
    String broken = shell == Shells.MKSH ? "1 2 " : "1 ' ";
    String row = argv.lines().toList().get(1);
    Files.writeString(
        run.run().argv(), argv.replace(row, broken + "x".repeat(row.length() - broken.length())));
    TestRun.Ended ended = run.supervise(1);
    assertThat(run.end(0).launch()).contains("program");
    assertThat(run.directory(1))
        .satisfiesAnyOf(
            place -> assertThat(place).doesNotExist(),
            place -> assertThat(place).isEmptyDirectory());
    assertThat(witnesses(run)).containsExactly(2);
    assertThat(ended.err())
        .contains("karez: job 1: argv does not hold its row at its place, or not the whole of it");
  }

  @ParameterizedTest
  @EnumSource
  void theProgramReadsTheSupervisorsInputAndHasNoOtherDescriptor(Shells shell) throws Exception {
    // The first is measured, the second, after one so short, is not.
    TestRun run =
        TestRun.of(
            directory,
            shell.link(),
            List.of(sh("cat; ls /proc/self/fd"), sh("cat; ls /proc/self/fd; pwd -P")));
    Path input = Files.writeString(run.work().resolve("input"), "some input\n");
    Process supervisor = run.supervisor(1).redirectInput(input.toFile()).start();
    assertThat(run.end(supervisor)).isEqualTo(QUIETLY);
    assertThat(run.text(0, "stdout.txt")).isEqualTo("some input\n0\n1\n2\n3\n");
    assertThat(run.text(1, "stdout.txt")).isEqualTo("0\n1\n2\n3\n" + run.work() + "\n");
  }

  @ParameterizedTest
  @EnumSource
  void aProgramCanBeInterruptedThoughItRunsInTheBackground(Shells shell) throws Exception {
    TestRun run = TestRun.of(directory, shell.link(), List.of(sh("kill -s INT $$; echo survived")));
    assertThat(run.supervise(1).code()).isZero();
    assertThat(run.end(0).status()).contains(130);
  }

  @ParameterizedTest
  @EnumSource
  void theMemoryOfALongJobAfterAShortOneIsSampled(Shells shell) throws Exception {
    String large = "head -c 20000000 /dev/zero | tail -c 20000000 | { sleep 3; wc -c; }";
    TestRun run = TestRun.of(directory, shell.link(), List.of(sh(":"), sh(large)));
    assertThat(run.supervise(1)).isEqualTo(QUIETLY);
    assertThat(run.end(1).memorySource()).contains("samples");
    assertThat(run.end(1).memoryBytes().orElseThrow()).isBetween(20_000_000L, 80_000_000L);
    assertThat(run.text(1, "stdout.txt").strip()).isEqualTo("20000000");
    assertThat(run.directory(1).resolve("heartbeat")).doesNotExist();
    assertThat(run.run().scheduler()).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void aStoppedSupervisorStartsNothingMoreAndWaitsForWhatRuns(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(
            directory,
            shell.link(),
            List.of(sh("echo x; until [ -e stop ]; do sleep 0.01; done"), sh(WITNESS)));
    Process supervisor = run.supervisor(1).start();
    awaitText(run.directory(0).resolve("stdout.txt"));
    // from then on it hands the signal on
    await(
        "its slot's name",
        () -> new SubmissionFiles(run.run()).supervisors(1).orElse("").lines().count() == 2);
    supervisor.destroy();
    // Its slot has got the word when the supervisor has handled it.
    await(
        "the end",
        () -> {
          try {
            return Files.exists(Files.writeString(run.work().resolve("stop"), ""));
          } catch (IOException e) {
            return false;
          }
        });
    assertThat(run.end(supervisor).code()).isZero();
    assertThat(run.end(0).status()).contains(0);
    assertThat(new SubmissionFiles(run.run()).end(1).orElseThrow()).isIn("stopped", "ended");
    assertThat(run.alive()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aCancelledSubmissionStartsNoMoreJobs(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(
            directory,
            shell.link(),
            List.of(sh("touch \"$KAREZ_RUN_DIR/submissions/1/cancel\"; exit 3"), sh(WITNESS)));
    assertThat(run.supervise(1)).isEqualTo(QUIETLY);
    assertThat(run.end(0).cancelled()).isTrue();
    assertThat(run.run().path().resolve("witness")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void aKilledSlotLosesNoJobButItsOwn(Shells shell) throws Exception {
    List<List<String>> commands = new ArrayList<>();
    commands.add(sh(WITNESS + "; until [ -e stop ]; do sleep 0.01; done"));
    commands.addAll(Collections.nCopies(10, sh(WITNESS)));
    TestRun run = TestRun.of(directory, shell.link(), commands);
    Process supervisor = run.supervisor(1).start();
    Path record = run.directory(0).resolve("record.jsonl");
    awaitText(record);
    long slot = Long.parseLong(run.record(0).start().orElseThrow().wrapper().split(" ")[4]);
    ProcessHandle.of(slot).orElseThrow().destroyForcibly();
    assertThat(run.end(supervisor).code()).isZero();
    Files.createFile(run.work().resolve("stop"));

    assertThat(witnesses(run))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 11).boxed().toList());
    for (int job = 1; job < 11; job++) {
      assertThat(run.end(job).status()).contains(0);
    }
    assertThat(run.record(0).end()).isEmpty();
    run.awaitGone();
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheirSupervisorTheSlotsFinishTheRun(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(directory, shell.link(), Collections.nCopies(30, sh(WITNESS + "; sleep 0.01")));
    Process supervisor = run.supervisor(2).start();
    awaitText(run.run().submission(1).resolve("supervisor"));
    await(
        "two slots",
        () -> new SubmissionFiles(run.run()).supervisors(1).orElse("").lines().count() == 3);
    supervisor.destroyForcibly().waitFor();
    await(
        "all records",
        () ->
            IntStream.range(0, 30)
                .allMatch(job ->
                    JobRecord.read(run.directory(job).resolve("record.jsonl"), 1)
                        .flatMap(JobRecord::end)
                        .isPresent()));
    assertThat(witnesses(run))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 30).boxed().toList());
    // The process that touches the heartbeat has up to 30 s until it looks again.
    try (Stream<ProcessHandle> left = ProcessHandle.allProcesses()) {
      left.filter(p -> p.info().commandLine().orElse("").contains(run.run().path().toString()))
          .forEach(ProcessHandle::destroyForcibly);
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachSlotHasItsOwnDevices(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(
            directory,
            shell.link(),
            Collections.nCopies(8, sh("echo \"$CUDA_VISIBLE_DEVICES\"; sleep 0.02")));
    ProcessBuilder builder = run.supervisor(2);
    List<String> command = new ArrayList<>(builder.command());
    command.addAll(List.of("0,1", "2,3"));
    assertThat(run.end(builder.command(command).start())).isEqualTo(QUIETLY);
    TreeMap<String, Integer> counts = new TreeMap<>();
    for (int job = 0; job < 8; job++) {
      counts.merge(run.text(job, "stdout.txt").strip(), 1, Integer::sum);
    }
    assertThat(counts.keySet()).containsExactly("0,1", "2,3");
  }

  /// All that there are, on one shell; on the others those that shells treat in ways of their own.
  private static List<Integer> codes(Shells shell) {
    return shell == Shells.DASH
        ? IntStream.range(0, 256).boxed().toList()
        : List.of(0, 1, 2, 125, 126, 127, 128, 129, 137, 143, 192, 254, 255);
  }

  private static List<Integer> witnesses(TestRun run) throws IOException {
    return Files.readString(run.run().path().resolve("witness"))
        .lines()
        .map(Integer::valueOf)
        .toList();
  }
}
