package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A real Slurm behind a connection that breaks at the worst moments.
@Tag("lab")
class SiteFaultLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  @TempDir Path directory;
  private Karez karez;
  private Path there;

  @BeforeAll
  static void noPatience() {
    System.setProperty("karez.ssh.pause.millis", "20");
  }

  @AfterAll
  static void patienceAgain() {
    System.clearProperty("karez.ssh.pause.millis");
  }

  /// Its shell finds programs of this test before those of Slurm, in a directory of its own.
  @BeforeEach
  void aSite() throws Exception {
    karez = Karez.project(Files.createDirectory(directory.resolve("project")));
    String name = directory.getFileName().toString();
    there = LAB.home().resolve(name);
    LAB.write(
        name + "/sh", "#!/bin/sh\nPATH=$HOME/%s/bin:$PATH exec /bin/sh \"$@\"\n".formatted(name));
    LAB.ask("chmod", "+x", "/home/researcher/" + name + "/sh");
    karez.write(
        ".karez/config.yaml",
        """
        slurm: {default: {--time: 2, --mem: 100M}}
        sites:
          lab:
            host: lab
            ssh_config: '%1$s'
            scheduler: slurm
            directory: %2$s/project
            shell: /home/researcher/%2$s/sh
        """
            .formatted(LAB.sshConfig(), name));
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    LAB.asRoot("service", "start", "sshd");
    LAB.run("scancel", "--me");
  }

  @Test
  void aLinkThatBreaksDuringTheSubmissionSubmitsNothingTwice() throws Exception {
    onceInterrupted(
        "sbatch", "$real \"$@\" >$place/answer; : >$place/begun; $wait; cat $place/answer");
    Karez.Said said =
        cutDuring(() -> karez.run("run", "--on", "lab", "-R", "--i 0 3 1", "--", "true"));
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(karez.run("wait", "1").code()).isZero();
    assertThat(arrays()).isEqualTo(1);
  }

  @Test
  void aLinkThatBreaksBeforeTheSubmissionLosesNothing() throws Exception {
    onceInterrupted("sbatch", ": >$place/begun; $wait; exit 1");
    Karez.Said said =
        cutDuring(() -> karez.run("run", "--on", "lab", "-R", "--i 0 3 1", "--", "true"));
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err())
        .contains(
            "error: nobody knows whether `slurm` has run 1\n"
                + "  the connection to `lab` broke while `send ",
            "hint: `karez resume 1` asks it, and submits what it does not have\n");
    assertThat(arrays()).isZero();
    assertThat(karez.run("resume", "1").err())
        .contains("run 1: the scheduler does not know submission 1: its jobs are submitted again");
    assertThat(karez.run("wait", "1").code()).isZero();
    assertThat(arrays()).isEqualTo(1);
  }

  @Test
  void aLinkThatBreaksDuringALookIsMadeAgain() throws Exception {
    assertThat(karez.run("run", "--on", "lab", "--", "sleep", "600").code()).isZero();
    onceInterrupted("squeue", ": >$place/begun; $wait; $real \"$@\"");
    Karez.Said said = cutDuring(() -> karez.run("status", "1"));
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("\n0\t");
  }

  @Test
  void aSiteThatStaysDownIsSaidAndChangesNothing() throws Exception {
    assertThat(karez.run("run", "--on", "lab", "--", "sleep", "600").code()).isZero();
    LAB.service("stop", "sshd");
    cut();
    Karez.Said said = karez.run("status", "1");
    assertThat(said.code()).isEqualTo(4);
    assertThat(said.err()).contains("warning: `lab` does not answer", "hint: `ssh -F ");
    assertThat(said.out()).doesNotContain("failed", "unknown");
    LAB.service("start", "sshd");
    assertThat(karez.run("cancel", "1").err()).isEqualTo("run 1: cancelled\n");
  }

  /// @param script of `sh` for the first call; `$wait` lasts until the link is cut
  private void onceInterrupted(String program, String script) throws Exception {
    String name = directory.getFileName().toString();
    LAB.write(
        name + "/bin/" + program,
        """
        #!/bin/sh
        real=/usr/bin/%s place=$HOME/%s
        if ! mkdir $place/once 2>/dev/null; then exec $real "$@"; fi
        wait() { until [ -e $place/cut ]; do sleep 0.02; done; }
        wait=wait
        %s
        """
            .formatted(program, name, script));
    LAB.ask("chmod", "+x", "/home/researcher/" + name + "/bin/" + program);
  }

  private Karez.Said cutDuring(Callable<Karez.Said> command) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Karez.Said> said = threads.submit(command);
      Instant end = Instant.now().plus(Duration.ofSeconds(60));
      while (Files.notExists(there.resolve("begun"))) {
        assertThat(Instant.now()).isBefore(end);
        assertThat(said.isDone()).isFalse();
        Thread.sleep(10);
      }
      cut();
      LAB.write(directory.getFileName() + "/cut", "");
      return said.get();
    }
  }

  private static void cut() throws Exception {
    LAB.asRoot("pkill", "-KILL", "-f", "^sshd-session: researcher");
  }

  /// How many arrays Slurm was given.
  private long arrays() throws Exception {
    return LAB.ask("sacct", "-X", "-n", "-P", "-o", "jobid,submitline", "--name=karez_1")
        .lines()
        .filter(line -> line.contains(directory.getFileName() + "/"))
        .map(line -> line.split("_")[0])
        .distinct()
        .count();
  }
}
