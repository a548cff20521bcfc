package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.text.Json;
import io.karez.text.JsonObject;
import io.karez.transport.Completed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What `doctor` finds at a real Slurm.
@Tag("lab")
class SlurmDoctorLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  private static LabProject project;

  @BeforeAll
  static void makeProject() throws Exception {
    project = LabProject.make(LAB, "doctor");
  }

  @Test
  void aHealthySiteHasNoErrors() throws Exception {
    List<String> found = findings(project.require("doctor", "--json"));

    assertThat(found)
        .contains(
            "ok directory writable /home/researcher/doctor",
            "ok slurm version 24.11.5, cluster `lab`",
            "ok slurm clock the controller's agrees with this machine's",
            "note slurm comments the accounting does not keep them",
            "ok slurm limits arrays of up to 1001 jobs, 10000 jobs of all users together",
            "ok slurm account research you have no limits of your own",
            "ok slurm queue debug default, up to 1-00:00:00 (0:10:00 unless asked for), 4 nodes,"
                + " limits of the quality of service `limited`")
        .noneMatch(line -> line.startsWith("error") || line.startsWith("warning"));
    assertThat(found)
        .anyMatch(line -> line.startsWith("ok slurm accounting `sacct` answers"))
        .anyMatch(line ->
            line.startsWith("ok slurm memory limits are enforced (cgroup)")
                || line.startsWith("note slurm memory limits are enforced by looking"));
  }

  @Test
  void aDatabaseThatIsDownIsAWarningAndAControllerAnError() throws Exception {
    LAB.service("stop", "slurmdbd");
    try {
      Completed said = project.karez("doctor", "--json");
      assertThat(said.exitCode()).isZero();
      assertThat(findings(said.text()))
          .anyMatch(line -> line.startsWith("warning slurm accounting `sacct`: exit code 1: "));
      LAB.service("stop", "slurmctld");
      said = project.karez("doctor", "--json");
      assertThat(said.exitCode()).isEqualTo(1);
      assertThat(findings(said.text()))
          .anyMatch(line -> line.startsWith("error slurm controller `scontrol show config`: "));
    } finally {
      LAB.service("start", "slurmdbd");
      LAB.service("start", "slurmctld");
    }
  }

  static List<String> findings(String document) {
    List<String> found = new ArrayList<>();
    for (JsonObject finding :
        JsonObject.of(Json.read(document, "doctor")).orElseThrow().objects("findings")) {
      found.add(
          String.join(
              " ",
              finding.string("grade"),
              finding.string("section"),
              finding.string("about"),
              finding.string("said")));
    }
    return found;
  }
}
