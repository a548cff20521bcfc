package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.transport.Completed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Every end that a job can come to on a real Slurm.
@Tag("lab")
class SlurmEndsLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  private static LabProject project;

  @BeforeAll
  static void makeProject() throws Exception {
    project = LabProject.make(LAB, "ends");
  }

  @Test
  void everyEndHasItsStateAndItsCause() throws Exception {
    Map<String, Long> runs = new LinkedHashMap<>();
    Map<String, List<String>> expected = new LinkedHashMap<>();
    runs.put("timeout", project.submit("--time", "1m", "--", "sleep", "600"));
    expected.put("timeout", List.of("FAILED timeout"));
    runs.put("success", project.submit("--time", "5m", "--", "true"));
    expected.put("success", List.of("SUCCEEDED"));
    runs.put("exit", project.submit("--time", "5m", "--", "sh", "-c", "exit 3"));
    expected.put("exit", List.of("FAILED exit"));
    runs.put("signal", project.submit("--time", "5m", "--", "sh", "-c", "kill -s SEGV $$"));
    expected.put("signal", List.of("FAILED signal"));
    String hungry = "x = bytearray(300_000_000); print(len(x))";
    runs.put("memory", project.submit("--memory", "50M", "--", "python3", "-c", hungry));
    expected.put("memory", List.of("FAILED oom"));
    runs.put(
        "mixed", project.submit("-R", "--i 0 4 1", "--", "sh", "-c", "exit $(($2 % 2 * 5))", "sh"));
    expected.put("mixed", List.of("SUCCEEDED", "FAILED exit", "SUCCEEDED", "FAILED exit"));
    runs.put("cancelled running", project.submit("--time", "5m", "--", "sleep", "600"));
    expected.put("cancelled running", List.of("CANCELLED user"));
    runs.put("cancelled waiting", project.submit("--native", "--hold", "--", "sleep", "600"));
    expected.put("cancelled waiting", List.of("CANCELLED user"));
    runs.put("cancelled by hand", project.submit("--native", "--hold", "--", "sleep", "600"));
    expected.put("cancelled by hand", List.of("CANCELLED user"));
    runs.put(
        "node",
        project.submit("--native", "-w n04", "--native", "--no-requeue", "--", "sleep", "600"));
    expected.put("node", List.of("FAILED node"));

    Lab.until(
        "the jobs to be ended run",
        () ->
            project.states(runs.get("cancelled running")).equals(List.of("RUNNING"))
                && project.states(runs.get("node")).equals(List.of("RUNNING")));
    project.require("cancel", runs.get("cancelled running").toString());
    project.require("cancel", runs.get("cancelled waiting").toString());
    LAB.ask("scancel", project.nativeId(runs.get("cancelled by hand")));
    LAB.asRoot("scontrol", "update", "NodeName=n04", "State=DOWN", "Reason=test");
    try {
      Lab.until("the node's job has ended", () -> project.isSettled(runs.get("node")));
    } finally {
      LAB.asRoot("scontrol", "update", "NodeName=n04", "State=RESUME");
    }
    for (Map.Entry<String, Long> run : runs.entrySet()) {
      // Slurm looks for jobs beyond their time once in a while
      Completed waited = project.karez("wait", run.getValue().toString());
      assertThat(waited.exitCode()).as(run.getKey()).isIn(0, 3);
    }
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (Map.Entry<String, Long> run : runs.entrySet()) {
      found.put(run.getKey(), project.states(run.getValue()));
    }
    assertThat(found).isEqualTo(expected);
    assertThat(project.require("why", runs.get("timeout").toString()))
        .containsPattern("\n  time +0:0[0-3]:[0-9][0-9] of 0:01:00\n");
    assertThat(project.require("why", runs.get("memory").toString()))
        .containsPattern("\n  memory +(≥ )?[0-9.]+M of 50M\n");

    // The scheduler forgets; what it said is kept.
    LAB.service("stop", "slurmctld");
    LAB.service("stop", "slurmdbd");
    try {
      for (Map.Entry<String, Long> run : runs.entrySet()) {
        assertThat(project.states(run.getValue())).isEqualTo(expected.get(run.getKey()));
      }
    } finally {
      LAB.service("start", "slurmdbd");
      LAB.service("start", "slurmctld");
    }
  }
}
