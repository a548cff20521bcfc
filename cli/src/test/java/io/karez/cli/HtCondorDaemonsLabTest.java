package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// HTCondor by its own commands.
@Tag("lab")
class HtCondorDaemonsLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.htcondor("site");

  private static final String DESCRIPTION =
      """
      executable = /bin/sh
      arguments = job.sh
      transfer_executable = false
      initialdir = condor
      log = job.log
      request_memory = 64M
      queue
      """;

  @Test
  void aSubmittedJobEndsInTheHistory() throws Exception {
    LAB.write("condor/job.sh", "#!/bin/sh\necho \"$BATCH_SYSTEM of $(id -un)\" >said\nexit 3\n");
    LAB.write("condor/job", DESCRIPTION);

    String job = LAB.ask("condor_submit", "-terse", "condor/job").replaceFirst(" .*", "");

    assertThat(history(job)).isEqualTo("researcher 4 3");
    assertThat(LAB.home().resolve("condor/said")).hasContent("HTCondor of researcher");
  }

  @Test
  void soDoesOneThatIsSubmittedThroughSsh() throws Exception {
    LAB.write("far/job", "executable = /bin/false\ntransfer_executable = false\nqueue\n");

    String job = LAB.askThroughSsh("condor_submit -terse far/job").replaceFirst(" .*", "");

    assertThat(history(job)).isEqualTo("researcher 4 1");
    assertThat(LAB.askThroughSsh("condor_history " + job + " -af ExitCode")).isEqualTo("1");
  }

  private static String history(String job) throws Exception {
    String[] query = ("condor_history " + job + " -af Owner JobStatus ExitCode").split(" ");
    Lab.until("job " + job + " has ended", () -> !LAB.ask(query).isEmpty());
    return LAB.ask(query);
  }
}
