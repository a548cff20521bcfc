package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.karez.text.ShellWords;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands that stay and look on: what ends them, and that it does not end the jobs.
class WatchingTest {
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  @TempDir Path directory;
  @TempDir Path files;
  private Karez karez;
  private Lab lab;
  private Path gate;

  @BeforeEach
  void aRunThatGoesOnUntilTheGateIsOpened() throws Exception {
    karez = Karez.project(directory);
    lab = new Lab(karez);
    gate = directory.resolve("gate");
    String program = "echo begun; until [ -e '%s' ]; do sleep 0.05; done".formatted(gate);
    assertThat(karez.run("run", "--", "true").code()).isZero();
    assertThat(karez.run("run", "--detach", "--", "sh", "-c", program).code()).isZero();
    lab.untilStates(2, "RUNNING");
  }

  @AfterEach
  void theRunHasEnded() throws Exception {
    if (!Files.exists(gate)) {
      Files.createFile(gate);
    }
    lab.untilStates(2, "SUCCEEDED");
  }

  @Test
  void anInterruptEndsLogsAndNotTheJobs() throws Exception {
    Process process = started("logs", "2", "--follow");
    untilSaid("stdout", "begun");

    Lab.signal("INT", process.pid());

    assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(files.resolve("stderr")).isEmptyFile();
    assertThat(lab.states(2)).containsExactly("RUNNING");
  }

  @Test
  void anInterruptEndsWaitingAndNotTheJobs() throws Exception {
    Process process = started("wait", "1", "2");
    untilSaid("stderr", "run 1: succeeded");

    Lab.signal("INT", process.pid());

    assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(files.resolve("stderr")).hasContent("run 1: succeeded\n");
    assertThat(lab.states(2)).containsExactly("RUNNING");
  }

  @Test
  void waitingIsOverWhenTheJobsAre() throws Exception {
    Process process = started("wait", "1", "2");
    untilSaid("stderr", "run 1: succeeded");

    Files.createFile(gate);

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(files.resolve("stderr")).hasContent("run 1: succeeded\nrun 2: succeeded\n");
  }

  @Test
  void theWatchedStatusIsShownAnewUntilTheRunHasEnded() throws Exception {
    Process process = onTerminal("status", "--watch");
    untilSaid("stdout", "● running");

    Files.createFile(gate);

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    String shown = said("stdout");
    assertThat(shown).startsWith("\033[?25l").endsWith("\033[?25h");
    String last = shown.substring(shown.lastIndexOf("\033[?2026h"));
    // It goes up by the three lines of the last time, and writes them anew.
    assertThat(last).startsWith("\033[?2026h\033[?7l\033[3A\r\033[K");
    assertThat(last.split("✓ succeeded", -1)).hasSize(3);
    assertThat(last).doesNotContain("running");
  }

  @Test
  void waitingOnATerminalShowsHowFarTheRunHasCome() throws Exception {
    String program = "until [ -e '%s' ]; do sleep 0.05; done; exit $0".formatted(gate);
    karez.run("run", "--detach", "--threads", "2", "-g", "0", "-g", "1", "--", "sh", "-c", program);
    lab.untilStates(3, "RUNNING", "RUNNING");
    Process process = onTerminal("wait", "3");
    untilSaid("stdout", "0/2 done, 2 running");

    Files.createFile(gate);

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(3);
    assertThat(said("stdout")).endsWith("\r\033[Krun 3: 1 succeeded, 1 failed\r\n");
  }

  @Test
  void whatCtrlCPrintsDoesNotStandBesideTheNextLine() throws Exception {
    String program = "sleep 60; exit $0";
    Process process =
        onTerminal("run", "--threads", "2", "-g", "0", "-g", "1", "--", "sh", "-c", program);
    untilSaid("stdout", "0/2 done, 2 running");

    try (OutputStream keys = process.getOutputStream()) {
      keys.write(3);
      keys.flush();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(said("stdout"))
        .contains("0/2 done, 2 running^C\r\033[Kcancelling run 3 ...\r\n")
        .endsWith("\nrun 3: 2 cancelled in results/_/run_3\r\n");
  }

  @Test
  void ctrlCEndsTheWatchedStatusAndNotTheJobs() throws Exception {
    Process process = onTerminal("status", "2", "--watch");
    untilSaid("stdout", "● running");

    try (OutputStream keys = process.getOutputStream()) {
      keys.write(3);
      keys.flush();
      assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(said("stdout")).endsWith("\033[?25h");
    assertThat(lab.states(2)).containsExactly("RUNNING");
  }

  private Process started(String... words) throws IOException {
    return Karez.interruptible(karez.root(), files, words).start();
  }

  /// On a terminal of 80 columns and 24 lines.
  private Process onTerminal(String... words) throws IOException {
    assumeTrue(Files.isExecutable(SCRIPT), "`script` is not installed");
    ProcessBuilder builder = Karez.interruptible(karez.root(), files, words);
    String command =
        "stty rows 24 cols 80; exec " + ShellWords.quoteAll(List.copyOf(builder.command()));
    return builder
        .command(SCRIPT.toString(), "--quiet", "--return", "--command", command, "/dev/null")
        .start();
  }

  private void untilSaid(String stream, String text) throws Exception {
    Lab.until("`%s` is said".formatted(text), () -> said(stream).contains(text));
  }

  private String said(String stream) throws IOException {
    return Files.readString(files.resolve(stream));
  }
}
