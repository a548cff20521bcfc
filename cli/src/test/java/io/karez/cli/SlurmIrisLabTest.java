package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The example experiment, here and on Slurm: the same command but for the runner.
@Tag("lab")
class SlurmIrisLabTest {
  /// 1,000 jobs are 20 seeds.
  private static final int SEEDS = Integer.getInteger("karez.test.iris.seeds", 2);

  private static final int NEIGHBOURS = 50;

  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  @Test
  void aSweepGivesTheSameFilesHereAndOnSlurm() throws Exception {
    LabProject project = new LabProject(LAB, "iris");
    LAB.ask("cp", "-r", System.getProperty("user.dir") + "/../examples/iris", project.directory());
    project.shell("rm -rf results");
    for (String runner : new String[] {"local", "slurm"}) {
      project.require("run", "-r", runner, "--wait", "summary_iris");
      project.require(
          "run",
          "-r",
          runner,
          "--wait",
          "classify_iris",
          "-R",
          "--k 1 %d 1".formatted(NEIGHBOURS + 1),
          "-R",
          "--seed 0 %d 1".formatted(SEEDS));
    }
    assertThat(project.states(4)).hasSize(NEIGHBOURS * SEEDS).containsOnly("SUCCEEDED");
    // what Karez itself keeps of a job tells when and where it ran, and the path of the run
    String compared =
        "diff -r -x record.jsonl -x run.json -x argv -x argv.idx -x jobs.jsonl -x events -x claims -x submissions -x scheduler"
            + " -x '*.sh'";
    assertThat(
            project.shell(
                compared
                    + " results/summary_iris/run_1 results/summary_iris/run_3 && "
                    + compared
                    + " results/classify_iris/run_2 results/classify_iris/run_4"))
        .isEmpty();
    assertThat(project.shell("find results/classify_iris/run_4 -name test.json | wc -l"))
        .isEqualTo(Integer.toString(NEIGHBOURS * SEEDS));
  }
}
