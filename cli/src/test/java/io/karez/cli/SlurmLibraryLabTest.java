package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.karez.define.JobState;
import io.karez.runner.JobStatus;
import io.karez.runner.Launch;
import io.karez.runner.LaunchedRun;
import io.karez.runner.RunStatus;
import io.karez.runner.RunnerException;
import io.karez.runner.SshRunner;
import io.karez.transport.SshHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The library, to a real Slurm behind ssh.
@Tag("lab")
class SlurmLibraryLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  @TempDir Path directory;
  private String work = "";
  private SshRunner runner;

  @BeforeEach
  void aRunner() throws Exception {
    directory = directory.toRealPath();
    work = "/home/researcher/library/" + directory.getFileName();
    runner = SshRunner.in(work, SshHost.of("lab").configuration(LAB.sshConfig()), directory);
    Files.writeString(
        directory.resolve("sim"), "#!/bin/sh\nprintf '<%s>' \"$@\"\n[ \"$2\" != 2 ]\n");
    assertThat(directory.resolve("sim").toFile().setExecutable(true)).isTrue();
  }

  private Launch array() {
    return Launch.of("arrayjob.slurm.j2")
        .with("command", "./sim")
        .with("time", "5")
        .with("memory", "40M")
        .with("name", "of-the-library")
        .send(directory.resolve("sim"));
  }

  @Test
  void case76_anArrayIsSubmittedThereAndEachEndIsSeenHere() throws Exception {
    LaunchedRun run = runner.run(array().vary("iterations", 1, 2, 3).vary("mode", "test", "it's"));
    RunStatus first = run.status();
    assertThat(first.jobs()).hasSize(6);
    assertThat(first.jobs().getFirst().nativeId()).isPresent();
    RunStatus end = run.await(Duration.ofMinutes(2));
    assertThat(end.jobs())
        .extracting(JobStatus::state)
        .containsExactly(
            JobState.SUCCEEDED,
            JobState.FAILED,
            JobState.SUCCEEDED,
            JobState.SUCCEEDED,
            JobState.FAILED,
            JobState.SUCCEEDED);
    assertThat(end.exitCode()).contains(1);
    assertThat(run.logs(3)).isEqualTo("<--iterations><1><--mode><it's>");
    Karez karez = Karez.at(directory);
    assertThat(karez.run("status", "1").out()).contains("mode=it's");
    assertThat(karez.run("retry", "1", "--failed").code()).isZero();
  }

  @Test
  void jobsThatWaitAndRunThereAreCancelledFromHere() throws Exception {
    Files.writeString(directory.resolve("sim"), "#!/bin/sh\nexec sleep 600\n");
    LaunchedRun run = runner.run(array().vary("i", 1, 2, 3).atATime(1));
    assertThat(LAB.ask("squeue", "--noheader", "--me", "--name=of-the-library")).isNotEmpty();
    assertThat(run.cancel().state()).isEqualTo(JobState.CANCELLED);
    assertThat(LAB.ask("squeue", "--noheader", "--me", "--name=of-the-library")).isEmpty();
  }

  @Test
  void aRefusalIsQuotedAndTheRunKept() {
    RunnerException refused =
        catchThrowableOfType(
            RunnerException.class,
            () -> runner.run(array().vary("i", 1).directive("--partition=nowhere")));
    assertThat(refused.reason()).isEqualTo(RunnerException.Reason.REFUSED);
    assertThat(refused.getMessage())
        .contains("`slurm` refused run 1:\n  ", "invalid partition", "\nhint: ");
    assertThat(refused.run()).hasValue(1);
  }
}
