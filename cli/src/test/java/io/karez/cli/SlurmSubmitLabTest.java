package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
}
