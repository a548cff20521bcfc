package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Launch templates on a real Slurm.
@Tag("lab")
class SlurmLaunchLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  private static LabProject project;

  @BeforeAll
  static void makeProject() throws Exception {
    project = LabProject.make(LAB, "launch");
    LAB.write("launch/sim", "#!/bin/sh\nprintf '<%s>' \"$@\"\n[ ! -e fail ] || [ \"$2\" != 2 ]\n");
    LAB.ask("chmod", "755", "launch/sim");
  }

  private static long launch(String... words) throws Exception {
    String[] all = new String[words.length + 1];
    all[0] = "launch";
    System.arraycopy(words, 0, all, 1, words.length);
    return Long.parseLong(project.require(all));
  }

  private static String read(long run, String file) throws Exception {
    return Files.readString(project.path().resolve("results/_/run_" + run).resolve(file));
  }

  private static void waitFor(long run) throws Exception {
    assertThat(project.karez("wait", Long.toString(run)).exitCode()).isIn(0, 3);
  }

  @Test
  void anArrayRunsEachConfigurationOnceAndFailedOnesAgain() throws Exception {
    LAB.write("launch/grid.json", "{\"iterations\": [1, 2, 3], \"mode\": [\"test\", \"it's\"]}");
    LAB.write("launch/fail", "");
    long run =
        launch(
            "arrayjob.slurm.j2",
            "--set",
            "command=./sim",
            "--set",
            "time=5",
            "--set",
            "name=sim-array",
            "--set",
            "at_a_time=2",
            "--values",
            "grid.json",
            "--memory",
            "40M");
    String job = project.nativeId(run).replaceFirst("_.*", "");
    assertThat(LAB.ask("scontrol", "show", "job", job))
        .contains("JobName=sim-array", "TimeLimit=00:05:00", "ArrayTaskThrottle=2")
        .contains("MinMemoryNode=40M");
    waitFor(run);
    assertThat(project.states(run))
        .containsExactly(
            "SUCCEEDED", "FAILED exit", "SUCCEEDED", "SUCCEEDED", "FAILED exit", "SUCCEEDED");
    assertThat(read(run, "group_3/stdout.txt")).isEqualTo("<--iterations><1><--mode><it's>");
    assertThat(project.karez("why", Long.toString(run)).text()).contains("exit code 1");

    project.shell("rm fail");
    project.require("retry", Long.toString(run), "--failed");
    waitFor(run);
    assertThat(project.states(run)).containsOnly("SUCCEEDED").hasSize(6);
    assertThat(read(run, "group_4/stdout.txt")).isEqualTo("<--iterations><2><--mode><it's>");

    long again = Long.parseLong(project.require("rerun", Long.toString(run)));
    waitFor(again);
    assertThat(project.states(again)).containsOnly("SUCCEEDED").hasSize(6);
    assertThat(read(again, "group_5/stdout.txt")).isEqualTo("<--iterations><3><--mode><it's>");
  }

  @Test
  void aScriptsOwnArrayKeepsItsIndicesAndCanBeCancelled() throws Exception {
    LAB.write(
        "launch/own.slurm.j2",
        """
        #!/bin/bash
        #SBATCH --array=3-9:3 --output=elsewhere.txt
        #SBATCH -t {{ minutes }} -p short
        echo $SLURM_ARRAY_TASK_ID $SLURM_ARRAY_TASK_COUNT $SLURM_ARRAY_TASK_MIN $SLURM_ARRAY_TASK_MAX
        [ $SLURM_ARRAY_TASK_ID != 9 ] || exec sleep 600
        """);
    long run = launch("own.slurm.j2", "--set", "minutes=3", "--tag", "own");
    Lab.until(
        "the last task runs and the others have ended",
        () -> project.states(run).equals(List.of("SUCCEEDED", "SUCCEEDED", "RUNNING")));
    assertThat(read(run, "group_0/stdout.txt")).isEqualTo("3 3 3 9\n");
    assertThat(project.require("logs", run + "/1")).isEqualTo("6 3 3 9");
    assertThat(LAB.ask("squeue", "--noheader", "--format=%P")).contains("short");
    project.require("cancel", Long.toString(run));
    waitFor(run);
    assertThat(project.states(run)).containsExactly("SUCCEEDED", "SUCCEEDED", "CANCELLED user");
    assertThat(project.path().resolve("elsewhere.txt")).doesNotExist();
  }

  @Test
  void aScriptOfBashRunsInSlurmAndWaitingIsExplained() throws Exception {
    LAB.write("launch/two.json", "{\"iterations\": [5, 6]}");
    long run =
        launch(
            "job.bash.j2",
            "--runner",
            "slurm",
            "--native",
            "--hold",
            "--set",
            "command=./sim",
            "--values",
            "two.json");
    assertThat(project.states(run)).containsExactly("HELD");
    assertThat(project.require("explain", Long.toString(run))).contains("release");
    project.require("release", Long.toString(run));
    waitFor(run);
    assertThat(project.states(run)).containsExactly("SUCCEEDED");
    assertThat(read(run, "config_1/out.log")).isEqualTo("<--iterations><6>");
  }

  @Test
  void case76_anArrayIsLaunchedOnASiteAndFetched(@TempDir Path near) throws Exception {
    Karez karez = Karez.project(near);
    karez.write(
        ".karez/config.yaml",
        "sites: {lab: {host: lab, ssh_config: '%s', scheduler: slurm, directory: far-launch}}\n"
            .formatted(LAB.sshConfig()));
    karez.write("sim.sh", "printf '<%s>' \"$@\"\n");
    karez.write("grid.json", "{\"iterations\": [1, 2], \"mode\": [\"test\", \"it's\"]}");
    Karez.Said said =
        karez.run(
            "launch",
            "arrayjob.slurm.j2",
            "--on",
            "lab",
            "--fetch",
            "--set",
            "command=sh sim.sh",
            "--set",
            "time=5",
            "--values",
            karez.root().resolve("grid.json").toString());
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(karez.read("results/_/run_1/group_3/stdout.txt"))
        .isEqualTo("<--iterations><2><--mode><it's>");
    assertThat(karez.run("status", "1", "--json").out()).contains("\"runner\":\"slurm\"");
  }
}
