package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that wait for others.
class AfterTest {
  @TempDir Path directory;
  private Karez karez;

  @BeforeEach
  void aProject() throws IOException {
    karez = Karez.project(directory);
    karez.run("run", "-g", "0", "-g", "0", "--", "sh", "-c", "exit $0");
    karez.run("run", "-g", "0", "-g", "5", "--", "sh", "-c", "exit $0");
  }

  @Test
  void aRunStartsWhenTheOthersHaveEndedAsTheyHaveTo() throws Exception {
    assertThat(karez.run("run", "--after", "1", "--after", "2:failed", "--", "true").code())
        .isZero();
    assertThat(karez.run("run", "--after", "2:any", "--", "true").code()).isZero();
    assertThat(karez.read("results/_/run_3/run.json"))
        .contains("\"when\": \"ok\"", "\"when\": \"failed\"");
  }

  @Test
  void aRunThatCouldNeverStartIsNotMade() {
    assertThat(karez.run("run", "--after", "2", "--", "true"))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: --after: 1 of the 2 jobs of run 2 did not succeed
                hint: so this run could never start
                """));
    assertThat(karez.run("run", "--after", "1:failed", "--", "true").err())
        .contains("every job of run 1 succeeded");
    assertThat(karez.root().resolve("results/_/run_3")).doesNotExist();
  }

  @Test
  void whatNamesNoRunIsSaidAtOnce() {
    assertThat(karez.run("run", "--after", "7", "--after", "1:okay", "--", "true"))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: there is no run 7
                hint: `karez status` lists the runs
                error: --after: a run cannot end `okay`
                hint: it is `ok`, `any` or `failed`
                """));
  }

  @Test
  void aRunThatIsNotWaitedForIsGoneOnWithLater() throws Exception {
    Path end = directory.resolve("end");
    karez.run(
        "run",
        "--detach",
        "--",
        "sh",
        "-c",
        "until [ -e '%s' ]; do sleep 0.05; done".formatted(end));
    Karez.Said said = karez.run("run", "--detach", "--after", "last", "--", "echo", "at last");
    assertThat(said)
        .isEqualTo(
            new Karez.Said(
                0,
                "4\n",
                "run 4 is not submitted: it waits for run 3; `karez keep` waits and submits it\n"));
    assertThat(karez.run("status", "4").out()).contains("prepared");
    Files.createFile(end);
    assertThat(karez.run("resume", "4"))
        .isIn(
            new Karez.Said(0, "at last\n", "run 4: succeeded in results/_/run_4\n"),
            new Karez.Said(
                0,
                "at last\n",
                """
                run 4: it waits for run 3
                hint: after Ctrl-C `karez resume 4` goes on
                run 4: succeeded in results/_/run_4
                """));
  }

  @Test
  void aRunWhosePredecessorFailsIsCancelledAndCanBeTriedAgain() throws Exception {
    Path end = directory.resolve("end");
    String program = "until [ -e '%1$s' ]; do sleep 0.05; done; exit $(cat '%1$s')".formatted(end);
    karez.run("run", "--detach", "--", "sh", "-c", program);
    karez.run("run", "--detach", "--after", "3", "--", "echo", "at last");
    Files.writeString(end, "5");
    karez.run("wait", "3");

    assertThat(karez.run("resume", "4"))
        .isEqualTo(
            new Karez.Said(
                3,
                "",
                """
                run 4 does not start: run 3 did not succeed
                hint: `karez retry 4 --cause dependency` tries again
                """));
    assertThat(karez.run("why", "4").out())
        .contains("1 job cancelled: what it depends on did not succeed");
    assertThat(karez.run("resume", "4").err()).isEqualTo("run 4: all jobs are submitted\n");

    Files.writeString(end, "0");
    assertThat(karez.run("retry", "3").code()).isZero();
    assertThat(karez.run("retry", "4", "--cause", "dependency").out()).isEqualTo("at last\n");
  }
}
