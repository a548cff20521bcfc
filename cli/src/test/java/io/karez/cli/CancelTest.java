package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs that are cancelled, and jobs whose Karez or supervisor is killed: real processes.
class CancelTest {
  @TempDir Path directory;
  @TempDir Path files;
  private Karez karez;
  private Lab lab;

  @BeforeEach
  void aProject() throws IOException {
    karez = Karez.project(directory);
    lab = new Lab(karez);
  }

  @Test
  void case19_interruptOfAForegroundRunEndsItsJobsAndCancelsTheRun() throws Exception {
    Process process =
        foreground("run", "--threads", "1", "-g", "1", "-g", "2", "--", "sh", "-c", SLEEPS);
    long program = printed(1, "group_0/stdout.txt");

    Lab.signal("INT", process.pid());

    assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(Lab.isAlive(program)).isFalse();
    assertThat(lab.states(1)).containsExactly("CANCELLED user", "CANCELLED user");
    assertThat(Files.readString(files.resolve("stderr")))
        .isEqualTo("cancelling run 1 ...\nrun 1: 2 cancelled in results/_/run_1\n");
  }

  @Test
  void case19_aKilledKarezLeavesARunWhoseStatusIsTrue() throws Exception {
    Path gate = directory.resolve("gate");
    Process process =
        foreground(
            "run",
            "--",
            "sh",
            "-c",
            "echo $$; until [ -e '%s' ]; do sleep 0.05; done".formatted(gate));
    long program = printed(1, "stdout.txt");

    process.destroyForcibly().waitFor();

    assertThat(lab.states(1)).containsExactly("RUNNING");
    Files.createFile(gate);
    Lab.untilGone(program);
    lab.untilStates(1, "SUCCEEDED");
  }

