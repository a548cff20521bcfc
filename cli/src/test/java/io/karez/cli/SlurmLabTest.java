package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("lab")
class SlurmLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  @Test
  void aSubmittedJobEndsInTheAccounting() throws Exception {
    LAB.write("first/job.sh", "#!/bin/sh\necho \"$SLURM_JOB_ID of $(id -un)\" >said\nexit 3\n");

    String job = LAB.ask("sbatch", "--parsable", "--chdir=first", "first/job.sh");
    String query = "-j " + job + " -n -X -P -o JobID,State,ExitCode,User,Account";
    Lab.until(
        "job " + job + " has ended",
        () -> LAB.ask(("sacct " + query).split(" ")).contains("FAILED"));

    assertThat(LAB.ask(("sacct " + query).split(" ")))
        .isEqualTo(job + "|FAILED|3:0|researcher|research");
    assertThat(LAB.home().resolve("first/said")).hasContent(job + " of researcher");
  }

  @Test
  void theCodeUnderTestRunsThereAsAnOrdinaryUser() throws Exception {
    LAB.write("second/greeting", "hello\n");

    Completed run =
        LAB.karez("/home/researcher/second", "run", "--", "sh", "-c", "id -un; cat greeting");
    assertThat(run.exitCode()).as(run.errorText()).isZero();

    assertThat(LAB.karez("/home/researcher/second", "logs", "last").text())
        .isEqualTo("researcher\nhello\n");
    assertThat(Files.getOwner(LAB.home().resolve("second/results")))
        .isEqualTo(Files.getOwner(LAB.home()));
  }

  @Test
  void aCommandGetsItsWordsItsEnvironmentAndItsInput() throws Exception {
    Command command =
        Command.of(
                "sh",
                "-c",
                "pwd; echo \"$MARK\"; cat; printf '<%s>' \"$@\" >&2; exit 5",
                "sh",
                "",
                "a  b\n'")
            .in(Path.of("/tmp"))
            .with(Map.of("MARK", "x \"y\""))
            .reading("in\n");

    Completed completed = LAB.run(command);

    assertThat(completed.text()).isEqualTo("/tmp\nx \"y\"\nin\n");
    assertThat(completed.errorText()).isEqualTo("<><a  b\n'>");
    assertThat(completed.exitCode()).isEqualTo(5);
  }
}
