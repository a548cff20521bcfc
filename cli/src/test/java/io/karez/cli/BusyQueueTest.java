package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several commands about one run while a batch system is slow or full.
class BusyQueueTest {
  private static final String FULL =
      "echo 'sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit)' >&2; exit 1";

  /// Runs the jobs at once; the number of the array is that of the submission.
  private static final String AT_ONCE =
      """
      last=$(sed -n 's/^#SBATCH --array=0-\\([0-9]*\\).*/\\1/p' "$2")
      k=${2%/script.sh}
      id=10${k##*/}
      if [ -z "$last" ]; then
        SLURM_JOB_ID=$id bash "$2" >/dev/null 2>&1
      else
        for task in $(seq 0 "$last"); do
          SLURM_ARRAY_JOB_ID=$id SLURM_ARRAY_TASK_ID=$task SLURM_JOB_ID=$((id + task)) bash "$2" >/dev/null 2>&1
        done
      fi
      echo "$id"
      """;

  @TempDir Path directory;
  private Karez karez;
  private FakeSlurm slurm;

  @BeforeEach
  void aProject() throws IOException {
    karez = Karez.project(directory);
    slurm = FakeSlurm.in(karez, directory);
  }

  @Test
  void aRunThatIsCancelledWhileTheQueueIsFullNeverRuns() throws Exception {
    Path room = directory.resolve("room");
    slurm.say("sbatch", "if [ ! -e '%s' ]; then %s; fi\n%s".formatted(room, FULL, AT_ONCE));
    Process run = start("run", "run", "-r", "slurm", "--", "sh", "-c", "echo ran >ran");
    Lab.until("it waits", () -> karez.read("run/stderr").contains("wait, because"));
    assertThat(slurm.run("cancel", "1").code()).isZero();
    Files.createFile(room);
    assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(karez.root().resolve("ran")).doesNotExist();
    assertThat(slurm.run("status", "1").out()).contains("cancelled");
  }

  @Test
  void whoeverKeepsTheProjectLeavesASubmissionAloneThatIsUnderWay() throws Exception {
    Path go = directory.resolve("go");
    slurm.say("scontrol", "echo 'MaxArraySize = 2'");
    String wait = "until [ -e '" + go + "' ]; do sleep 0.1; done";
    slurm.say("sbatch", "case $2 in */submissions/2/*) " + wait + " ;; esac\n" + AT_ONCE);
    Process run = start("run", "run", "-r", "slurm", "-R", "--i 0 5 1", "--", "true");
    Lab.until(
        "the second part is being submitted",
        () ->
            Files.exists(karez.root().resolve("results/_/run_1/submissions/2/script.sh"))
                && Files.exists(slurm.place().resolve("words"))
                && Files.readString(slurm.place().resolve("words")).contains("submissions/2/"));
    Process keep = start("keep", "keep");
    Lab.until("it has looked", () -> Files.exists(karez.root().resolve("results/.keep")));
    assertThat(keep.waitFor(3, TimeUnit.SECONDS)).isFalse();
    Files.createFile(go);
    assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(keep.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(slurm.words("sbatch")).hasSize(3);
    assertThat(slurm.run("status", "1").out()).contains("succeeded").doesNotContain("queued");
  }

  @Test
  void aJobThatIsToBeTriedAgainWaitsForRoom() throws Exception {
    karez.write("e.sh", "[ -e mended ]\n");
    karez.write(
        ".karez/experiments/e.yaml",
        """
        name: e
        path: .
        executable: e.sh
        executable_command: sh
        pass_paths: false
        retry: {exit: {times: 3}}
        """);
    slurm.say("sbatch", AT_ONCE);
    slurm.say("sacct", "echo '101|FAILED|1:0|0|1|2|1|60|00:00|1G|n1|None'");
    slurm.run("run", "-r", "slurm", "e");
    karez.write("mended", "");
    Path room = directory.resolve("room");
    slurm.say("sbatch", "if [ ! -e '%s' ]; then %s; fi\n%s".formatted(room, FULL, AT_ONCE));
    Process keep = start("keep", "keep");
    Lab.until("it has tried", () -> karez.read("keep/stderr").contains("1 job again"));
    Files.createFile(room);
    assertThat(keep.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(slurm.run("status", "1").out()).contains("succeeded");
  }

  private Process start(String name, String... words) throws IOException {
    Path files = Files.createDirectory(directory.resolve(name));
    ProcessBuilder builder = Karez.start(karez.root(), files, words);
    builder.environment().put("PATH", slurm.place() + ":" + System.getenv("PATH"));
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Dkarez.drip.seconds=1");
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }
}
