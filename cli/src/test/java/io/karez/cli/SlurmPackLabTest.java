package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.text.JsonObject;
import io.karez.transport.Completed;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Several jobs of a run inside one of Slurm's.
@Tag("lab")
class SlurmPackLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  private static LabProject project;

  @BeforeAll
  static void makeProject() throws Exception {
    project = LabProject.make(LAB, "pack");
  }

  @Test
  void everyJobHasItsOwnEndThoughTheSchedulerKnowsOnlyThePack() throws Exception {
    long run =
        project.submit(
            "--pack",
            "10",
            "-R",
            "--i 0 25 1",
            "--",
            "sh",
            "-c",
            "[ $2 != 13 ] || [ -e mended ] || exit 3",
            "sh");
    assertThat(project.karez("wait", Long.toString(run)).exitCode()).isEqualTo(3);
    List<JsonObject> jobs = project.jobs(run);
    assertThat(Collections.frequency(project.states(run), "SUCCEEDED")).isEqualTo(24);
    assertThat(project.states(run).get(13)).isEqualTo("FAILED exit");
    String array = jobs.getFirst().string("native_id").replaceFirst("_.*", "");
    assertThat(jobs)
        .extracting(job -> job.string("native_id"))
        .contains(array + "_2")
        .endsWith(array + "_2")
        .startsWith(array + "_0");
    assertThat(LAB.ask("sacct", "-nPX", "-j", array, "-o", "JobID").lines()).hasSize(3);

    project.shell(": >mended");
    project.require("retry", Long.toString(run));
    assertThat(project.karez("wait", Long.toString(run)).exitCode()).isZero();
  }

  @Test
  void aPackRunsSideBySideWhereThereIsRoomAndEndsAsAWhole() throws Exception {
    String program = "echo here; sleep 600";
    long run =
        project.submit(
            "--pack", "3", "--native", "--exclusive", "-R", "--i 0 4 1", "--", "sh", "-c", program);
    Lab.until("all run", () -> project.states(run).equals(Collections.nCopies(4, "RUNNING")));
    Completed one = project.karez("cancel", run + "/1");
    assertThat(one.exitCode()).isEqualTo(1);
    assertThat(one.errorText())
        .contains("error: job 1 of run %d cannot be ended alone: its pack runs 0, 2".formatted(run))
        .contains("hint: `karez cancel %1$d/0 %1$d/1 %1$d/2` ends".formatted(run));
    assertThat(project.states(run)).containsOnly("RUNNING");
    project.require("cancel", run + "/0", run + "/1", run + "/2");
    assertThat(project.states(run))
        .containsExactly("CANCELLED user", "CANCELLED user", "CANCELLED user", "RUNNING");
    project.require("cancel", Long.toString(run));
    assertThat(project.states(run)).containsOnly("CANCELLED user");
  }

  @Test
  void whatThePackHadNoTimeForEndedBecauseOfTheTime() throws Exception {
    long run =
        project.submit(
            "--pack", "3", "--time", "1m", "-g", "0", "-g", "600", "-g", "600", "--", "sleep");
    assertThat(project.karez("wait", Long.toString(run)).exitCode()).isEqualTo(3);
    assertThat(project.states(run))
        .containsExactly("SUCCEEDED", "FAILED timeout", "FAILED timeout");
  }

  /// Looked at while the pack runs and after its end, by nobody who waits.
  @Test
  void aJobThatEndedByItselfKeepsItsEndWhateverBecomesOfThePack() throws Exception {
    String program =
        """
        case $2 in
          1) exec python3 -c 'x = bytearray(400_000_000); print(len(x))' ;;
          3) until [ -e looked ]; do sleep 0.1; done ;;
          *) ;;
        esac
        """;
    long run =
        project.submit(
            "--pack", "4", "--memory", "100M", "-R", "--i 0 4 1", "--", "sh", "-c", program, "sh");
    Lab.until(
        "three have ended",
        () ->
            project
                .states(run)
                .equals(List.of("SUCCEEDED", "FAILED signal", "SUCCEEDED", "RUNNING")));
    project.shell(": >looked");
    Lab.until("the pack has ended", () -> project.isSettled(run));
    assertThat(project.states(run))
        .containsExactly("SUCCEEDED", "FAILED oom", "SUCCEEDED", "SUCCEEDED");
    String pack = project.nativeId(run);
    assertThat(LAB.ask("sacct", "-nPX", "-j", pack, "-o", "State").strip())
        .isEqualTo("OUT_OF_MEMORY");
  }
}
