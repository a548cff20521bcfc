package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.text.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs of which a file is broken or missing: the rest is still told, and nothing is done on a
/// guess.
class DamagedRunTest {
  @TempDir Path directory;
  private Karez karez;
  private Lab lab;

  @BeforeEach
  void aProject() throws IOException {
    karez = Karez.project(directory);
    lab = new Lab(karez);
  }

  @Test
  void aRunAtWorkIsNotDeletedThoughItsDocumentCannotBeRead() throws Exception {
    Path stop = directory.resolve("stop");
    String program = "echo $$; until [ -e '" + stop + "' ]; do sleep 0.02; done";
    assertThat(karez.run("run", "--detach", "--", "sh", "-c", program).code()).isZero();
    long pid = lab.printed(1, "stdout.txt");
    Path run = karez.root().resolve("results/_/run_1");
    Lab.until(
        "its slot is named",
        () -> Files.readAllLines(run.resolve("submissions/1/supervisor")).size() == 2);
    karez.write("results/_/run_1/run.json", "{");

    assertThat(karez.run("delete", "-y", "1"))
        .isEqualTo(
            new Karez.Said(
                ExitCode.USAGE,
                "",
                """
                error: run 1 cannot be read, and its supervisor is alive
                hint: wait for its end, or end the processes that `PROJECT/results/_/run_1/submissions/*/supervisor` names
                """));
    assertThat(Lab.isAlive(pid)).isTrue();
    Files.createFile(stop);
    Lab.untilGone(pid);
    Lab.until("the end", () -> Files.exists(run.resolve("submissions/1/ended")));
    assertThat(karez.run("delete", "-y", "1").code()).isZero();
    assertThat(run).doesNotExist();
  }

  @Test
  void ofAnUnreadableRunOnAnotherMachineNobodyCanTell() throws Exception {
    assertThat(karez.run("run", "--", "true").code()).isZero();
    Files.delete(karez.root().resolve("results/_/run_1/submissions/1/ended"));
    karez.write("results/_/run_1/submissions/1/supervisor", "far m b n 1 2\n");
    karez.write("results/_/run_1/run.json", "{");

    Karez.Said said = karez.run("delete", "-y", "1");

    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err())
        .isEqualTo(
            """
            error: run 1 cannot be read, and nobody can tell whether its jobs are alive: its processes are on `far`, which is not this machine
            hint: make sure that none of its jobs is alive, then remove `PROJECT/results/_/run_1`
            """);
  }

  @Test
  void aBrokenRunIsLeftOutOfWhatHasSucceeded() throws IOException {
    karez.run("run", "--", "true");
    karez.run("run", "--", "true");
    karez.write("results/_/run_1/run.json", "{");

    Karez.Said said = karez.run("run", "--missing", "--", "true");

    assertThat(said.code()).isZero();
    assertThat(said.err())
        .startsWith(
            "warning: run 1 is left out of what has succeeded: PROJECT/results/_/run_1/run.json")
        .endsWith("the job has already succeeded with this code, in run 2; nothing remains\n");
  }

  @Test
  void aRecordThatCannotBeReadSpoilsNoOtherJob() throws IOException {
    karez.run("run", "-g", "1", "-g", "2", "--", "true");
    Path record = karez.root().resolve("results/_/run_1/group_1/record.jsonl");
    Files.delete(record);
    Files.createDirectory(record);
    try (var events = Files.list(karez.root().resolve("results/_/run_1/events"))) {
      Path log = events.findFirst().orElseThrow();
      Files.write(
          log, Files.readAllLines(log).stream().filter(line -> !line.contains("ettled")).toList());
    }

    List<JsonObject> jobs = Away.jobs(Away.runs(karez.run("status", "1", "--json")).getFirst());

    assertThat(jobs.getFirst().string("state")).isEqualTo("SUCCEEDED");
    assertThat(jobs.get(1).string("state")).isEqualTo("UNKNOWN");
    assertThat(jobs.get(1).flag("settled")).isFalse();
    assertThat(jobs.get(1).string("evidence"))
        .isEqualTo(
            "its record cannot be read: PROJECT/results/_/run_1/group_1/record.jsonl: is a"
                + " directory");
  }

  @Test
  void aRunWithoutItsLinesIsNotExtended() throws IOException {
    karez.run("run", "--", "true");
    karez.write("results/_/run_1/jobs.jsonl", "");

    assertThat(karez.run("extend", "1", "-R", "--a 0 2 1"))
        .isEqualTo(
            new Karez.Said(
                ExitCode.USAGE,
                "",
                """
                error: `PROJECT/results/_/run_1/jobs.jsonl` has no lines of 1 of its 1 jobs
                hint: `karez rerun 1` runs its jobs anew, as a new run
                """));
    assertThat(karez.root().resolve("results/_/run_1/extensions")).doesNotExist();
    assertThat(karez.root().resolve("results/_/run_1/submissions/2")).doesNotExist();
  }
}
