package io.karez.scheduler;

import static io.karez.scheduler.TestRun.await;
import static io.karez.scheduler.TestRun.sh;
import static org.assertj.core.api.Assertions.assertThat;

import io.karez.store.JobRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The supervisor of steps with an `srun` that becomes what it is to run, on the shells it promises
/// to run on.
class StepsSupervisorTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void everyJobRunsOnceAsAStepAndRecordsItself(Shells shell) throws Exception {
    List<List<String>> commands = new ArrayList<>();
    for (int job = 0; job < 7; job++) {
      commands.add(sh("printf '<%s>' \"$@\"; exit $1", Integer.toString(job), " a'b\"$HOME\n-x "));
    }
    TestRun run = run(shell, commands);
    say("srun", "echo once >>'%s/calls'\n".formatted(directory) + BECOME);
    TestRun.Ended ended = supervise(run, 3);

    assertThat(ended).isEqualTo(new TestRun.Ended(0, "", ""));
    for (int job = 0; job < 7; job++) {
      assertThat(run.text(job, "stdout.txt")).isEqualTo("<%d>< a'b\"$HOME\n-x >".formatted(job));
      assertThat(run.end(job).status()).contains(job);
      assertThat(run.record(job).start().orElseThrow().nativeId()).matches("7\\.[0-9]+");
    }
    assertThat(Files.readAllLines(directory.resolve("calls"))).hasSize(7);
    assertThat(run.run().submission(1).resolve("ended")).hasContent("ended\n");
    assertThat(run.run().submission(1).resolve("taken")).doesNotExist();
    assertThat(left(run)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aStepThatIsRefusedIsTheJobsOwnFailureToStart(Shells shell) throws Exception {
    TestRun run = run(shell, List.of(sh("true"), sh("echo started"), sh("true")));
    String refusal = "srun: error: Unable to create step for job 7: Invalid generic resource";
    say(
        "srun",
        "for task; do :; done\nif [ \"$task\" = 1 ]; then echo '%s' >&2; exit 1; fi\n"
                .formatted(refusal)
            + BECOME);
    say("squeue", "echo RUNNING");
    supervise(run, 2);

    assertThat(run.end(0).status()).contains(0);
    assertThat(run.end(2).status()).contains(0);
    JobRecord refused = run.record(1);
    assertThat(refused.start()).isEmpty();
    assertThat(refused.end().orElseThrow().launch()).contains("step");
    assertThat(run.text(1, "stdout.txt")).isEmpty();
    assertThat(left(run)).containsExactly("step-1.1.txt");
    assertThat(run.run().scheduler().resolve("step-1.1.txt")).hasContent(refusal + "\n");
  }

  @ParameterizedTest
  @EnumSource
  void whenTheAllocationHasEndedNothingMoreIsAskedFor(Shells shell) throws Exception {
    TestRun run = run(shell, IntStream.range(0, 9).mapToObj(job -> sh("true")).toList());
    say(
        "srun",
        """
        for task; do :; done
        echo once >>'%1$s/calls'
        if [ "$task" -gt 2 ]; then echo 'srun: error: Slurm job 7 has expired' >&2; exit 1; fi
        """
                .formatted(directory)
            + BECOME);
    say("squeue", "echo CANCELLED");
    supervise(run, 2);

    assertThat(run.run().submission(1).resolve("ended")).hasContent("over\n");
    assertThat(claims(run)).containsExactlyInAnyOrder("0.1", "1.1", "2.1");
    assertThat(Files.readAllLines(directory.resolve("calls"))).hasSizeBetween(4, 5);
    assertThat(run.run().submission(1).resolve("taken")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void whileSlurmDoesNotAnswerAStepIsTriedAgain(Shells shell) throws Exception {
    TestRun run = run(shell, List.of(sh("echo done"), sh("echo done")));
    say(
        "srun",
        "[ -e '%s/up' ] || { echo 'srun: error: Unable to contact slurm controller' >&2; exit 1; }\n"
                .formatted(directory)
            + BECOME);
    // it answers the third question
    say(
        "squeue",
        """
        echo >>'%1$s/asked'
        if [ "$(wc -l <'%1$s/asked')" -lt 3 ]; then echo 'slurm_load_jobs error: no' >&2; exit 1; fi
        true >'%1$s/up'
        echo RUNNING
        """
            .formatted(directory));
    supervise(run, 1);
    assertThat(run.end(0).status()).contains(0);
    assertThat(run.end(1).status()).contains(0);
    assertThat(left(run)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aCancelledSubmissionStartsNoFurtherStep(Shells shell) throws Exception {
    TestRun run = run(shell, List.of(sh("true"), sh("true")));
    Files.createFile(run.run().submission(1).resolve("cancel"));
    say("srun", "echo once >>'%s/calls'\n".formatted(directory) + BECOME);
    supervise(run, 1);
    assertThat(directory.resolve("calls")).doesNotExist();
    assertThat(run.run().submission(1).resolve("ended")).hasContent("ended\n");
  }

  /// What its `srun` had started goes on, and is not started a second time.
  @ParameterizedTest
  @EnumSource
  void aSlotThatIsKilledLosesNoJobAndRunsNoneTwice(Shells shell) throws Exception {
    Path gate = directory.resolve("gate");
    String program = "echo $$; until [ -e '%s' ]; do sleep 0.02; done".formatted(gate);
    TestRun run = run(shell, List.of(sh(program), sh("echo 1"), sh("echo 2")));
    say("srun", BECOME);
    Process supervisor = steps(run, 1).start();
    TestRun.awaitText(run.directory(0).resolve("stdout.txt"));
    Path identities = run.run().submission(1).resolve("supervisor");
    await("the slot's name", () -> lines(identities).size() == 2);
    String slot = lines(identities).get(1).split(" ")[4];
    new ProcessBuilder("kill", "-s", "KILL", slot).start().waitFor();
    await("the other jobs", () -> claims(run).size() == 3);
    Files.createFile(gate);
    run.end(supervisor);

    assertThat(run.text(0, "stdout.txt").lines()).hasSize(1);
    await("the end of the first", () -> run.record(0).end().isPresent());
    assertThat(run.end(1).status()).contains(0);
    assertThat(run.end(2).status()).contains(0);
    run.awaitGone();
  }

  @ParameterizedTest
  @EnumSource
  void nothingStartsWithoutTheAllocation(Shells shell) throws Exception {
    TestRun run = run(shell, List.of(sh("true")));
    Files.writeString(
        run.run().submission(1).resolve("script.sh"), "#!/bin/sh\n# allocation 118568\ntrue\n");
    say("squeue", "echo \"$*\" >'%s/asked'; echo TIMEOUT".formatted(directory));
    assertThat(start(run)).isEqualTo(69);
    assertThat(run.work().resolve("script.err"))
        .hasContent("karez: allocation 118568 cannot be used: it is TIMEOUT\n");
    assertThat(directory.resolve("asked"))
        .hasContent("--noheader --states=all --format=%T --jobs=118568,118568\n");
    say("squeue", "echo RUNNING");
    assertThat(start(run)).isZero();
  }

  private static final String BECOME = "shift 2\nSLURM_JOB_ID=7 SLURM_STEP_ID=$$ exec \"$@\"\n";

  private TestRun run(Shells shell, List<List<String>> commands) throws IOException {
    return TestRun.of(directory, shell.link(), commands);
  }

  private int start(TestRun run) throws Exception {
    ProcessBuilder builder = steps(run, 1);
    List<String> command = new ArrayList<>(builder.command().subList(0, 2));
    command.addAll(List.of("start", run.run().path().toString(), "1"));
    builder.command(command);
    return run.end(builder.start()).code();
  }

  private TestRun.Ended supervise(TestRun run, int slots) throws Exception {
    return run.end(steps(run, slots).start());
  }

  private ProcessBuilder steps(TestRun run, int slots) {
    List<String> words =
        List.of(
            "srun",
            "--jobid=7",
            "--exact",
            run.shell().toString(),
            "-c",
            "exec %s \"$@\" \"$SLURM_JOB_ID.$SLURM_STEP_ID\" 0 ''".formatted(run.shell()),
            "sh",
            run.run().path().resolve("wrapper.sh").toString(),
            run.run().path().toString(),
            "1");
    ProcessBuilder builder = run.steps(slots, words);
    builder.environment().put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("kz_outage", "0.05");
    return builder;
  }

  /// What a program does from now on.
  private void say(String program, String script) throws IOException {
    Path file = Files.createDirectories(directory.resolve("bin")).resolve(program);
    Files.writeString(file, "#!/bin/sh\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /// What is kept of what the scheduler has said.
  private static List<String> left(TestRun run) throws IOException {
    try (Stream<Path> files = Files.list(run.run().scheduler())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Set<String> claims(TestRun run) {
    return Stream.of(run.run().claims().toFile().list()).collect(Collectors.toSet());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
