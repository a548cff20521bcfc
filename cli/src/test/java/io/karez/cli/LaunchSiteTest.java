package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.runner.Launch;
import io.karez.runner.LaunchedRun;
import io.karez.runner.LocalRunner;
import io.karez.runner.RunStatus;
import io.karez.runner.SshRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Launch templates on a site behind a real `sshd`, without a scheduler, by the command line and by
/// the library.
class LaunchSiteTest extends WithFarSite {
  @BeforeEach
  void itsFiles() throws Exception {
    karez.write("grid.json", "{\"iterations\": [1, 2, 3], \"mode\": [\"test\", \"it's\"]}");
    karez.write("sim.sh", "printf '<%s>' \"$@\"; [ \"$2\" != 2 ]\n");
  }

  @Test
  void case76_anArrayGoesThereAndComesBack() throws Exception {
    Karez.Said said = launch("arrayjob.sh.j2", "--fetch");
    assertThat(said.err()).contains("far: ", "run 1: 4 succeeded, 2 failed");
    assertThat(said.code()).isEqualTo(3);
    assertThat(far.directory().resolve("results/_/run_1/launch/arrayjob.sh")).exists();
    assertThat(karez.read("results/_/run_1/group_3/stdout.txt"))
        .isEqualTo("<--iterations><1><--mode><it's>");
    assertThat(karez.run("status", "1").out()).contains("task=3", "mode=it's");
    assertThat(karez.run("retry", "1", "--failed").code()).isEqualTo(3);
    assertThat(karez.run("rerun", "1/0").code()).isZero();
  }

  @Test
  void case77_aSerialJobThereRunsEachConfigurationOnce() throws Exception {
    karez.write("sim.sh", "printf '<%s>' \"$@\"\n");
    assertThat(launch("job.bash.j2", "--wait").code()).isZero();
    for (int i = 0; i < 6; i++) {
      assertThat(far.directory().resolve("results/_/run_1/config_" + i + "/out.log"))
          .hasContent(
              "<--iterations><%d><--mode><%s>".formatted(i % 3 + 1, i < 3 ? "test" : "it's"));
    }
  }

  @Test
  void case76_aDryRunShowsTheScriptAndTheTransfersAndMakesNothing() throws Exception {
    Karez.Said said = launch("job.bash.j2", "--dry-run");
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains("launch/job.bash:\n", "run 0 --iterations 1 --mode 'test'\n")
        .contains(
            """

            sent to `far` before, as far as it is not there:
              .gitignore
              .karez/config.yaml
              grid.json
              sim.sh

            submitted with:
              /bin/sh %1$s/local.sh start %1$s 1
            """
                .formatted(far.directory().resolve("results/_/run_ID")))
        .doesNotContain("nothing is transferred");
    assertThat(launch("job.bash.j2", "--dry-run", "--json").out())
        .contains(
            "\"site\":\"far\",\"transfers\":[\".gitignore\",\".karez/config.yaml\",\"grid.json\",\"sim.sh\"]");
    assertThat(far.sshd().logins()).isZero();
    assertThat(far.directory()).doesNotExist();
    assertThat(karez.root().resolve("results/_")).doesNotExist();
  }

  @Test
  void case75_whatCannotBeCopiedKeepsTheRunFromStarting() throws Exception {
    Files.createDirectories(far.directory().resolve("sim.sh"));
    Karez.Said said = launch("job.bash.j2", "--wait");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("so nothing was submitted: sim.sh: ");
    assertThat(karez.root().resolve("results/_/run_1")).doesNotExist();
    assertThat(far.directory().resolve("results/_/run_1")).doesNotExist();
  }

  @Test
  void aRunOfTheLibraryIsARunOfTheCommandLine() throws Exception {
    try (SshRunner runner = SshRunner.on("far", karez.root())) {
      karez.write("t.bash.j2", "echo {{ word }}; exec sleep 600\n");
      Launch launch = Launch.of(karez.root().resolve("t.bash.j2").toString()).with("word", "here");
      LaunchedRun run = runner.run(launch);
      assertThat(run.id()).isEqualTo(1);
      assertThat(karez.run("status").out()).contains("t.bash.j2");
      awaitOutput(run);
      assertThat(karez.run("logs", "1").out()).isEqualTo("here\n");
      assertThat(karez.run("cancel", "1").code()).isZero();
      assertThat(run.await(Duration.ofSeconds(30)).state()).hasToString("CANCELLED");
    }
    try (LocalRunner runner = LocalRunner.in(karez.root())) {
      assertThat(karez.run("run", "--", "echo", "by hand").code()).isZero();
      RunStatus status = runner.find(2).await();
      assertThat(status.exitCode()).contains(0);
      assertThat(runner.find(2).logs()).isEqualTo("by hand\n");
      LaunchedRun own =
          runner.run(Launch.of("job.sh.j2").with("command", "echo").vary("i", 1).tagged("mine"));
      assertThat(own.await().succeeded()).isTrue();
      assertThat(karez.run("show", "3").out()).contains("mine", "job.sh.j2");
      assertThat(karez.run("rerun", "3").code()).isZero();
      assertThat(runner.find(4).logs()).isEqualTo("--i 1\n");
    }
  }

  private static void awaitOutput(LaunchedRun run) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (run.logs().isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private Karez.Said launch(String template, String... options) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "launch",
                template,
                "--on",
                "far",
                "--set",
                "command=sh " + far.directory().resolve("sim.sh"),
                "--values",
                karez.root().resolve("grid.json").toString()));
    words.addAll(List.of(options));
    return karez.run(words.toArray(String[]::new));
  }
}
