package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Grid Engine by its own commands.
@Tag("lab")
class GridEngineDaemonsLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.gridengine("site");

  @Test
  void aSubmittedJobEndsInTheAccounting() throws Exception {
    LAB.write("grid/job", "echo \"$NSLOTS for $(id -un)\" >grid/said\nexit 3\n");

    String job = LAB.ask("qsub", "-terse", "-cwd", "-pe", "mpi", "4", "grid/job");

    assertThat(accounting(job))
        .contains("owner        researcher", "exit_status  3", "slots        4");
    assertThat(LAB.home().resolve("grid/said")).hasContent("4 for researcher");
  }

  @Test
  void soDoesOneThatIsSubmittedThroughSsh() throws Exception {
    String job = LAB.askThroughSsh("qsub -terse -b y false");

    assertThat(accounting(job)).contains("owner        researcher", "exit_status  1");
    assertThat(LAB.askThroughSsh("qacct -j " + job)).contains("exit_status  1");
  }

  private static String accounting(String job) throws Exception {
    Lab.until("job " + job + " has ended", () -> LAB.run("qacct", "-j", job).succeeded());
    return LAB.ask("qacct", "-j", job);
  }
}
