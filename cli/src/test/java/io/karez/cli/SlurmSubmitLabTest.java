package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is asked of a real Slurm.
@Tag("lab")
class SlurmSubmitLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  private static LabProject project;

  @BeforeAll
  static void makeProject() throws Exception {
    project = LabProject.make(LAB, "submit");
  }

  @Test
  void directivesComeFromTheTemplateAndTheCommandLine() throws Exception {
    LAB.write("submit/few.yaml", "-p: short\n--mem: 40M\n--exclusive:\n");
    long run =
        project.submit(
            "--submit-template",
            "few.yaml",
            "--memory",
            "30M",
            "--time",
            "3m",
            "--native",
            "--nice=5",
            "--throttle",
            "2",
            "-R",
            "--i 0 4 1",
            "--",
            "true");
    String job = project.nativeId(run).replaceFirst("_.*", "");
    assertThat(LAB.ask("scontrol", "show", "job", job))
        .contains("Partition=short", "TimeLimit=00:03:00", "ArrayTaskThrottle=2", "Nice=5")
        .contains("MinMemoryNode=30M");
    project.require("wait", Long.toString(run));
    assertThat(project.states(run)).containsOnly("SUCCEEDED");
  }

  @Test
  void whatSlurmRefusesHasFailedAndItsWordsAreKept() throws Exception {
    Map<String, String> refusals =
        Map.of(
            "--reservation=nope", "Requested reservation is invalid",
            "--gres=nope:1", "Invalid generic resource (gres) specification",
            "--begin=nope", "Invalid --begin specification",
            "--nonsense=1", "unrecognized option '--nonsense=1'");
    for (Map.Entry<String, String> refusal : refusals.entrySet()) {
      Completed said =
          project.karez("run", "-r", "slurm", "--native=" + refusal.getKey(), "--", "true");
      assertThat(said.exitCode()).isEqualTo(1);
      assertThat(said.errorText())
          .contains("error: `slurm` refused run")
          .contains(refusal.getValue());
      String status = project.require("status", "last", "--json");
      assertThat(LabProject.jobs(status).getFirst().string("state")).isEqualTo("FAILED");
      assertThat(LabProject.jobs(status).getFirst().string("cause")).isEqualTo("launch");
      assertThat(project.require("why", "last")).contains(refusal.getValue());
    }
  }

  /// The configuration says that an array can have so few tasks; the daemon would take more.
  @Test
  void aRunInSeveralArraysIsWaitedForAsAWhole() throws Exception {
    LAB.write("few/scontrol", "#!/bin/sh\necho 'MaxArraySize = 3'\n");
    LAB.ask("chmod", "755", "few/scontrol");
    Completed run =
        LAB.run(
            Command.of(
                    Karez.command(
                        Path.of("/tmp"),
                        "run",
                        "-r",
                        "slurm",
                        "--wait",
                        "-R",
                        "--i 0 7 1",
                        "--",
                        "sh",
                        "-c",
                        "[ $2 -lt 6 ] || { sleep 3; exit 4; }",
                        "sh"))
                .in(Path.of(project.directory()))
                .with(Map.of("PATH", "/home/researcher/few:/usr/bin:/bin")));
    assertThat(run.exitCode()).as(run.errorText()).isEqualTo(ExitCode.JOB_FAILED);
    assertThat(run.errorText()).contains("6 succeeded, 1 failed");
    assertThat(project.shell("ls -d results/_/run_*/submissions/3 | wc -l")).isEqualTo("1");
  }
}
