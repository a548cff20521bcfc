package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.inspect.Runs;
import io.karez.project.Project;
import io.karez.project.UserFiles;
import io.karez.site.Connections;
import io.karez.site.Reach;
import io.karez.store.RunDirectory;
import io.karez.store.RunStore;
import io.karez.text.JsonObject;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A real Slurm on a host that is reached through ssh and shares no files with this one.
@Tag("lab")
class SlurmSiteLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  @TempDir Path directory;
  private Karez karez;

  @BeforeEach
  void aSite() throws Exception {
    karez = Karez.project(directory);
    karez.write(
        ".karez/config.yaml",
        """
        slurm: {default: {--time: 2, --mem: 100M}}
        sites: {lab: {host: lab, ssh_config: '%s', scheduler: slurm, directory: far/%s}}
        """
            .formatted(LAB.sshConfig(), directory.getFileName()));
  }

  @Test
  void aSweepRunsThereAndEachEndIsSeenHere() {
    Karez.Said said = run("--wait", "-R", "--i 0 5 1", "--", "sh", "-c", SCRIPT, "sh");
    assertThat(said.code()).as(said.err()).isEqualTo(3);
    assertThat(states(1))
        .containsExactly("SUCCEEDED", "FAILED exit", "FAILED signal", "SUCCEEDED", "SUCCEEDED");
    assertThat(karez.run("logs", "1/4").out()).isEqualTo("node of 4\n");
    assertThat(karez.run("why", "1").out()).contains("exit code 3", "what went wrong");
    assertThat(karez.run("efficiency", "1").code()).isZero();
    assertThat(karez.run("retry", "1/1").code()).isZero();
  }

  private static final String SCRIPT =
      "echo node of $2; case $2 in 1) echo what went wrong >&2; exit 3;; 2) kill -9 $$;; esac";

  @Test
  void jobsThatWaitAndRunThereAreHeldExplainedAndCancelled() throws Exception {
    assertThat(run("--native", "--hold", "-R", "--i 0 3 1", "--", "sh", "-c", "sleep 600").code())
        .isZero();
    await("HELD");
    assertThat(karez.run("explain", "1").out()).contains("held");
    assertThat(karez.run("release", "1").err()).isEqualTo("run 1: 3 jobs released\n");
    await("RUNNING");
    assertThat(karez.run("cancel", "1").err()).isEqualTo("run 1: 3 cancelled\n");
    assertThat(states(1)).containsOnly("CANCELLED user");
    assertThat(LAB.ask("squeue", "--noheader", "--me", "--name=karez_1")).isEmpty();
  }

  @Test
  void theDoctorFindsNothingWrongThere() {
    Karez.Said said = karez.run("doctor", "lab", "--json");
    List<String> found = SlurmDoctorLabTest.findings(said.out());
    assertThat(found)
        .contains(
            "ok slurm version 24.11.5, cluster `lab`",
            "ok slurm clock the controller's agrees with this machine's",
            "ok slurm account research you have no limits of your own",
            "ok site start files print nothing",
            "ok site clock agrees with this machine's")
        .noneMatch(line -> line.startsWith("error"));
    assertThat(said.code()).isZero();
  }

  @Test
  void aRunIsDeletedThereOnceItsJobsHaveEnded() throws Exception {
    assertThat(run("-R", "--i 0 2 1", "--", "sh", "-c", "sleep 600").code()).isZero();
    assertThat(karez.run("delete", "1", "--yes").err()).contains("have not ended");
    assertThat(karez.run("cancel", "1").code()).isZero();
    assertThat(karez.run("delete", "1", "--yes").err()).contains("deleted run 1 on `lab`: ");
    LabProject there = new LabProject(LAB, "far/" + directory.getFileName());
    assertThat(there.shell("ls -A results/_")).isEmpty();
  }

  @Test
  void nodesOfTheSiteAreGotUsedAndGivenBackFromHere() throws Exception {
    Karez.Said got = karez.run("alloc", "get", "--on", "lab", "--nodes", "2", "--time", "10m");
    assertThat(got.code()).as(got.err()).isZero();
    String id = got.out().strip();
    assertThat(karez.run("alloc", "list", "--on", "lab").out())
        .contains(id + "\tkarez\trunning\t2");
    LAB.ask("mkdir", "-p", "far/" + directory.getFileName());
    Karez.Said step =
        karez.run(
            "alloc",
            "run",
            "--on",
            "lab",
            id,
            "--",
            "sh",
            "-c",
            "[ $SLURM_JOB_ID = $1 ]",
            "sh",
            id);
    assertThat(step.code()).as(step.err()).isZero();
    Karez.Said run =
        karez.run(
            "alloc",
            "run",
            "--on",
            "lab",
            id,
            "--wait",
            "-R",
            "--i 0 3 1",
            "--",
            "sh",
            "-c",
            "echo $2",
            "sh");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(states(1)).containsExactly("SUCCEEDED", "SUCCEEDED", "SUCCEEDED");
    assertThat(karez.run("logs", "1/2").out()).isEqualTo("2\n");
    assertThat(karez.run("alloc", "release", "--on", "lab", "--all").out())
        .contains(id + ": released");
    assertThat(LAB.ask("squeue", "--noheader", "--me", "--name=karez")).isEmpty();
  }

  @Test
  void theFarSideKnowsTheRunAsWell() throws Exception {
    assertThat(run("--wait", "-R", "--i 0 3 1", "--", "true").code()).isZero();
    LabProject there = new LabProject(LAB, "far/" + directory.getFileName());
    there.shell("mkdir -p .karez");
    assertThat(there.states(1)).containsExactly("SUCCEEDED", "SUCCEEDED", "SUCCEEDED");
  }

  @Test
  void aSubmissionAndALookAskTheSiteFewTimes() throws Exception {
    String name = directory.getFileName().toString();
    LAB.write(name + "/sh", "#!/bin/sh\ntee -a \"$0.told\" | /bin/sh \"$@\"\n");
    LAB.ask("chmod", "+x", "/home/researcher/" + name + "/sh");
    String shell = "scheduler: slurm, shell: /home/researcher/%s/sh".formatted(name);
    karez.write(
        ".karez/config.yaml", karez.read(".karez/config.yaml").replace("scheduler: slurm", shell));
    assertThat(run("-R", "--i 0 100 1", "--", "sleep", "600").code()).isZero();
    // each script is a round trip at most, and several may share one
    String scripts = LAB.ask("grep", "-cxF", "kz_word=", name + "/sh.told");
    assertThat(Integer.parseInt(scripts)).isBetween(3, 12);
    Project project = Project.at(karez.root(), UserFiles.of(System.getenv()));
    try (Connections connections = new Connections(System.getenv())) {
      Reach reach = new Reach(project, new LocalTransport(), connections, Instant::now);
      Runs runs = new Runs(reach, reach.clock(), (site, why) -> {});
      RunDirectory run = new RunStore(project.results()).list(Optional.empty()).getFirst();
      for (int look = 1; look <= 3; look++) {
        assertThat(runs.detail(run).jobs()).hasSize(100);
        assertThat(connections.roundTrips()).isBetween(look, 2 * look);
      }
    }
    assertThat(karez.run("cancel", "1").code()).isZero();
  }

  /// 1,000 jobs are 20 seeds.
  @Test
  void aSweepGivesTheSameFilesHereAndThere() throws Exception {
    String[] sweep = {
      "classify_iris",
      "-R",
      "--k 1 51 1",
      "-R",
      "--seed 0 " + Integer.getInteger("karez.test.iris.seeds", 1) + " 1"
    };
    shell("cp -r '" + System.getProperty("user.dir") + "/../examples/iris/.' . && rm -rf results");
    aSite();
    List<String> here = new ArrayList<>(List.of("run", "--wait"));
    here.addAll(List.of(sweep));
    assertThat(karez.run(here.toArray(String[]::new)).code()).isZero();
    List<String> there = new ArrayList<>(List.of("--fetch"));
    there.addAll(List.of(sweep));
    Karez.Said said = run(there.toArray(String[]::new));
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(states(2)).containsOnly("SUCCEEDED");
    shell(
        "cd results/classify_iris && diff -r -x record.jsonl -x run.json -x argv -x argv.idx -x jobs.jsonl"
            + " -x events -x claims -x submissions -x scheduler -x '*.sh' -x fetched -x sent run_1 run_2");
    shell("[ $(find results/classify_iris/run_2 -name test.json | wc -l) -ge 50 ]");
  }

  private void shell(String script) throws Exception {
    Completed done =
        new LocalTransport()
            .run(Command.of("sh", "-c", script).in(directory), Duration.ofMinutes(5));
    assertThat(done.exitCode()).as(done.text() + done.errorText()).isZero();
  }

  private void await(String state) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(1));
    while (!states(1).equals(List.of(state, state, state))) {
      assertThat(Instant.now()).as(states(1).toString()).isBefore(end);
      Thread.sleep(200);
    }
  }

  private Karez.Said run(String... words) {
    List<String> all = new ArrayList<>(List.of("run", "--on", "lab"));
    all.addAll(List.of(words));
    return karez.run(all.toArray(String[]::new));
  }

  private List<String> states(long run) {
    String status = karez.run("status", Long.toString(run), "--json").out();
    return LabProject.jobs(status).stream()
        .map(SlurmSiteLabTest::state)
        .collect(Collectors.toList());
  }

  private static String state(JsonObject job) {
    return job.string("state") + job.optionalString("cause").map(word -> " " + word).orElse("");
  }
}
