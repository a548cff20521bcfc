package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.launch.Authors;
import io.karez.store.Event;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.text.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Slurm that is made up and refuses, forgets or does not answer.
class TroubledSlurmTest {
  private static final String REFUSES =
      "echo 'sbatch: error: Batch job submission failed: Requested reservation is invalid' >&2;"
          + " exit 1";

  @TempDir Path directory;
  @TempDir Path programs;

  private Karez karez;
  private FakeSlurm slurm;

  @BeforeEach
  void aSlurm() throws IOException {
    karez = Karez.project(directory);
    slurm = FakeSlurm.in(karez, programs);
  }

  @Test
  void aSingleJobThatIsCancelledIsTakenOutOfTheQueue() throws Exception {
    threeHeldJobs();
    slurm.say(
        "scancel",
        "case $2 in *'[2]') echo 2 ;; *) echo 0 1 ;; esac >>'%s/gone'".formatted(programs));

    assertThat(slurm.run("cancel", "1/2").code()).isZero();

    assertThat(slurm.words("scancel")).containsExactly("scancel --quiet 7_[2]");
    assertThat(states()).containsExactly("HELD", "HELD", "CANCELLED user");
    assertThat(slurm.run("cancel", "1").code()).isZero();
    assertThat(slurm.words("scancel")).containsExactly("scancel --quiet 7_[0-1]");
  }

  @Test
  void whatACancellationHasLeftInTheQueueIsTakenOutByTheNext() throws Exception {
    threeHeldJobs();
    slurm.say("scancel", "echo 'scancel: error: Socket timed out' >&2; exit 1");
    Karez.Said first = slurm.run("cancel", "1/2");
    assertThat(first.code()).isZero();
    assertThat(first.err())
        .isEqualTo(
            """
            job 2 of run 1: cancelled
            warning: job 2 of run 1 will not start, and may still be in the queue of `slurm`: `scancel` failed: scancel: error: Socket timed out
            hint: `karez cancel 1/2` tries again
            """);
    slurm.say("scancel", "echo 0 1 2 >>'%s/gone'".formatted(programs));
    slurm.words("scancel");

    assertThat(slurm.run("cancel", "1").code()).isZero();

    assertThat(slurm.words("scancel")).containsExactly("scancel --quiet 7_[0-2]");
    assertThat(states()).containsOnly("CANCELLED user");
  }

  private void threeHeldJobs() throws Exception {
    slurm.say("sbatch", "echo 7");
    assertThat(slurm.run("run", "-r", "slurm", "-R", "--i 0 3 1", "--", "true").code()).isZero();
    slurm.say(
        "squeue",
        """
        touch '%1$s/gone'
        for i in 0 1 2; do
          grep -q $i '%1$s/gone' || echo "7_$i|PENDING|N/A|1:00|0:00|100M||JobHeldUser"
        done
        """
            .formatted(programs));
    slurm.say(
        "sacct",
        """
        touch '%1$s/gone'
        for i in 0 1 2; do
          ! grep -q $i '%1$s/gone' || echo "7_$i|CANCELLED by 1|0:0|1|2|2|0|60|0|100M||"
        done
        """
            .formatted(programs));
  }

