package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said and asked before jobs go to a batch system.
class BrakesTest {
  @TempDir Path directory;
  private Karez karez;
  private FakeSlurm slurm;

  @BeforeEach
  void aProject() throws IOException {
    karez = Karez.project(directory);
    slurm = FakeSlurm.in(karez, directory);
    slurm.say("sbatch", "echo 7");
  }

  @Test
  void aSubmissionSaysWhatItMayCost() throws Exception {
    assertThat(run("--time", "90m", "--cpus", "4", "-R", "--i 0 10 1").err())
        .startsWith("10 jobs, at most 60 core-hours, 1 array, about 60 files\n");
    assertThat(run("--time", "10m").err())
        .startsWith("1 job, at most 0.2 core-hours, about 6 files\n");
    karez.write(".karez/config.yaml", "slurm: {default: {-n: 1}}\n");
    assertThat(run().err())
        .startsWith("1 job, core-hours unknown, because no `--time` is given, about 6 files\n");
    assertThat(run("--time", "10m", "--native", "--exclusive").err())
        .startsWith(
            "1 job, core-hours unknown, because the nodes decide how many cores a job gets, as with"
                + " `--exclusive`, about 6 files\n");
  }

  @Test
  void manyJobsHaveToBeMeant() throws Exception {
    String refusal =
        """
        1001 jobs, at most 17 core-hours, 1 array, about 6006 files
        error: that is much, and nobody can be asked, so nothing was submitted
        hint: say `--yes` if it is meant; `--dry-run` shows it
        """;
    assertThat(run("--time", "1m", "-R", "--i 0 1001 1")).isEqualTo(new Karez.Said(2, "", refusal));
    assertThat(slurm.words("sbatch")).isEmpty();
    assertThat(karez.root().resolve("results/_/run_1")).doesNotExist();

    assertThat(run("--yes", "--time", "1m", "-R", "--i 0 1001 1").code()).isZero();
    assertThat(slurm.words("sbatch")).hasSize(1);
  }

  @Test
  void theUserSaysHowManyCoreHoursAreMuch() throws Exception {
    karez.write(".karez/config.yaml", "confirm_core_hours: 10\n");
    assertThat(run("--time", "10h").code()).isZero();
    assertThat(run("--time", "11h").code()).isEqualTo(2);
    assertThat(run().code()).as("unknown").isEqualTo(2);
    assertThat(run("--yes", "--time", "11h").code()).isZero();
  }

  @Test
  void moreJobsOfARunHaveToBeMeantToo() throws Exception {
    run("--yes", "--time", "1h", "-R", "--i 0 3 1");
    karez.write(".karez/config.yaml", "confirm_core_hours: 1\n");
    String question = "error: that is much, and nobody can be asked, so nothing was submitted";
    assertThat(slurm.run("rerun", "1").err())
        .contains("3 jobs, at most 3.0 core-hours, 1 array, about 18 files", question);
    assertThat(slurm.run("extend", "1", "-R", "--i 3 5 1").err())
        .contains("2 jobs, at most 2.0 core-hours, 1 array, about 12 files", question);
    assertThat(karez.root().resolve("results/_/run_2")).doesNotExist();
    assertThat(slurm.words("sbatch")).hasSize(1);

    slurm.run("cancel", "1");
    assertThat(slurm.run("retry", "1", "--cause", "user", "--time", "x2").err())
        .contains("3 jobs, at most 6.0 core-hours", question);
    assertThat(slurm.words("sbatch")).isEmpty();

    assertThat(slurm.run("extend", "--yes", "1", "-R", "--i 3 5 1").code()).isZero();
    assertThat(slurm.run("rerun", "--yes", "1/0").code()).isZero();
    assertThat(slurm.words("sbatch")).hasSize(2);
  }

  @Test
  void theTrialShowsThePartsOfTheSubmission() throws Exception {
    slurm.say("scontrol", "echo 'MaxArraySize = 30'");
    assertThat(run("--time", "1m", "-R", "--i 0 100 1", "--dry-run").out())
        .contains(
            "\n100 jobs, at most 1.7 core-hours, 4 arrays, about 600 files\n",
            "\none submission carries 30 jobs; this is the first\n",
            "#SBATCH --array=0-29\n",
            "export PATH=");
  }

  private Karez.Said run(String... options) throws IOException, InterruptedException {
    String[] words = new String[options.length + 5];
    words[0] = "run";
    words[1] = "-r";
    words[2] = "slurm";
    System.arraycopy(options, 0, words, 3, options.length);
    words[options.length + 3] = "--";
    words[options.length + 4] = "true";
    return slurm.run(words);
  }
}
