package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.text.Json;
import io.karez.text.JsonObject;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Nodes of a real Slurm, got and given back.
@Tag("lab")
class AllocLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  /// Keeps a request waiting, whatever room there is.
  private static final List<String> LATER = List.of("--native", "--begin=now+1hour");

  private static LabProject project;

  @TempDir Path directory;

  @BeforeAll
  static void makeProject() throws Exception {
    project = LabProject.make(LAB, "alloc");
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    project.require("alloc", "release", "--all");
    assertThat(LAB.ask("squeue", "--noheader", "--me", "--name=karez")).isEmpty();
  }

  @Test
  void nodesAreGotListedAndGivenBackOnce() throws Exception {
    String id = project.require("alloc", "get", "--nodes", "2", "--cpus", "2", "--time", "10m");
    assertThat(id).matches("[0-9]+");
    JsonObject listed = listed(id);
    assertThat(listed.string("state")).isEqualTo("RUNNING");
    assertThat(listed.integer("nodes")).isEqualTo(2);
    assertThat(listed.strings("node_names")).hasSize(2).allMatch(name -> name.matches("n0[1-4]"));
    assertThat(listed.integer("cpus")).isEqualTo(4);
    assertThat(listed.integer("remaining_s")).isBetween(500, 600);
    assertThat(project.require("alloc", "list")).contains(id + "\tkarez\trunning\t2\t");

    assertThat(project.require("alloc", "release", id))
        .startsWith("allocation %s: released, 2 nodes (n0".formatted(id));
    Completed again = project.karez("alloc", "release", id);
    assertThat(again.exitCode()).isZero();
    assertThat(again.errorText()).isEqualTo("allocation %s had ended before\n".formatted(id));
    assertThat(project.karez("alloc", "release", "987654").exitCode()).isEqualTo(1);
  }

  @Test
  void aRefusalIsQuoted() throws Exception {
    Completed said = project.karez("alloc", "get", "--queue", "nosuch");
    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.text()).isEmpty();
    assertThat(said.errorText())
        .isEqualTo(
            """
            error: `slurm` has given no allocation
              salloc: error: invalid partition specified: nosuch
              salloc: error: Job submit/allocate failed: Invalid partition name specified
            """);
  }

  @Test
  void whatWasGotByHandIsListedAndReleasedByItsNumberAlone() throws Exception {
    LAB.ask("sh", "-c", "salloc --no-shell -J byhand --time=5 </dev/null 2>&1");
    String id = LAB.ask("squeue", "--noheader", "--me", "--name=byhand", "--format=%i");
    assertThat(listed(id).flag("by_karez")).isFalse();
    project.require("alloc", "release", "--all");
    assertThat(listed(id).string("state")).isEqualTo("RUNNING");
    project.require("alloc", "release", id);
  }

  @Test
  void ctrlCWithdrawsARequestThatWaits() throws Exception {
    Process karez = waiting("--name", "interrupted");
    String id = LAB.ask("squeue", "--noheader", "--me", "--name=interrupted", "--format=%i");
    assertThat(listed(id).string("state")).isEqualTo("QUEUED");
    LAB.asRoot("sh", "-c", "kill -s INT $(pgrep -u researcher -f 'io.karez.cli.Main alloc get')");
    assertThat(karez.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(karez.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(directory.resolve("err"))
        .hasContent(
            "allocation %s is queued: Ctrl-C withdraws it\nthe request is withdrawn\n"
                .formatted(id));
    assertThat(LAB.ask("squeue", "--noheader", "--me", "--name=interrupted")).isEmpty();
  }

  @Test
  void aRequestOutlivesKarezAndIsStillListedAndReleased() throws Exception {
    Process karez = waiting("--name", "orphan");
    LAB.asRoot("sh", "-c", "kill -s KILL $(pgrep -u researcher -f 'io.karez.cli.Main alloc get')");
    karez.waitFor(30, TimeUnit.SECONDS);
    String id = LAB.ask("squeue", "--noheader", "--me", "--name=orphan", "--format=%i");
    assertThat(listed(id).flag("by_karez")).isTrue();
    assertThat(project.require("alloc", "release", "--all"))
        .isEqualTo("allocation %s: no longer waited for".formatted(id));
  }

  @Test
  void aStepHasTheProgramsWordsStreamsAndExitCode() throws Exception {
    String id = project.require("alloc", "get", "--time", "5m");
    List<String> hostile =
        List.of(
            "a b", "it's \"$HOME\" `id`", "-x", "--time=3", "new\nline", "é%n\\", "", "%j", "*");
    List<String> words = new ArrayList<>(List.of("alloc", "run", id, "--"));
    words.addAll(List.of("sh", "-c", "printf '<%s>' \"$@\"; echo $SLURM_JOB_ID >&2; exit 7", "sh"));
    words.addAll(hostile);
    Completed said = project.karez(words.toArray(String[]::new));
    assertThat(said.text()).isEqualTo("<" + String.join("><", hostile) + ">");
    assertThat(said.errorText()).contains(id + "\n");
    assertThat(said.exitCode()).isEqualTo(7);

    Command cat = Command.of(Karez.command(Path.of("/tmp"), "alloc", "run", id, "--", "cat"));
    assertThat(LAB.run(cat.reading("what it reads\n")).text()).isEqualTo("what it reads\n");
    Completed missing = project.karez("alloc", "run", id, "--", "no-such-program");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.errorText()).contains("No such file or directory");
  }

  @Test
  void aSweepRunsInsideAndTellsEachEnd() throws Exception {
    String id = project.require("alloc", "get", "--nodes", "2", "--cpus", "2", "--time", "5m");
    LAB.write("alloc/sweep.sh", "echo \"$SLURM_JOB_ID $SLURMD_NODENAME\"; exit $(($2 % 3))\n");
    project.require(
        "experiment", "new", "sweep", "--executable", "sweep.sh", "--executable-command", "sh");
    Completed said = project.karez("alloc", "run", id, "sweep", "-R", "--i 0 6 1");
    assertThat(said.exitCode()).as(said.errorText()).isEqualTo(ExitCode.JOB_FAILED);
    long run = lastRun();
    assertThat(project.states(run))
        .containsExactly(
            "SUCCEEDED", "FAILED exit", "FAILED exit", "SUCCEEDED", "FAILED exit", "FAILED exit");
    assertThat(project.jobs(run))
        .extracting(job -> job.string("native_id"))
        .allMatch(step -> step.matches(id + "\\.[0-9]+"))
        .doesNotHaveDuplicates();
    assertThat(project.shell("sort -u results/sweep/run_%d/group_*/stdout.txt".formatted(run)))
        .matches("%1$s n0[1-4]\n%1$s n0[1-4]".formatted(id));

    // The same jobs again, in the same run; then whatever is left, in another allocation.
    project.karez("retry", Long.toString(run));
    assertThat(project.jobs(run).get(1).integer("attempt")).isEqualTo(2);
    project.require("alloc", "release", id);
    Completed late = project.karez("retry", Long.toString(run));
    assertThat(late.exitCode()).isEqualTo(1);
    assertThat(late.errorText())
        .contains("allocation %s cannot be used: it is CANCELLED".formatted(id));
  }

  @Test
  void whatTheSchedulerKnowsOfAnEndIsTold() throws Exception {
    String id = project.require("alloc", "get", "--cpus", "3", "--time", "5m");
    String hungry = "x = bytearray(300_000_000); print(len(x))";
    project.karez(
        "alloc", "run", id, "--memory", "50M", "--tag", "hungry", "--", "python3", "-c", hungry);
    assertThat(project.states(lastRun())).containsExactly("FAILED oom");

    project.require(
        "alloc", "run", id, "--detach", "-R", "--i 0 5 1", "--", "sh", "-c", "sleep 600");
    long run = lastRun();
    List<String> half = List.of("RUNNING", "RUNNING", "RUNNING", "QUEUED", "QUEUED");
    Lab.until("three jobs run", () -> project.states(run).equals(half));
    project.require("cancel", run + "/0", run + "/4");
    Lab.until(
        "the next one runs",
        () ->
            project
                .states(run)
                .equals(
                    List.of("CANCELLED user", "RUNNING", "RUNNING", "RUNNING", "CANCELLED user")));
    project.require("alloc", "release", id);
    project.karez("wait", Long.toString(run));
    assertThat(project.states(run)).containsOnly("CANCELLED user");
  }

  @Test
  void jobsThatWaitWhenTheAllocationEndsHaveFailedToStart() throws Exception {
    String id = project.require("alloc", "get", "--time", "5m");
    project.require(
        "alloc", "run", id, "--detach", "-R", "--i 0 3 1", "--", "sh", "-c", "sleep 600");
    long run = lastRun();
    Lab.until("one job runs", () -> project.states(run).contains("RUNNING"));
    project.require("alloc", "release", id);
    project.karez("wait", Long.toString(run));
    assertThat(project.states(run))
        .containsExactly("CANCELLED user", "FAILED launch", "FAILED launch");
    assertThat(project.karez("why", Long.toString(run)).text())
        .contains("the allocation had ended before it could start");
  }

  @Test
  void aStepOutlivesItsSupervisorAndNoneRunsTwice() throws Exception {
    String id = project.require("alloc", "get", "--time", "5m");
    project.require(
        "alloc",
        "run",
        id,
        "--detach",
        "-R",
        "--i 0 2 1",
        "--",
        "sh",
        "-c",
        "echo once; until [ -e ../gate ]; do sleep 0.1; done");
    long run = lastRun();
    Lab.until("one job runs", () -> project.states(run).equals(List.of("RUNNING", "QUEUED")));
    String ours = "run_" + run + "/";
    LAB.asRoot("sh", "-c", "pkill -KILL -u researcher -f '%ssteps.sh'".formatted(ours));
    Lab.until(
        "the job that waits is lost",
        () -> project.states(run).equals(List.of("RUNNING", "UNKNOWN lost")));
    LAB.write("gate", "");
    project.karez("wait", Long.toString(run));
    assertThat(project.states(run)).containsExactly("SUCCEEDED", "UNKNOWN lost");
    project.require("retry", Long.toString(run));
    assertThat(project.states(run)).containsExactly("SUCCEEDED", "SUCCEEDED");
    assertThat(project.shell("cat results/_/run_%d/group_*/stdout*.txt".formatted(run)))
        .isEqualTo("once\nonce");
  }

  private static long lastRun() throws Exception {
    return JsonObject.of(Json.read(project.require("status", "last", "--json"), "status"))
        .orElseThrow()
        .objects("runs")
        .getFirst()
        .number("id");
  }

  /// `alloc get`, when it has said that it waits.
  private Process waiting(String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("alloc", "get"));
    words.addAll(List.of(options));
    words.addAll(LATER);
    ProcessBuilder builder = LAB.karezProcess(project.directory(), words.toArray(String[]::new));
    Path err = directory.resolve("err");
    Process karez = builder.redirectError(err.toFile()).redirectOutput(Redirect.DISCARD).start();
    Lab.until("it waits", () -> Files.exists(err) && Files.readString(err).contains("is queued"));
    return karez;
  }

  private static JsonObject listed(String id) throws Exception {
    return JsonObject.of(Json.read(project.require("alloc", "list", "--json"), "alloc list"))
        .orElseThrow()
        .objects("allocations")
        .stream()
        .filter(allocation -> allocation.string("id").equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not listed: " + id));
  }
}