  @Test
  void aJobOfAPackThatCannotEndAloneIsToldWithWhom() throws Exception {
    slurm.say("sbatch", "echo 7");
    assertThat(
            slurm.run("run", "-r", "slurm", "--pack", "3", "-R", "--i 0 5 1", "--", "true").code())
        .isZero();
    slurm.say("squeue", "for i in 0 1; do echo \"7_$i|RUNNING|N/A|1:00|0:10|100M|n1|None\"; done");
    RunDirectory run = new Lab(karez).run(1);
    for (int job = 0; job < 3; job++) {
      Files.createFile(run.claim(job, 1));
      Path record = Files.createDirectories(run.job("group_" + job)).resolve("record.jsonl");
      Files.writeString(
          record, "{\"event\":\"start\",\"attempt\":1,\"host\":\"h\",\"uptime\":\"1\"}\n");
    }

    Karez.Said said = slurm.run("cancel", "1/1");

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err())
        .isEqualTo(
            """
            job 1 of run 1: running
            error: job 1 of run 1 cannot be ended alone: its pack runs 0, 2 as well
            hint: `karez cancel 1/0 1/1 1/2` ends the whole pack
            """);
  }

  @Test
  void aRefusalIsAFailureWhoseWordsAreKept() throws Exception {
    slurm.say("sbatch", REFUSES);
    assertThat(slurm.run("run", "-r", "slurm", "--", "true").code()).isEqualTo(1);

    assertThat(states()).containsExactly("FAILED launch");
    assertThat(slurm.run("why", "1").out())
        .contains("Requested reservation is invalid")
        .contains("the scheduler refused the submission");
    assertThat(slurm.run("wait", "1").code()).isEqualTo(3);
    assertThat(slurm.run("resume", "1").err())
        .isEqualTo("run 1: `slurm` has refused the last jobs: `karez retry 1` asks again\n");
  }

  @Test
  void aRetryThatIsRefusedLeavesTheJobsAsTheyWere() throws Exception {
    slurm.run(
        "run",
        "-r",
        "slurm",
        "--memory",
        "100M",
        "-g",
        "0",
        "-g",
        "3",
        "--",
        "sh",
        "-c",
        "exit $0");
    slurm.say("sacct", "echo '7_1|FAILED|3:0|1|2|2|0|60|0|100M|n1|'");
    assertThat(states()).containsExactly("SUCCEEDED", "FAILED exit");
    slurm.say("sbatch", REFUSES);

    Karez.Said refused = slurm.run("retry", "1", "--cause", "exit", "--memory", "1T");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("Requested reservation is invalid");
    assertThat(states()).containsExactly("SUCCEEDED", "FAILED exit");
    assertThat(jobs()).extracting(job -> job.integer("attempt")).containsExactly(1, 1);
    slurm.say("sbatch", "echo 8");
    slurm.run("retry", "1", "--cause", "exit");
    assertThat(jobs()).extracting(job -> job.integer("attempt")).containsExactly(1, 2);
    Path script = new Lab(karez).run(1).submission(3).resolve("script.sh");
    assertThat(Files.readString(script)).contains("#SBATCH --mem=100M\n");
  }

  @Test
  void whatAPolicyTriesAgainAndIsRefusedIsNotTriedAnewAllTheTime() throws Exception {
    karez.write("e.sh", "exit 3\n");
    karez.write(
        ".karez/experiments/e.yaml",
        """
        name: e
        path: .
        executable: e.sh
        executable_command: sh
        retry: {exit: {times: 3}}
        """);
    slurm.run("run", "-r", "slurm", "e");
    slurm.say("sacct", "echo '7|FAILED|3:0|1|2|2|0|60|0|100M|n1|'");
    slurm.say("sbatch", REFUSES);
    slurm.words("sbatch");
    assertThat(slurm.run("keep", "1").code()).isZero();
    assertThat(slurm.words("sbatch")).hasSize(1);
    assertThat(slurm.run("keep", "1").code()).isZero();
    assertThat(slurm.words("sbatch")).isEmpty();
    assertThat(states()).containsExactly("FAILED exit");
  }

  @Test
  void whoSubmittedAndWasKilledIsNotWaitedFor() throws Exception {
    slurm.say("sbatch", REFUSES);
    slurm.run("run", "-r", "slurm", "--", "true");
    RunDirectory run = new Lab(karez).run(1);
    Event begun = new EventLog(run).read().getFirst();
    assertThat(begun).isInstanceOf(Event.Submitting.class);
    try (var logs = Files.newDirectoryStream(run.events())) {
      for (Path log : logs) {
        Files.delete(log);
      }
    }
    new EventLog(run).append(begun);
    Files.writeString(
        run.path().resolve("submitting"),
        "{\"uid\":\"x\",\"host\":\"%s\",\"pid\":99999999}\n".formatted(Authors.me().host()));
    String unknown =
        "run 1: nobody knows whether `slurm` has its jobs: `karez resume 1` asks, and submits them"
            + " if not\n";

    assertThat(slurm.run("wait", "1")).isEqualTo(new Karez.Said(1, "", unknown));
    assertThat(slurm.run("status", "1").err()).isEqualTo(unknown);
    slurm.say("sbatch", "echo 7");
    assertThat(slurm.run("resume", "1").code()).isZero();
    assertThat(states()).containsExactly("QUEUED");
  }

  @Test
  void whatIsStillSubmittingWhenKarezIsKilledIsNotSubmittedTwice() throws Exception {
    slurm.say(
        "sbatch",
        "touch '%1$s/begun'; until [ -e '%1$s/gate' ]; do sleep 0.02; done; echo 7"
            .formatted(programs));
    Process killed = slurm.start("run", "-r", "slurm", "--", "true");
    try {
      Lab.until("`sbatch` runs", () -> Files.exists(programs.resolve("begun")));
      killed.destroyForcibly().waitFor();

      Karez.Said early = slurm.run("resume", "1");

      assertThat(early.code()).as(early.err()).isEqualTo(1);
      assertThat(early.err()).contains("so nothing was submitted", " is still submitting them");
    } finally {
      killed.destroyForcibly();
      Files.createFile(programs.resolve("gate"));
    }
    Lab.until(
        "its jobs are found",
        () -> slurm.run("resume", "1").err().contains("run 1: all jobs are submitted"));
    assertThat(states()).containsExactly("QUEUED");
    assertThat(slurm.words("sbatch")).hasSize(1);
  }

  @Test
  void aSchedulerThatDoesNotAnswerIsToldOnceByEveryCommand() throws Exception {
    slurm.say("sbatch", "echo 7");
    slurm.run("run", "-r", "slurm", "-R", "--i 0 2 1", "--", "true");
    slurm.say(
        "squeue", "echo 'slurm_load_jobs error: Unable to contact slurm controller' >&2; exit 1");
    slurm.say("scancel", "echo 'scancel: error: no controller' >&2; exit 1");
    String warning =
        "warning: `slurm` does not answer (`squeue` failed with exit code 1: slurm_load_jobs error:"
            + " Unable to contact slurm controller); jobs are shown as they were last known\n";

    for (String command : List.of("status", "why", "explain", "cancel")) {
      assertThat(slurm.run(command, "1").err())
          .as(command)
          .contains(warning)
          .containsOnlyOnce("does not answer");
    }
  }

  @Test
  void whyAJobWaitsIsNotGuessedWhenTheSchedulerDoesNotAnswer() throws Exception {
    slurm.say("sbatch", "echo 7");
    slurm.run("run", "-r", "slurm", "--", "true");
    slurm.say("squeue", "echo 'slurm_load_jobs error: no controller' >&2; exit 1");

    assertThat(slurm.run("explain", "1").out())
        .startsWith("1 job queued: the scheduler does not answer, so nobody can say why\n");
  }

  @Test
  void aCodeThatTheProgramHasNotRecordedIsNotCalledItsOwn() throws Exception {
    slurm.say("sbatch", "echo 7");
    slurm.run("run", "-r", "slurm", "--", "true");
    RunDirectory run = new Lab(karez).run(1);
    Files.createFile(run.claim(0, 1));
    Files.writeString(
        run.path().resolve("record.jsonl"),
        "{\"event\":\"start\",\"attempt\":1,\"host\":\"n03\",\"uptime\":\"1\"}\n");
    slurm.say("squeue", "echo '7|PENDING|N/A|1:00|0:00|100M||BeginTime'");
    assertThat(slurm.run("explain", "1").out())
        .contains("it ran on n03 and did not end; the scheduler has put it back");
    slurm.say("squeue", "true");
    slurm.say("sacct", "echo '7|FAILED|1:0|1|2|2|0|60|0|100M|n03|'");

    assertThat(slurm.run("why", "1").out())
        .contains(
            "1 job failed: its program was started and has not recorded its end; exit code 1 is"
                + " what the scheduler says, of a further start that ended at once\n")
        .contains("hint: its node may have failed");
  }

  private List<JsonObject> jobs() throws Exception {
    return LabProject.jobs(slurm.run("status", "1", "--json").out());
  }

  private List<String> states() throws Exception {
    return jobs().stream()
        .map(job ->
            job.string("state") + job.optionalString("cause").map(word -> " " + word).orElse(""))
        .toList();
  }
}
