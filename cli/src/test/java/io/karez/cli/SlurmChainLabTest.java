package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.text.JsonObject;
import io.karez.transport.Completed;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Jobs that start again, and runs that wait for others.
@Tag("lab")
class SlurmChainLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  private static LabProject project;

  @BeforeAll
  static void makeProject() throws Exception {
    project = LabProject.make(LAB, "chain");
  }

  @Test
  void aProgramThatIsWarnedSavesItsWorkAndGoesOnLater() throws Exception {
    String program =
        """
        if [ -e saved ]; then echo "went on after $(cat saved)"; exit 0; fi
        trap 'echo half >saved; exit 75' USR1
        while :; do sleep 0.1; done
        """;
    long run =
        project.submit("--time", "1m", "--signal", "USR1@40:requeue", "--", "sh", "-c", program);
    Completed waited = project.karez("wait", Long.toString(run));
    assertThat(waited.exitCode()).as(waited.errorText()).isZero();
    JsonObject job = project.jobs(run).getFirst();
    assertThat(job.string("state")).isEqualTo("SUCCEEDED");
    assertThat(job.integer("attempt")).isEqualTo(1);
    assertThat(project.require("logs", Long.toString(run))).isEqualTo("went on after half");
    assertThat(project.shell("cat results/_/run_%d/record.jsonl".formatted(run)))
        .contains("\"status\":75", "USR1", "\"restart\":\"1\"");
  }

  @Test
  void aJobThatTheSchedulerPutsBackRunsOnceMore() throws Exception {
    String program = "[ ! -e again ] || exit 0; : >again; sleep 600";
    long run = project.submit("--time", "5m", "--", "sh", "-c", program);
    Lab.until("its program runs", () -> project.shell("ls").contains("again"));
    LAB.ask("scontrol", "requeue", project.nativeId(run));
    Lab.until(
        "it is back in the queue, or runs again",
        () -> !project.states(run).getFirst().startsWith("FAILED"));
    assertThat(project.karez("wait", Long.toString(run)).exitCode()).isZero();
    assertThat(project.states(run)).containsExactly("SUCCEEDED");
  }

  @Test
  void theSchedulerWaitsForOtherRuns() throws Exception {
    String program = "until [ -e go ]; do sleep 0.1; done; exit $1";
    long good = project.submit("-R", "--i 0 2 1", "--", "sh", "-c", program, "sh", "0");
    long bad = project.submit("-g", "0", "-g", "3", "--", "sh", "-c", program, "sh");
    long afterGood = project.submit("--after", good + "", "--", "true");
    long afterBad = project.submit("--after", bad + ":ok", "--", "true");
    long afterAll =
        project.submit("--after", good + ":any", "--after", bad + ":failed", "--", "true");
    assertThat(project.shell("cat results/_/run_%d/execute.sh".formatted(afterAll)))
        .contains("--dependency=afterany:", ",afternotok:", "--kill-on-invalid-dep=yes");
    Lab.until(
        "it waits for a run",
        () ->
            project
                .require("explain", Long.toString(afterGood))
                .contains("waits for another job to end"));
    project.shell(": >go");
    assertThat(project.karez("wait", Long.toString(afterGood)).exitCode()).isZero();
    assertThat(project.karez("wait", Long.toString(afterAll)).exitCode()).isZero();
    assertThat(project.karez("wait", Long.toString(afterBad)).exitCode()).isEqualTo(3);
    assertThat(project.states(afterBad)).containsExactly("CANCELLED dependency");

    Completed never = project.karez("run", "-r", "slurm", "--after", bad + "", "--", "true");
    assertThat(never.exitCode()).isEqualTo(2);
    assertThat(never.errorText()).contains("1 of the 2 jobs of run %d".formatted(bad));
    // what waits on this machine waits for the batch system as well
    project.require("run", "--after", good + "", "--", "true");
  }
}
