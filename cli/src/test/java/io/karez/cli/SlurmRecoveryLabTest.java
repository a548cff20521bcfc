package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.transport.Completed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Karez killed between the record of its intent and that of the scheduler's answer.
@Tag("lab")
class SlurmRecoveryLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  @RegisterExtension
  static final SchedulerLab WITHOUT_ACCOUNTING = SchedulerLab.slurm("no-accounting");

  private static final int POINTS = 30;

  @Test
  void everyJobIsFoundAgainAndRunsOnce() throws Exception {
    requireOnce(LabProject.make(LAB, "killed"), POINTS);
  }

  @Test
  void soItIsWhereThereIsNoAccounting() throws Exception {
    requireOnce(LabProject.make(WITHOUT_ACCOUNTING, "killed"), POINTS / 3);
  }

  private static void requireOnce(LabProject project, int points) throws Exception {
    for (int point = 0; point < points; point++) {
      killBetween(project, point);
    }
    List<Integer> found = new ArrayList<>();
    for (int run = 1; run <= points; run++) {
      Completed resumed = project.karez("resume", Integer.toString(run));
      assertThat(resumed.exitCode()).as(resumed.errorText()).isZero();
      found.add(resumed.errorText().contains("found the jobs") ? 1 : 0);
    }
    for (int run = 1; run <= points; run++) {
      project.require("wait", Integer.toString(run));
      assertThat(project.states(run)).containsExactly("SUCCEEDED", "SUCCEEDED");
    }
    List<String> ran = Files.readAllLines(project.path().resolve("ran"));
    List<String> expected = new ArrayList<>();
    for (int run = 1; run <= points; run++) {
      expected.add("run_" + run + " 0");
      expected.add("run_" + run + " 1");
    }
    assertThat(ran).containsExactlyInAnyOrderElementsOf(expected);
    // Otherwise the kills came too early or too late to be of use.
    assertThat(found).contains(1);
    assertThat(Collections.frequency(found, 0)).isPositive();
  }

  /// The later the point, the longer after the intent was recorded: from at once to when the answer
  /// of `sbatch` must be there.
  private static void killBetween(LabProject project, int point) throws Exception {
    String script = "echo \"${KAREZ_RUN_DIR##*/} $KAREZ_JOB_INDEX\" >>ran";
    Process karez =
        project
            .lab()
            .karezProcess(
                project.directory(),
                "run",
                "-r",
                "slurm",
                "-R",
                "--i 0 2 1",
                "--",
                "sh",
                "-c",
                script)
            .start();
    Path events = project.path().resolve("results/_/run_" + (point + 1) + "/events");
    Lab.until("the intent is recorded", () -> size(events) > 0 || !karez.isAlive());
    karez.onExit().completeOnTimeout(karez, point, TimeUnit.MILLISECONDS).join();
    karez.destroyForcibly().waitFor();
  }

  private static long size(Path events) throws Exception {
    if (!Files.isDirectory(events)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(events)) {
      long size = 0;
      for (Path file : files.toList()) {
        size += Files.size(file);
      }
      return size;
    }
  }
}
