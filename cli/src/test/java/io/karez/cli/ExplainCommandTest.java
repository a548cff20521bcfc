package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `explain` asks a Slurm that is made up.
class ExplainCommandTest {
  @TempDir Path directory;
  @TempDir Path programs;

  private FakeSlurm slurm;

  @BeforeEach
  void aJobThatWaits() throws IOException, InterruptedException {
    Karez karez = Karez.project(directory);
    slurm = FakeSlurm.in(karez, programs);
    slurm.say("sbatch", "echo 7");
    assertThat(
            slurm.run("run", "-r", "slurm", "--time", "3d", "-R", "--i 0 2 1", "--", "true").code())
        .isZero();
    slurm.say(
        "scontrol",
        "echo 'PartitionName=debug Default=YES MaxTime=1-00:00:00 State=UP TotalNodes=4'");
  }

  @Test
  void nothingMoreIsAskedWhenTheReasonIsNoLimit() throws Exception {
    waits("Priority", "1795275387");
    slurm.words("scontrol");

    String said = slurm.run("explain", "1").out();

    assertThat(said)
        .startsWith("2 jobs queued: they wait behind jobs of higher priority")
        .containsPattern("\n  expected to start  20[0-9-]+ [0-9:]+")
        .doesNotContain("limit");
    assertThat(slurm.words("scontrol")).isEmpty();
  }

  @Test
  void theQueuesAreAskedForOnceWhenTheirLimitIsTheReason() throws Exception {
    waits("PartitionTimeLimit", "N/A");
    slurm.words("scontrol");

    Karez.Said said = slurm.run("explain", "1", "--json");

    assertThat(said.out())
        .contains("\"limits\":[\"time: 3-00:00:00 asked, partition `debug` allows 1-00:00:00\"]");
    assertThat(slurm.words("scontrol")).containsExactly("scontrol show partition --oneliner");
  }

  @Test
  void aLimitThatNobodyTellsIsLeftOut() throws Exception {
    waits("PartitionTimeLimit", "N/A");
    slurm.say("scontrol", "echo 'Unable to contact slurm controller' >&2; exit 1");

    Karez.Said said = slurm.run("explain", "1");

    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains("asks for more time than its queue allows")
        .doesNotContain("\n  limit ");
  }

  private void waits(String reason, String start) throws IOException {
    slurm.say(
        "squeue",
        "for i in 0 1; do echo \"7_$i|PENDING|%s|3-00:00:00|0:00|100M||%s\"; done"
            .formatted(start, reason));
  }
}
