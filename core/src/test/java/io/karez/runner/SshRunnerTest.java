package io.karez.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.karez.define.JobState;
import io.karez.testing.LocalSshd;
import io.karez.transport.SshHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Launch scripts on a host behind a real `sshd`, which has no scheduler.
@Timeout(120)
class SshRunnerTest {
  @TempDir Path directory;
  private LocalSshd sshd;
  private Path near;
  private Path far;
  private SshRunner runner;

  @BeforeAll
  static void noPatience() {
    System.setProperty("karez.ssh.pause.millis", "20");
  }

  @AfterAll
  static void patienceAgain() {
    System.clearProperty("karez.ssh.pause.millis");
  }

  @BeforeEach
  void aRunner() throws Exception {
    directory = directory.toRealPath();
    near = Files.createDirectory(directory.resolve("near"));
    far = directory.resolve("far");
    sshd = LocalSshd.start(directory.resolve("sshd"));
    runner = SshRunner.in(far.toString(), host(), near);
  }

  private SshHost host() {
    return SshHost.of("far").configuration(sshd.configuration());
  }

  @AfterEach
  void itsEnd() throws Exception {
    Ends.await(far);
    runner.close();
    sshd.close();
  }

  @Test
  void case76_filesAreSentAndTheScriptRunsInTheWorkDirectoryThere() throws Exception {
    Files.createDirectories(near.resolve("data"));
    Files.writeString(near.resolve("data/in.txt"), "seven\n");
    Files.writeString(near.resolve("not.txt"), "");
    LaunchedRun run =
        runner.run(
            Launch.of(template("cat data/in.txt; pwd; echo oh >&2; exit {{ code }}"))
                .with("code", 3)
                .send(Path.of("data")));
    RunStatus end = run.await();
    assertThat(end.state()).isEqualTo(JobState.FAILED);
    assertThat(end.exitCode()).contains(3);
    assertThat(end.silence()).isEmpty();
    assertThat(run.logs()).isEqualTo("seven\n" + far + "\n");
    assertThat(run.errors()).isEqualTo("oh\n");
    assertThat(far.resolve("results/_/run_1/launch/t.bash")).exists();
    assertThat(far.resolve("not.txt")).doesNotExist();
    assertThat(sshd.logins()).isEqualTo(1);
  }

  @Test
  void case76_aRunThereIsCancelledFromHereAndFoundAgain() throws Exception {
    Path pid = directory.resolve("pid");
    long id = runner.run(Launch.of(template("echo $$ >" + pid + "; exec sleep 600"))).id();
    Instant end = Instant.now().plusSeconds(60);
    while (Files.notExists(pid) || Files.size(pid) == 0) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(20);
    }
    try (SshRunner later = SshRunner.on("far", near)) {
      LaunchedRun run = later.find(id);
      assertThat(run.await(Duration.ofMillis(100)).state()).isEqualTo(JobState.RUNNING);
      assertThat(run.cancel().state()).isEqualTo(JobState.CANCELLED);
    }
    assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())))
        .matches(process -> process.filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void severalConfigurationsRunThereInSlots() throws Exception {
    LaunchedRun run =
        runner.run(
            Launch.of("arrayjob.sh.j2").with("command", "echo").vary("i", 1, 2, 3).atATime(2));
    assertThat(run.await().succeeded()).isTrue();
    assertThat(run.logs()).isEqualTo("1/0: --i 1\n1/1: --i 2\n1/2: --i 3\n");
  }

  @Test
  void case76_aDryRunContactsNobody() throws Exception {
    Files.writeString(near.resolve("in.txt"), "");
    DryRun dry =
        runner.dryRun(
            Launch.of("job.slurm.j2").with("command", "./sim").with("time", "5").send(near));
    assertThat(dry.script()).contains("#SBATCH --time=5\n", "./sim");
    assertThat(dry)
        .isEqualTo(new DryRun(dry.script(), "slurm", 1, far.toString(), List.of("in.txt")));
    assertThat(sshd.logins()).isZero();
    assertThat(near.resolve(".karez")).doesNotExist();
    assertThat(far).doesNotExist();
  }

  @Test
  void case76_anUnknownHostKeyIsRefused() throws Exception {
    Files.writeString(sshd.directory().resolve("known_hosts"), "");
    RunnerException refused = refused(() -> runner.run(Launch.of(template("true"))));
    assertThat(refused.reason()).isEqualTo(RunnerException.Reason.UNREACHABLE);
    assertThat(refused.getMessage()).startsWith("the host key of `far` is not known");
    assertThat(refused.run()).isEmpty();
    assertThat(near.resolve("results")).doesNotExist();
  }

  @Test
  void loginByWhatIsGivenInsteadOfTheConfiguration() throws Exception {
    Path plain = directory.resolve("plain");
    Files.writeString(
        plain,
        "UserKnownHostsFile %s\nGlobalKnownHostsFile none\nIdentitiesOnly yes\nBatchMode yes\n"
            .formatted(sshd.directory().resolve("known_hosts")));
    SshHost host =
        SshHost.of("127.0.0.1")
            .user(System.getProperty("user.name"))
            .port(sshd.port())
            .keyFile(sshd.directory().resolve("user"))
            .configuration(plain);
    try (SshRunner right = SshRunner.in(far.toString(), host, near)) {
      assertThat(right.run(Launch.of(template("echo in"))).await().succeeded()).isTrue();
    }
    // Another configuration shares no connection with this one.
    SshHost other = host.configuration(Files.copy(plain, directory.resolve("other")));
    try (SshRunner wrong =
        SshRunner.in(far.toString(), other.keyFile(sshd.directory().resolve("host")), directory)) {
      assertThat(refused(() -> wrong.run(Launch.of(template("true")))).getMessage())
          .startsWith("`127.0.0.1` refused the login");
    }
  }

  @Test
  void theHostBecomesASiteOfTheProjectOnce() throws Exception {
    assertThat(runner.run(Launch.of(template("true"))).await().succeeded()).isTrue();
    assertThat(runner.run(Launch.of(template("true"))).await().succeeded()).isTrue();
    assertThat(Files.readString(near.resolve(".karez/config.yaml")))
        .containsOnlyOnce("far:")
        .contains("\"host\":\"far\"");
    SshRunner.in(far.toString(), host(), near).close();
    RunnerException refused = refused(() -> SshRunner.in("/elsewhere", host(), near).close());
    assertThat(refused.getMessage())
        .startsWith("the site `far` is another host, another login or another directory")
        .contains("hint: `SshRunner.on(\"far\")` runs there");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SshHost.of("-oProxyCommand=x"))
        .withMessage("`-oProxyCommand=x` is not a host");
  }

  @Test
  void aSiteThatIsDownKeepsWhatIsKnown() throws Exception {
    LaunchedRun run = runner.run(Launch.of(template("exec sleep 600")));
    sshd.down();
    assertThat(run.status().silence()).isPresent();
    assertThat(run.status().settled()).isFalse();
    sshd.up();
    try (SshRunner later = SshRunner.on("far", near)) {
      assertThat(later.find(run.id()).cancel().state()).isEqualTo(JobState.CANCELLED);
    }
  }

  private String template(String text) throws IOException {
    Path file = directory.resolve("t.bash.j2");
    Files.writeString(file, text + "\n");
    return file.toString();
  }

  private interface Call {
    void run() throws Exception;
  }

  private static RunnerException refused(Call call) {
    return catchThrowableOfType(RunnerException.class, call::run);
  }
}
