package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// OAR by its own commands.
@Tag("lab")
class OarDaemonsLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.oar("site");

  private static final Pattern AGAIN = Pattern.compile("so we resubmit it \\(new id = (\\d+)\\)");

  @Test
  void aSubmittedJobEndsInTheDatabase() throws Exception {
    LAB.write(
        "oar/job", "#!/bin/sh\nsort -u \"$OAR_NODEFILE\" >oar/said\nid -un >>oar/said\nexit 3\n");
    LAB.ask("chmod", "+x", "oar/job");

    String job = id(LAB.ask("oarsub", "-l", "/host=2/core=3,walltime=0:1:0", "oar/job"));

    assertThat(ended(job)).contains("\"owner\" : \"researcher\"", "\"exit_code\" : 768");
    assertThat(LAB.home().resolve("oar/said")).content().matches("n0[1-4]\nn0[1-4]\nresearcher\n");
  }

  @Test
  void soDoesOneThatIsSubmittedThroughSsh() throws Exception {
    String job = id(LAB.askThroughSsh("oarsub -l /core=1,walltime=0:1:0 false"));

    assertThat(ended(job)).contains("\"owner\" : \"researcher\"", "\"exit_code\" : 256");
    assertThat(LAB.askThroughSsh("oarstat -s -j " + job)).isEqualTo(job + ": Terminated");
  }

  @Test
  void aBestEffortJobMakesRoomAndIsSubmittedAgain() throws Exception {
    String bestEffort =
        id(
            LAB.ask(
                "oarsub",
                "--type=besteffort",
                "--type=idempotent",
                "--resource=/core=32,walltime=0:5:0",
                "sleep 300"));
    Lab.until("it runs", () -> state(bestEffort).equals("Running"));

    String other = id(LAB.ask("oarsub", "-l", "/core=1,walltime=0:1:0", "true"));

    ended(other);
    Matcher again = AGAIN.matcher(LAB.ask("oarstat", "-J", "-j", bestEffort));
    assertThat(again.find()).isTrue();
    assertThat(state(bestEffort)).isEqualTo("Error");
    LAB.ask("oardel", again.group(1));
  }

  private static String id(String said) {
    return said.lines()
        .filter(line -> line.startsWith("OAR_JOB_ID="))
        .map(line -> line.substring("OAR_JOB_ID=".length()))
        .findFirst()
        .orElseThrow();
  }

  private static String state(String job) throws Exception {
    return LAB.ask("oarstat", "-s", "-j", job).replace(job + ": ", "");
  }

  private static String ended(String job) throws Exception {
    Lab.until("job " + job + " has ended", () -> state(job).equals("Terminated"));
    return LAB.ask("oarstat", "-J", "-j", job);
  }
}
