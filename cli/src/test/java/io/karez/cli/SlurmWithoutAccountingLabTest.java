package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.text.Json;
import io.karez.text.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A real Slurm that keeps no accounting.
@Tag("lab")
class SlurmWithoutAccountingLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("no-accounting");

  private static LabProject project;

  @BeforeAll
  static void makeProject() throws Exception {
    project = LabProject.make(LAB, "unaccounted");
  }

  @Test
  void theDoctorWarnsOfIt() throws Exception {
    List<String> found = SlurmDoctorLabTest.findings(project.require("doctor", "--json"));
    assertThat(found)
        .contains("warning slurm accounting Slurm keeps none")
        .noneMatch(line -> line.startsWith("error") || line.contains("slurm account "));
  }

  @Test
  void efficiencyRestsOnTheJobsOwnRecords() throws Exception {
    long run =
        project.submit(
            "--memory",
            "400M",
            "--time",
            "10m",
            "--",
            "python3",
            "-c",
            "b = bytearray(90_000_000)");
    project.require("wait", Long.toString(run));
    JsonObject document =
        JsonObject.of(Json.read(project.require("efficiency", Long.toString(run), "--json"), "it"))
            .orElseThrow();
    JsonObject job = document.objects("jobs").getFirst();
    assertThat(job.string("memory_source")).isEqualTo("time");
    assertThat(job.optionalDecimal("memory_share").orElseThrow()).isBetween(0.2, 0.5);
  }
}