  @Test
  void aSecondInterruptGivesProgramsNoMoreTime() throws Exception {
    Process process = foreground("run", "--", "sh", "-c", "trap 'echo asked' TERM; " + LOOPS);
    long program = printed(1, "stdout.txt");

    Lab.signal("INT", process.pid());
    Path said = lab.run(1).path().resolve("stdout.txt");
    Lab.until("the program was asked", () -> Files.readString(said).contains("asked"));
    long begin = System.nanoTime();
    Lab.signal("INT", process.pid());

    assertThat(process.waitFor(2500, TimeUnit.MILLISECONDS)).isTrue();
    assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.MILLISECONDS.toNanos(2500));
    assertThat(Lab.isAlive(program)).isFalse();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(lab.states(1)).containsExactly("CANCELLED user");
  }

  @Test
  void waitingJobsNeverStartRunningOnesEndAndEndedOnesKeepTheirEnd() throws Exception {
    detached(
        "--threads",
        "1",
        "-g",
        "0",
        "-g",
        "60",
        "-g",
        "60",
        "--",
        "sh",
        "-c",
        "echo $$; exec sleep $0");
    long program = printed(1, "group_1/stdout.txt");

    Karez.Said said = karez.run("cancel", "1");

    assertThat(said).isEqualTo(new Karez.Said(0, "", "run 1: 1 succeeded, 2 cancelled\n"));
    assertThat(Lab.isAlive(program)).isFalse();
    assertThat(lab.states(1)).containsExactly("SUCCEEDED", "CANCELLED user", "CANCELLED user");
    assertThat(lab.run(1).path().resolve("group_2/stdout.txt")).doesNotExist();
    List<String> events = events(1);
    assertThat(events).anyMatch(event -> event.endsWith("\"jobs\":[],\"among\":3}"));
    assertThat(karez.run("cancel", "1"))
        .isEqualTo(new Karez.Said(0, "", "run 1: 1 succeeded, 2 cancelled\n"));
    assertThat(events(1)).isEqualTo(events);
  }

  @Test
  void singleJobsOfSeveralRunsAreCancelledAndTheirSiblingsGoOn() throws Exception {
    Path gate = directory.resolve("gate");
    String waits = "echo $$; until [ -e '%s' ]; do sleep 0.05; done".formatted(gate);
    detached("--threads", "1", "-g", "a", "-g", "b", "-g", "c", "--", "sh", "-c", waits);
    detached("--", "sh", "-c", SLEEPS);
    printed(1, "group_0/stdout.txt");
    printed(2, "stdout.txt");

    Karez.Said said = karez.run("cancel", "1/1", "2/0");

    assertThat(said)
        .isEqualTo(new Karez.Said(0, "", "job 1 of run 1: cancelled\njob 0 of run 2: cancelled\n"));
    Files.createFile(gate);
    lab.untilStates(1, "SUCCEEDED", "CANCELLED user", "SUCCEEDED");
    lab.untilStates(2, "CANCELLED user");
  }

  @Test
  void aProgramThatIgnoresTheRequestIsKilled() throws Exception {
    detached("--", "sh", "-c", "trap '' TERM; " + LOOPS);
    long program = printed(1, "stdout.txt");

    Karez.Said said = karez.run("cancel", "last");

    assertThat(said).isEqualTo(new Karez.Said(0, "", "run 1: cancelled\n"));
    assertThat(Lab.isAlive(program)).isFalse();
    assertThat(lab.states(1)).containsExactly("CANCELLED user");
  }

  @Test
  void grandchildrenThatIgnoreTheRequestEndToo() throws Exception {
    detached("--", "sh", "-c", "(trap '' TERM; exec sleep 60) & echo $!; wait");
    long grandchild = printed(1, "stdout.txt");

    assertThat(karez.run("cancel", "1").code()).isZero();

    Lab.untilGone(grandchild);
    assertThat(lab.states(1)).containsExactly("CANCELLED user");
  }

  @Test
  void theSupervisorNeedNotBeAlive() throws Exception {
    detached("--threads", "1", "-g", "1", "-g", "2", "--", "sh", "-c", SLEEPS);
    long program = printed(1, "group_0/stdout.txt");
    lab.killSupervisors(1, 1);

    Karez.Said said = karez.run("cancel", "1");

    assertThat(Lab.isAlive(program)).isFalse();
    assertThat(lab.states(1)).containsExactly("CANCELLED user", "CANCELLED user");
    assertThat(said).isEqualTo(new Karez.Said(0, "", "run 1: 2 cancelled\n"));
  }

  @Test
  void jobsOfAnotherMachineAreNamedWithIt() throws Exception {
    detached("--threads", "1", "-g", "1", "-g", "2", "--", "sh", "-c", SLEEPS);
    long program = printed(1, "group_0/stdout.txt");
    Path record = lab.run(1).path().resolve("group_0/record.jsonl");
    Path supervisors = lab.run(1).submission(1).resolve("supervisor");
    Lab.until("there is a record", () -> Files.exists(record));
    String ownRecord = Files.readString(record);
    String ownSupervisors = Files.readString(supervisors);
    Files.writeString(
        record,
        ownRecord.replaceAll(
            "\"host\":\"[^\"]*\",\"machine\":\"[^\"]*\"",
            "\"host\":\"n17\",\"machine\":\"other\""));
    Files.writeString(supervisors, ownSupervisors.replaceAll("(?m)^\\S+ \\S+", "n17 other"));

    Karez.Said said = karez.run("cancel", "1/0");

    assertThat(said)
        .isEqualTo(
            new Karez.Said(
                1,
                "",
                """
                job 0 of run 1: running
                error: job 1/0 cannot be asked to end from here: its processes are on `n17`, which is not this machine
                hint: run `karez cancel 1/0` where it runs
                """));
    assertThat(Lab.isAlive(program)).isTrue();
    Files.writeString(record, ownRecord);
    Files.writeString(supervisors, ownSupervisors);
    assertThat(karez.run("cancel", "1").code()).isZero();
  }

  @Test
  void everyWrongNameIsToldAndNothingIsCancelled() throws Exception {
    detached("-g", "1", "-g", "2", "--", "sh", "-c", SLEEPS);
    printed(1, "group_0/stdout.txt");

    Karez.Said said = karez.run("cancel", "1/0", "1/2", "7", "x");

    assertThat(said)
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: run 1 has no job 2
                hint: its jobs are 0 to 1
                error: there is no run 7
                hint: `karez status` lists the runs
                error: `x` names no run
                hint: a run is a number (`4`), a job of it `4/17`, the newest run `last`
                """));
    assertThat(events(1)).noneMatch(event -> event.contains("CancelRequested"));
    assertThat(karez.run("cancel", "1", "--now").code()).isZero();
  }

  private static final String SLEEPS = "echo $$; exec sleep 60";
  private static final String LOOPS = "echo $$; while :; do sleep 0.05; done";

  private long printed(long run, String file) throws Exception {
    Lab.until("run " + run + " is there", () -> Files.exists(results(run).resolve("run.json")));
    return lab.printed(run, file);
  }

  private Path results(long run) {
    return karez.root().resolve("results/_/run_" + run);
  }

  private List<String> events(long run) throws IOException {
    List<String> lines = new ArrayList<>();
    try (var logs = Files.newDirectoryStream(results(run).resolve("events"))) {
      for (Path log : logs) {
        lines.addAll(Files.readAllLines(log));
      }
    }
    return lines;
  }

  private void detached(String... words) {
    List<String> all = new ArrayList<>(List.of("run", "--detach"));
    all.addAll(List.of(words));
    assertThat(karez.run(all.toArray(String[]::new)).code()).isZero();
  }

  private Process foreground(String... words) throws IOException {
    return Karez.interruptible(karez.root(), files, words).start();
  }
}
