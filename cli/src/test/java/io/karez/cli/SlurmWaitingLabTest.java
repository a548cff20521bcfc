package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.transport.Completed;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Jobs that wait, and jobs that are tried again with more.
@Tag("lab")
class SlurmWaitingLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  private static LabProject project;

  @BeforeAll
  static void makeProject() throws Exception {
    project = LabProject.make(LAB, "waiting");
  }

  @Test
  void whyAJobWaitsIsSaidInPlainWords() throws Exception {
    long held = project.submit("--native", "--hold", "--", "true");
    long late = project.submit("--native", "--begin=now+1hour", "--", "true");
    assertThat(project.require("explain", Long.toString(held)))
        .startsWith("1 job held: it waits because its owner holds it back")
        .contains("JobHeldUser", "hint: karez release " + held);
    assertThat(project.require("explain", Long.toString(late)))
        .startsWith("1 job queued: it waits for the time at which it may begin")
        .contains("expected to start");

    project.require("release", Long.toString(held));
    project.require("wait", Long.toString(held));
    assertThat(project.states(held)).containsExactly("SUCCEEDED");
    assertThat(project.require("explain", Long.toString(held)))
        .isEqualTo("nothing waits in run " + held);
    project.require("cancel", Long.toString(late));
  }

  @Test
  void aLimitIsSaidWithWhatWasAskedForAndWhatIsAllowed() throws Exception {
    long longer = project.submit("--time", "3d", "--", "true");
    untilExplained(longer, "PartitionTimeLimit");
    assertThat(project.require("explain", Long.toString(longer)))
        .containsPattern(
            "\n  limit +time: 3-00:00:00 asked, partition `debug` allows 1-00:00:00\n");
    project.require("cancel", Long.toString(longer));

    LAB.asRoot("scontrol", "update", "PartitionName=short", "MaxNodes=1");
    try {
      long wider =
          project.submit(
              "--queue", "short", "--nodes", "2", "--tasks", "2", "--time", "1m", "--", "true");
      untilExplained(wider, "PartitionNodeLimit");
      assertThat(project.require("explain", Long.toString(wider)))
          .containsPattern("\n  limit +nodes: 2 asked, partition `short` allows 1\n");
      project.require("cancel", Long.toString(wider));
    } finally {
      LAB.asRoot("scontrol", "update", "PartitionName=short", "MaxNodes=UNLIMITED");
    }
  }

  /// The scheduler gives a reason once it has looked at the job.
  private static void untilExplained(long run, String words) throws Exception {
    Lab.until(
        words + " is the reason",
        () -> project.require("explain", Long.toString(run)).contains(words));
  }

  @Test
  void aLimitOfTheUserOrOfTheQualityOfServiceIsLookedUp() throws Exception {
    try {
      limit("user", "researcher", "MaxWall=02:00:00");
      limit("qos", "limited", "MaxTRESPerUser=cpu=2");
      long longer = project.submit("--time", "3h", "--", "true");
      untilExplained(
          longer, "limit           time: 3:00:00 asked, account `research` allows 2:00:00");
      long many = project.submit("--time", "1m", "--cpus", "4", "--", "true");
      untilExplained(
          many,
          "limit           cores: 4 asked, quality of service `limited` allows 2 for"
              + " you at a time");
      project.require("cancel", Long.toString(longer), Long.toString(many));
    } finally {
      limit("user", "researcher", "MaxWall=-1");
      limit("qos", "limited", "MaxTRESPerUser=cpu=-1");
    }
  }

  private static void limit(String kind, String name, String limit) throws Exception {
    Completed changed = LAB.asRoot("sacctmgr", "-i", "modify", kind, name, "set", limit);
    assertThat(changed.exitCode()).as(changed.errorText()).isZero();
  }

  @Test
  void aWaitingSweepIsHeldAndReleasedByJob() throws Exception {
    long run = project.submit("-R", "--i 0 4 1", "--native", "--begin=now+1hour", "--", "true");
    assertThat(project.states(run)).containsOnly("QUEUED");
    project.require("hold", run + "/1", run + "/3");
    Lab.until(
        "two jobs are held",
        () -> project.states(run).equals(List.of("QUEUED", "HELD", "QUEUED", "HELD")));
    project.require("release", Long.toString(run));
    Lab.until("no job is held", () -> !project.states(run).contains("HELD"));
    project.require("cancel", run + "/0", run + "/1");
    assertThat(project.states(run))
        .containsExactly("CANCELLED user", "CANCELLED user", "QUEUED", "QUEUED");
    project.require("cancel", Long.toString(run));
    assertThat(project.states(run)).containsOnly("CANCELLED user");
  }

  @Test
  void whatIsCancelledLeavesTheQueueHeldOrNot() throws Exception {
    long run = project.submit("-R", "--i 0 4 1", "--native", "--hold", "--", "true");
    String array = project.nativeId(run).replaceFirst("_.*", "");
    project.require("cancel", run + "/2");
    Lab.until("the job is out of the queue", () -> queued(array).equals("0,1,3"));
    // As an earlier version has left it: marked, and still in the queue.
    project.shell(
        "cd results/_/run_%d/claims; : >1.1; : >1.1.cancel; : >1.1.withdrawn".formatted(run));
    assertThat(project.states(run))
        .containsExactly("HELD", "CANCELLED user", "CANCELLED user", "HELD");
    project.require("cancel", run + "/1");
    Lab.until("that one is out as well", () -> queued(array).equals("0,3"));
    project.require("cancel", Long.toString(run));
    Lab.until("nothing is left", () -> queued(array).isEmpty());
    assertThat(LAB.ask("sacct", "-nPX", "--array", "-j", array, "-o", "State").lines())
        .allMatch(state -> state.startsWith("CANCELLED"));
  }

  /// The indices of the tasks that Slurm has, ascending.
  private static String queued(String array) throws Exception {
    String tasks =
        LAB.ask("sh", "-c", "squeue -h --array -j %s -o %%K 2>/dev/null || true".formatted(array));
    return tasks.lines().map(String::strip).sorted().collect(Collectors.joining(","));
  }

  @Test
  void aJobThatRanOutOfMemoryGetsMore() throws Exception {
    String hungry = "x = bytearray(100_000_000); print(len(x))";
    long run = project.submit("--memory", "60M", "--", "python3", "-c", hungry);
    project.karez("wait", Long.toString(run));
    assertThat(project.states(run)).containsExactly("FAILED oom");
    project.require("retry", Long.toString(run), "--cause", "oom", "--memory", "x3");
    project.require("wait", Long.toString(run));
    assertThat(project.states(run)).containsExactly("SUCCEEDED");
    assertThat(project.shell("cat results/_/run_%d/stdout.txt".formatted(run)))
        .isEqualTo("100000000");
    assertThat(project.shell("cat results/_/run_%d/submissions/2/script.sh".formatted(run)))
        .contains("#SBATCH --mem=180M\n");
  }
}
