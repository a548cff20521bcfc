package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Policies of runs, and whoever stays for them.
class KeepTest {
  private static final String EXPERIMENT =
      "name: e\npath: .\nexecutable: e.sh\nexecutable_command: sh\npass_paths: false\n";

  @TempDir Path directory;
  private Karez karez;

  @BeforeEach
  void aProject() throws IOException {
    karez = Karez.project(directory);
    // fails in its first attempts
    karez.write("e.sh", "echo >>\"tries.$1\"; [ $(wc -l <\"tries.$1\") -gt \"$1\" ]\n");
  }

  @Test
  void whoeverWatchesARunTriesItsJobsAgain() throws IOException {
    karez.write(".karez/experiments/e.yaml", EXPERIMENT + "retry: {exit: {times: 2}}\n");
    assertThat(karez.run("run", "-g", "0", "-g", "1", "-g", "2", "-g", "3", "e"))
        .isEqualTo(
            new Karez.Said(
                3,
                "",
                """
                run 1: 1 succeeded, 3 failed in results/e/run_1
                hint: `karez why 1` tells why
                run 1: 3 jobs again, after cause exit
                run 1: 2 succeeded, 2 failed in results/e/run_1
                hint: `karez why 1` tells why
                run 1: 2 jobs again, after cause exit
                run 1: 3 succeeded, 1 failed in results/e/run_1
                hint: `karez why 1` tells why
                """));
  }

  @Test
  void keepTriesAgainAndSubmitsWhatWaits() throws Exception {
    karez.write(".karez/experiments/e.yaml", EXPERIMENT + "retry: {exit: }\n");
    Path end = directory.resolve("end");
    karez.run(
        "run",
        "--detach",
        "--",
        "sh",
        "-c",
        "until [ -e '%s' ]; do sleep 0.05; done".formatted(end));
    karez.run("run", "--detach", "--after", "1", "e", "0");
    assertThat(karez.run("run", "--detach", "e", "1").err())
        .contains("hint: while `karez keep` runs, jobs are tried again as they shall be");
    karez.run("wait", "3");
    assertThat(karez.run("status", "3").out()).contains("failed");
    Files.createFile(end);

    assertThat(karez.run("keep").err())
        .contains("run 3: 1 job again, after cause exit", "run 2 is submitted")
        .endsWith("nothing is left to do\n");
    assertThat(karez.run("wait", "2", "3").code()).isZero();
    assertThat(karez.run("keep").err()).isEqualTo("nothing is left to do\n");
    assertThat(karez.root().resolve("results/.keep")).doesNotExist();
  }

  @Test
  void aPolicyThatCannotBeReadIsRefusedWithAllItsProblems() throws IOException {
    karez.write(
        ".karez/experiments/e.yaml",
        EXPERIMENT + "retry: {omo: {}, oom: {memory: lots, tims: 1}, timeout: {times: 0}}\n");
    assertThat(karez.run("run", "e", "0").err())
        .contains("there is no cause `omo` to try again for", "hint: did you mean `oom`?")
        .contains("`lots` is neither an amount nor a factor such as `x2`")
        .contains("`retry.oom.tims`", "`retry.timeout.times`");
  }

  @Test
  void ofTwoWhoSubmitARunOneIsTurnedAway() throws Exception {
    Path end = directory.resolve("end");
    karez.run(
        "run",
        "--detach",
        "--",
        "sh",
        "-c",
        "until [ -e '%s' ]; do sleep 0.05; done".formatted(end));
    karez.run("run", "--detach", "--after", "1", "--", "true");
    Process waiting =
        Karez.start(karez.root(), Files.createDirectory(directory.resolve("call")), "resume", "2")
            .start();
    Lab.until("it waits", () -> karez.read("call/stderr").contains("it waits for run 1"));
    Karez.Said second = karez.run("resume", "2");
    assertThat(second.code()).isEqualTo(1);
    assertThat(second.err()).contains("run 2 is being submitted by pid " + waiting.pid());
    Files.createFile(end);
    assertThat(waiting.waitFor()).isZero();
    assertThat(karez.run("status", "2").out()).contains("succeeded");
  }
}
