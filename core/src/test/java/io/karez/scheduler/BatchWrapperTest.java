package io.karez.scheduler;

import static io.karez.scheduler.TestRun.await;
import static io.karez.scheduler.TestRun.awaitText;
import static io.karez.scheduler.TestRun.sh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.karez.store.JobRecord;
import io.karez.store.RunFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the wrapper of a batch job does, on every shell.
class BatchWrapperTest {
  private static final int ROUNDS = Integer.getInteger("karez.test.rounds", 5);

  /// What a shell says of itself to every program, whatever it runs.
  private static final Set<String> SHELLS_OWN = Set.of("_", "IFS", "PWD", "OLDPWD", "SHLVL");

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void theProgramsStatusIsRecordedAndHandedOn(Shells shell) throws Exception {
    List<Integer> codes = List.of(0, 1, 2, 3, 99, 125, 126, 127, 128, 129, 137, 143, 192, 254, 255);
    List<List<String>> commands = codes.stream().map(code -> sh("exit " + code)).toList();
    TestRun run = TestRun.of(directory, shell.link(), commands);
    for (int job = 0; job < codes.size(); job++) {
      assertThat(run.wrap(job)).isEqualTo(new TestRun.Ended(codes.get(job), "", ""));
      assertThat(run.end(job).status()).contains(codes.get(job));
      assertThat(run.end(job).signal()).isEmpty();
      assertThat(run.end(job).launch()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aJobThatTheSchedulerStartsAgainRunsAgain(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(
            directory, shell.link(), List.of(sh("echo once more; [ -e again ]"), sh("exit 9")));
    assertThat(run.end(run.wrapper(0, "12_0", 0).start()).code()).isEqualTo(1);
    Files.createFile(run.work().resolve("again"));
    // a copy that the scheduler calls otherwise is a second one
    assertThat(run.end(run.wrapper(0, "13_0", 1).start()).code()).isEqualTo(125);
    assertThat(run.end(run.wrapper(0, "12_0", 0).start()).code()).isEqualTo(125);
    assertThat(run.record(0).end().orElseThrow().status()).contains(1);

    assertThat(run.end(run.wrapper(0, "12_0", 1).start()).code()).isZero();
    assertThat(run.record(0).end().orElseThrow().status()).contains(0);
    assertThat(run.text(0, "stdout.txt")).isEqualTo("once more\n");
    assertThat(run.text(0, "stdout.1-r0.txt")).isEqualTo("once more\n");
    // it has succeeded: whatever the scheduler makes of it, it does not run a third time
    assertThat(run.end(run.wrapper(0, "12_0", 2).start()).code()).isZero();
    assertThat(run.run().job("group_0").resolve("stdout.1-r1.txt")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void whatWasCancelledOrTriedAgainDoesNotRunWhenTheSchedulerStartsItAgain(Shells shell)
      throws Exception {
    for (String mark : List.of("0.1.cancel", "0.1.over", "0.2")) {
      TestRun run =
          TestRun.of(
              Files.createDirectory(directory.resolve(mark)),
              shell.link(),
              List.of(sh("echo ran >>ran; exit 1")));
      run.end(run.wrapper(0, "12_0", 0).start());
      Files.createFile(run.run().path().resolve("claims").resolve(mark));
      assertThat(run.end(run.wrapper(0, "12_0", 1).start()).code()).isEqualTo(125);
      assertThat(run.work().resolve("ran")).hasContent("ran");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aProgramThatDiesOfItsWarningIsNotPutBack(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(directory, shell.link(), List.of(sh("echo ready; exec sleep 30"), sh("true")));
    assertThat(putBack(run, 0, "USR1")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aWarnedProgramThatDoesNotSucceedIsPutBack(Shells shell) throws Exception {
    String program = "trap 'exit %d' %s; echo ready; while :; do sleep 0.05; done";
    TestRun run =
        TestRun.of(
            directory,
            shell.link(),
            List.of(
                sh(program.formatted(4, "USR1")),
                sh(program.formatted(0, "USR1")),
                sh(program.formatted(4, "USR1 USR2")),
                sh("trap : USR1; " + program.formatted(4, "TERM")),
                sh("exit 4")));
    assertThat(putBack(run, 0, "USR1")).containsExactly("back 12_0");
    assertThat(run.end(0).status()).contains(4);
    assertThat(putBack(run, 1, "USR1")).isEmpty();
    assertThat(putBack(run, 2, "USR2")).isEmpty();
    assertThat(putBack(run, 4)).isEmpty();
    // cancelled after its warning
    Files.createFile(run.run().path().resolve("claims/3.1.cancel"));
    assertThat(putBack(run, 3, "USR1", "TERM")).isEmpty();
  }

  /// What the command that puts jobs back was called with, when the program received the signals.
  private List<String> putBack(TestRun run, int task, String... signals) throws Exception {
    Path told = directory.resolve("told." + task);
    Path command = Files.writeString(directory.resolve("back"), "echo back $1 >>" + told);
    Process wrapper = run.wrapper(task, "12_" + task, 0, "USR1 sh " + command).start();
    if (signals.length > 0) {
      awaitText(run.run().job("group_" + task).resolve("stdout.txt"));
    }
    for (String signal : signals) {
      kill(signal, wrapper.pid());
    }
    run.end(wrapper);
    return Files.exists(told) ? Files.readAllLines(told) : List.of();
  }

  @ParameterizedTest
  @EnumSource
  void aCancelledSubmissionStartsNothing(Shells shell) throws Exception {
    TestRun run = TestRun.of(directory, shell.link(), List.of(sh("echo started"), sh("true")));
    Files.createFile(run.run().submission(1).resolve("cancel"));
    assertThat(run.wrap(0).code()).isEqualTo(143);
    assertThat(run.run().claim(0, 1)).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void aSignalIsToldFromTheStatusThatLooksLikeIt(Shells shell) throws Exception {
    requireGnuTime();
    Map<String, Integer> signals =
        new TreeMap<>(Map.of("HUP", 1, "INT", 2, "QUIT", 3, "KILL", 9, "USR1", 10, "TERM", 15));
    List<List<String>> commands =
        signals.keySet().stream().map(name -> sh("ulimit -c 0; kill -s " + name + " $$")).toList();
    TestRun run = TestRun.of(directory, shell.link(), commands);
    int job = 0;
    for (int signal : signals.values()) {
      assertThat(run.wrap(job).code()).isEqualTo(128 + signal);
      assertThat(run.end(job).status()).contains(128 + signal);
      assertThat(run.end(job).signal()).contains(signal);
      job++;
    }
  }

  @ParameterizedTest
  @EnumSource
  void theRecordTellsWhoRanWhereAndHowLong(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(directory, shell.link(), List.of(sh("echo $$; echo oops >&2; pwd -P")));
    assertThat(run.wrap(0)).isEqualTo(new TestRun.Ended(0, "", ""));

    List<String> out = run.text(0, "stdout.txt").lines().toList();
    assertThat(out.get(1)).isEqualTo(run.work().toString());
    assertThat(run.text(0, "stderr.txt")).isEqualTo("oops\n");
    assertThat(run.text(0, "parameters.json")).isEqualTo("{\"n\":\"0\"}\n");
    JobRecord record = run.record(0);
    JobRecord.Start start = record.start().orElseThrow();
    assertThat(record.attempt()).isEqualTo(1);
    assertThat(start.host())
        .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
    assertThat(start.at()).isPresent();
    assertThat(record.end().orElseThrow().at().orElseThrow()).isAfterOrEqualTo(start.at().get());
    assertThat(start.process().split(" ")[4]).isEqualTo(out.getFirst());
    assertThat(start.wrapper()).isNotEqualTo(start.process());
    assertThat(run.text(0, "record.jsonl").lines()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void signalsReachTheProgramAndTheWrapperWaitsForIt(Shells shell) throws Exception {
    List<String> signals = List.of("HUP", "INT", "USR1", "USR2", "CONT", "TERM");
    String program =
        "for s in "
            + String.join(" ", signals)
            + "; do trap \"echo $s\" $s; done; echo ready;"
            + " until [ -e stop ]; do sleep 0.01; done; exit 7";
    TestRun run = TestRun.of(directory, shell.link(), List.of(sh(program)));
    Process wrapper = run.wrapper(0).start();
    Path out = run.directory(0).resolve("stdout.txt");
    awaitText(out);
    for (String signal : signals) {
      kill(signal, wrapper.pid());
      await(signal, () -> lines(out).contains(signal));
    }
    assertThat(wrapper.isAlive()).isTrue();
    Files.createFile(run.work().resolve("stop"));

    assertThat(run.end(wrapper).code()).isEqualTo(7);
    assertThat(run.end(0).status()).contains(7);
    assertThat(run.end(0).forwarded()).isEqualTo(signals);
    run.awaitGone();
  }

  @ParameterizedTest
  @EnumSource
  void aProgramThatDiesOfAForwardedSignalIsRecordedSo(Shells shell) throws Exception {
    for (String signal : List.of("TERM", "INT")) {
      TestRun run = TestRun.of(directory, shell.link(), List.of(sh("echo ready; exec sleep 100")));
      Process wrapper = run.wrapper(0).start();
      awaitText(run.directory(0).resolve("stdout.txt"));
      kill(signal, wrapper.pid());

      assertThat(run.end(wrapper).code()).isEqualTo(signal.equals("TERM") ? 143 : 130);
      assertThat(run.end(0).forwarded()).containsExactly(signal);
      run.awaitGone();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aProgramThatIgnoresTheSignalIsKilledAfterItsGrace(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(
            directory,
            shell.link(),
            List.of(sh("trap '' TERM; echo ready; while :; do sleep 0.05; done")));
    ProcessBuilder builder = run.wrapper(0);
    builder.environment().put("kz_grace", "0.2");
    Process wrapper = builder.start();
    awaitText(run.directory(0).resolve("stdout.txt"));
    kill("TERM", wrapper.pid());

    assertThat(run.end(wrapper).code()).isEqualTo(137);
    assertThat(run.end(0).status()).contains(137);
    await("all processes to end", () -> quietly(run::alive).isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void whenWhatMeasuresTheProgramIsKilledTheWrapperWaitsForTheProgram(Shells shell)
      throws Exception {
    requireGnuTime();
    TestRun run =
        TestRun.of(
            directory,
            shell.link(),
            List.of(sh("trap 'echo TERM' TERM; echo $$; until [ -e stop ]; do sleep 0.01; done")));
    Process wrapper = run.wrapper(0).start();
    Path out = run.directory(0).resolve("stdout.txt");
    awaitText(out);
    run.parentOfProgram(0).destroyForcibly();
    // the program gets its signals as before
    kill("TERM", wrapper.pid());
    await("TERM", () -> lines(out).contains("TERM"));
    assertThat(run.record(0).end()).isEmpty();
    Files.createFile(run.work().resolve("stop"));

    assertThat(run.end(wrapper).code()).isEqualTo(137);
    assertThat(run.end(0).status()).isEmpty();
    assertThat(run.end(0).signal()).isEmpty();
    assertThat(run.end(0).forwarded()).containsExactly("TERM");
    run.awaitGone();
  }

  @ParameterizedTest
  @EnumSource
  void ofManyCopiesOfAJobExactlyOneRuns(Shells shell) throws Exception {
    Path link = shell.link();
    for (int round = 0; round < ROUNDS; round++) {
      TestRun run = TestRun.of(directory, link, List.of(sh("echo x >>witness." + round)));
      List<Process> copies = new ArrayList<>();
      for (int copy = 0; copy < 6; copy++) {
        copies.add(run.wrapper(0).start());
      }
      List<Integer> codes = new ArrayList<>();
      for (Process copy : copies) {
        codes.add(run.end(copy).code());
      }
      assertThat(codes).containsExactlyInAnyOrder(0, 125, 125, 125, 125, 125);
      assertThat(run.work().resolve("witness." + round)).hasContent("x\n");
      assertThat(run.text(0, "record.jsonl").lines()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLeftBehindHoweverShortTheProgram(Shells shell) throws Exception {
    List<List<String>> commands = new ArrayList<>();
    for (int job = 0; job < 4 * ROUNDS; job++) {
      commands.add(List.of("true"));
    }
    TestRun run = TestRun.of(directory, shell.link(), commands);
    for (int job = 0; job < commands.size(); job++) {
      assertThat(run.wrap(job)).isEqualTo(new TestRun.Ended(0, "", ""));
    }
    run.awaitGone();
    assertThat(Files.exists(run.directory(0).resolve("heartbeat"))).isFalse();
    assertThat(Files.exists(run.directory(0).resolve(".usage"))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void theHeartbeatComesWithThePulse(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(directory, shell.link(), List.of(sh("until [ -e stop ]; do sleep 0.01; done")));
    ProcessBuilder builder = run.wrapper(0);
    builder.environment().put("kz_pulse", "0.1");
    Process wrapper = builder.start();
    Path heartbeat = run.directory(0).resolve("heartbeat");
    awaitText(heartbeat);
    assertThat(Long.parseLong(Files.readString(heartbeat).strip())).isPositive();
    Files.createFile(run.work().resolve("stop"));
    assertThat(run.end(wrapper).code()).isZero();
    run.awaitGone();
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeStartedIsRecordedWithItsReason(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(
            directory,
            shell.link(),
            List.of(List.of("no-such-program-here"), List.of("./missing"), List.of("true")));
    assertThat(run.wrap(0).code()).isEqualTo(127);
    assertThat(run.wrap(1).code()).isEqualTo(127);
    assertThat(run.end(0).launch()).contains("program");
    assertThat(run.end(1).launch()).contains("program");
    assertThat(run.record(0).start()).isEmpty();

    Files.createDirectories(run.directory(2).resolve("stdout.txt"));
    assertThat(run.wrap(2).code()).isEqualTo(125);
    assertThat(run.end(2).launch()).contains("files");
  }

  @ParameterizedTest
  @EnumSource
  void aProgramIsFoundByARelativePath(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(directory, shell.link(), List.of(List.of("mine"), List.of("./bin/mine")));
    Path program = Files.createDirectories(run.work().resolve("bin")).resolve("mine");
    Files.writeString(program, "#!/bin/sh\necho found\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder = run.wrapper(0);
    builder.environment().merge("PATH", "bin", (path, bin) -> bin + ":" + path);
    assertThat(run.end(builder.start()).code()).isZero();
    assertThat(run.text(0, "stdout.txt")).isEqualTo("found\n");
    assertThat(run.wrap(1).code()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aRowThatIsNotItsOwnOrNotWholeIsRefused(Shells shell) throws Exception {
    for (String row :
        List.of(
            "1 . '{}' touch ran\n",
            "0 . '{}' touch ran",
            "0 . '{}'\n",
            "0 . '{}' touch 'ran\n",
            "\n",
            "")) {
      TestRun run = TestRun.of(directory, shell.link(), List.of(List.of("touch", "ran")));
      Files.writeString(run.run().argv(), row);
      TestRun.Ended ended = run.wrap(0);
      assertThat(ended.code()).as(row).isIn(125, shell == Shells.MKSH ? 1 : 125);
      assertThat(run.work().resolve("ran")).doesNotExist();
      assertThat(run.run().claims()).isEmptyDirectory();
      if (ended.code() == 125) {
        assertThat(ended.err())
            .endsWith(
                "karez: job 0: argv does not hold its row at its place, or not the whole of it;"
                    + " it was not started\n");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theEnvironmentIsTheUsersAndOurVariables(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(directory, shell.link(), List.of(List.of("cat", "/proc/self/environ")));
    ProcessBuilder builder = run.wrapper(0);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> !name.matches("[A-Za-z_][A-Za-z0-9_]*"));
    environment.remove("LC_ALL");
    environment.put("kz_x", "1");
    environment.put("run", "é ' \" $x\n*");
    environment.put("NL", "NL");
    environment.put("n", "");
    Map<String, String> expected = new TreeMap<>(environment);
    expected.put("KAREZ_RUN_DIR", run.run().path().toString());
    expected.put("KAREZ_JOB_DIR", run.run().path().toString());
    expected.put("KAREZ_JOB_INDEX", "0");
    expected.put("KAREZ_PARAMETERS", run.run().path().resolve("parameters.json").toString());
    expected.keySet().removeAll(SHELLS_OWN);

    assertThat(run.end(builder.start()).code()).isZero();
    Map<String, String> seen = new TreeMap<>();
    for (String variable : run.text(0, "stdout.txt").split("\0")) {
      int equals = variable.indexOf('=');
      seen.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    assertThat(seen.get("PWD")).isEqualTo(run.work().toString());
    seen.keySet().removeAll(SHELLS_OWN);
    assertThat(seen).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void theUsersLocaleComesBack(Shells shell) throws Exception {
    for (String locale : List.of("C", "C.UTF-8", "")) {
      TestRun run = TestRun.of(directory, shell.link(), List.of(sh("echo \"[$LC_ALL]\"")));
      ProcessBuilder builder = run.wrapper(0);
      builder.environment().put("LC_ALL", locale);
      assertThat(run.end(builder.start()).code()).isZero();
      assertThat(run.text(0, "stdout.txt")).isEqualTo("[" + locale + "]\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theProgramReadsWhatTheWrapperReadsAndHasNoOtherDescriptor(Shells shell) throws Exception {
    TestRun run = TestRun.of(directory, shell.link(), List.of(sh("cat; ls /proc/self/fd")));
    Path input = Files.writeString(run.work().resolve("input"), "some input\n");
    Process wrapper = run.wrapper(0).redirectInput(input.toFile()).start();
    assertThat(run.end(wrapper).code()).isZero();
    // 3 is the directory that `ls` reads
    assertThat(run.text(0, "stdout.txt")).isEqualTo("some input\n0\n1\n2\n3\n");
  }

  @ParameterizedTest
  @EnumSource
  void anotherAttemptKeepsTheOutputOfTheFirst(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(directory, shell.link(), List.of(sh("echo out; echo err >&2; exit 1")));
    assertThat(run.wrap(0).code()).isEqualTo(1);
    Files.createDirectories(run.run().submission(2));
    RunFiles.writeTasks(run.run(), 2, new TreeMap<>(Map.of(0, 2)));
    List<String> command = new ArrayList<>(run.wrapper(0).command());
    command.set(3, "2");
    assertThat(run.end(run.wrapper(0).command(command).start()).code()).isEqualTo(1);

    assertThat(run.text(0, "stdout.1.txt")).isEqualTo("out\n");
    assertThat(run.text(0, "stderr.1.txt")).isEqualTo("err\n");
    assertThat(run.text(0, "stdout.txt")).isEqualTo("out\n");
    assertThat(run.record(0, 2).end()).isPresent();
    assertThat(run.text(0, "record.jsonl").lines()).hasSize(4);
  }

  private static List<String> lines(Path file) {
    return quietly(() -> Files.readString(file, StandardCharsets.UTF_8)).lines().toList();
  }

  /// As `await` takes it.
  private static <T> T quietly(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private static void kill(String signal, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("/bin/sh", "-c", "kill -s " + signal + " " + pid).start().waitFor();
  }

  private static void requireGnuTime() {
    Optional<Path> time = Stream.of(Path.of("/usr/bin/time")).filter(Files::isExecutable).findAny();
    assumeTrue(time.isPresent(), "GNU time is not installed");
  }
}
