package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.Cause;
import io.karez.define.JobFacts;
import io.karez.define.JobState;
import io.karez.store.Ending;
import io.karez.store.Event;
import io.karez.store.EventLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the end of a pack means for the jobs in it, with a Slurm that is made up.
class PackEndsTest {
  private static final String PROGRAM =
      """
      case $2 in
        1) kill -9 $$ ;;
        2) exit 3 ;;
        3) kill -s SEGV $$ ;;
        *) ;;
      esac
      """;

  @TempDir Path directory;
  @TempDir Path programs;

  private FakeSlurm slurm;
  private Karez karez;

  @BeforeEach
  void aPackInWhichOneJobIsKilled() throws IOException, InterruptedException {
    karez = Karez.project(directory);
    slurm = FakeSlurm.in(karez, programs);
    assertThat(
            slurm
                .run(
                    "run",
                    "-r",
                    "slurm",
                    "--pack",
                    "4",
                    "-R",
                    "--i 0 4 1",
                    "--",
                    "sh",
                    "-c",
                    PROGRAM,
                    "sh")
                .code())
        .isZero();
  }

  @Test
  void aJobThatEndedByItselfKeepsItsEndWhateverBecameOfThePack() throws Exception {
    slurm.say("sacct", "echo '7|OUT_OF_MEMORY|0:125|1000|1|2|1|60|1|100M|n1|'");
    assertThat(states()).containsExactly("SUCCEEDED", "FAILED oom", "FAILED exit", "FAILED signal");
  }

  @Test
  void whatRunsBesideItDoesNotKeepItOpen() throws Exception {
    slurm.say("squeue", "echo '7|RUNNING|N/A|1:00|0:10|100M|n1|None'");
    assertThat(states())
        .containsExactly("SUCCEEDED", "FAILED signal", "FAILED exit", "FAILED signal");
    assertThat(slurm.run("status", "1", "--json").out().split("\"settled\":false")).hasSize(2);
  }

  @Test
  void anEndThatWasRecordedWronglyBeforeDoesNotCount() throws Exception {
    List<Ending> endings =
        IntStream.range(0, 4)
            .mapToObj(job ->
                new Ending(
                    job, 1, JobState.FAILED, Optional.of(Cause.TIMEOUT), "TIMEOUT", JobFacts.NONE))
            .toList();
    new EventLog(new Lab(karez).run(1)).append(new Event.Ended(Instant.now(), endings));
    assertThat(states())
        .containsExactly("SUCCEEDED", "FAILED timeout", "FAILED exit", "FAILED signal");
    assertThat(slurm.run("wait", "1").err()).isEqualTo("run 1: 1 succeeded, 3 failed\n");
  }

  private List<String> states() throws Exception {
    return LabProject.jobs(slurm.run("status", "1", "--json").out()).stream()
        .map(job ->
            job.string("state") + job.optionalString("cause").map(word -> " " + word).orElse(""))
        .toList();
  }
}
