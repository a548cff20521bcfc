package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a batch system is asked for, by whom, and what is shown of it.
class AskedForTest {
  @TempDir Path directory;
  @TempDir Path programs;

  private Karez karez;
  private FakeSlurm slurm;

  @BeforeEach
  void anExperimentInAProjectAsItIsMade() throws IOException {
    karez = Karez.project(directory);
    karez.write("train.sh", "true\n");
    karez.write(
        ".karez/experiments/train.yaml",
        """
        name: train
        executable: train.sh
        executable_command: sh
        resources: {time: 10m, cpus: 4}
        """);
    slurm = FakeSlurm.in(karez, programs);
    slurm.say("sbatch", "echo 7");
  }

  @Test
  void whatAnExperimentAsksForComesBeforeTheProjectsDefaultTemplate() throws Exception {
    assertThat(directives("train"))
        .contains("#SBATCH --time=00:10:00", "#SBATCH --cpus-per-task=4", "#SBATCH --ntasks=1")
        .hasSize(7);
  }

  @Test
  void aTemplateThatIsNamedSaysWhatItReplaces() throws Exception {
    karez.write("long.yaml", "--time: 2-00:00:00\n-c: 4\n--mem: 1G\n");
    Karez.Said said = run("--dry-run", "--submit-template", "long.yaml", "train");

    assertThat(said.out()).contains("#SBATCH --time=2-00:00:00\n", "#SBATCH -c 4\n");
    assertThat(said.err())
        .isEqualTo(
            "warning: the submit template replaces what the experiment asks for: time 00:10:00 by"
                + " `--time=2-00:00:00`\n");
    assertThat(run("--dry-run", "--submit-template", "long.yaml", "--time", "1h", "train").err())
        .isEmpty();
  }

  @Test
  void eachNodeThatIsAskedForHasATask() throws Exception {
    assertThat(directives("--nodes", "5", "train"))
        .contains("#SBATCH --nodes=5")
        .noneMatch(line -> line.contains("tasks"));
    assertThat(directives("--native", "--nodes=2-4", "train"))
        .contains("#SBATCH --nodes=2-4")
        .noneMatch(line -> line.contains("tasks"));
    assertThat(directives("--nodes", "2", "--tasks", "4", "train"))
        .contains("#SBATCH --nodes=2", "#SBATCH --ntasks=4");
    assertThat(run("--dry-run", "--nodes", "5", "--tasks", "2", "train"))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: each job asks for 5 nodes and 2 tasks, and a node without a task is not given
                hint: `--tasks` is the number of processes in all: 5 or more
                """));
  }

  @Test
  void showTellsWhatWasSubmitted() throws Exception {
    run("--memory", "100M", "--native", "--constraint=big", "train");

    assertThat(slurm.run("show", "1").out())
        .contains("\nresources          tasks 1, cpus 4, memory 100M, time 00:10:00\n")
        .contains("\ndirectives         --constraint=big\n");
  }

  @Test
  void optionsOfRunAreRefusedWhereMoreJobsAreMeant() throws Exception {
    run("--time", "1m", "train", "-R", "--i 0 2 1");
    slurm.words("sbatch");
    for (List<String> wish :
        List.of(
            List.of("1", "--memory", "200M", "-R", "--i 2 3 1"),
            List.of("--dry-run", "1", "-R", "--i 2 3 1"),
            List.of("1", "--i=2", "--time=5m"),
            List.of("1", "-r", "local", "--i", "2"))) {
      List<String> words = new ArrayList<>(List.of("extend"));
      words.addAll(wish);
      String meant =
          wish.stream()
              .filter(word -> word.matches("--(memory|dry-run|time=.*)|-r"))
              .findFirst()
              .orElseThrow()
              .replaceFirst("=.*", "");
      assertThat(slurm.run(words.toArray(String[]::new)))
          .isEqualTo(
              new Karez.Said(
                  2,
                  "",
                  """
                  error: `%s` is an option of `karez run`; more jobs of a run get what the run asked for
                  hint: put it after `--` to pass it on to the program
                  """
                      .formatted(meant)));
    }
    assertThat(slurm.run("extend", "1", "--i", "2", "--dryrun").err())
        .startsWith("error: `--dryrun` is nearly `--dry-run`");
    assertThat(slurm.words("sbatch")).isEmpty();

    assertThat(slurm.run("extend", "1", "--", "--memory", "200M").code()).isZero();
    assertThat(slurm.run("show", "1/2").out()).contains("train.sh --memory 200M");
  }

  @Test
  void directivesThatTakeAwayWhatKarezRestsOnAreRefusedWhereverTheyStand() throws Exception {
    karez.write("bad.yaml", "--comment: mine\n");
    assertThat(
            run(
                "--submit-template",
                "bad.yaml",
                "--native=--array=0-5",
                "--native=--no-requeue",
                "--signal",
                "USR1@10:requeue",
                "train"))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: --submit-template: `--comment` is taken: by it Karez finds its jobs again
                error: --native: `--array` would make jobs that Karez does not know: `-R` and `-g` make an array, `--throttle` limits it
                error: --native: `--no-requeue` forbids what `--signal ...:requeue` asks for
                """));
    assertThat(run("--native=-o /dev/null", "--native=--requeue", "train").err())
        .startsWith(
            "warning: `-o /dev/null` is not where programs print, and `karez why` does not look"
                + " there for what Slurm says\n1 job");
  }

  @Test
  void aSubmissionIsSearchedForUnderTheNameThatItWasGiven() throws Exception {
    // between Karez and `sbatch` is the shell that keeps its answer
    slurm.say("sbatch", "kill -9 $(ps -o ppid= -p $PPID); exit 1");
    run("--native=-J mine", "train");
    slurm.say("sbatch", "echo 7");
    slurm.words("sacct");
    slurm.run("resume", "1");
    assertThat(slurm.words("sacct")).anyMatch(line -> line.contains("--name=mine "));
  }

  @Test
  void whoWritesTheSchedulersOptionsIsToldKarezs() throws Exception {
    assertThat(run("--mem", "100M", "train").err())
        .isEqualTo("error: there is no option `--mem`\nhint: did you mean `--memory`?\n");
    assertThat(run("-p", "short", "train").err()).endsWith("hint: did you mean `--queue`?\n");
    assertThat(run("--constraint", "big", "train").err())
        .endsWith("hint: hand it over with `--native '--constraint=big'`\n");
    assertThat(run("--hold", "train").err())
        .endsWith("hint: hand it over with `--native '--hold'`\n");

    assertThat(run("--dry-run", "train", "--mem", "100M", "--qos=high", "-n", "3").err())
        .isEqualTo(
            """
            warning: `--mem` goes to the program, not to the batch system: did you mean `--memory`?
            warning: `--qos` goes to the program, not to the batch system: hand it over with `--native '--qos=high'`
            """);
    assertThat(run("--dry-run", "train", "--", "--mem", "100M").err()).isEmpty();
    assertThat(karez.run("run", "--cpus", "1", "--dry-run", "train", "--mem", "100M").err())
        .isEmpty();
  }

  @Test
  void whatCannotBeAskedForIsRefusedBeforeAnythingIsMade() throws Exception {
    assertThat(run("--signal", "USR1@120", "--time", "1m", "train").err())
        .isEqualTo(
            """
            error: --signal: the signal is to come 120 s before the end of a job of 60 s
            hint: ask for more `--time`, or say fewer seconds
            """);
    assertThat(run("--native", "--mail-user=a\nb", "train").err())
        .isEqualTo("error: --native: `--mail-user` has a line break in it\n");
    Karez broken = Karez.project(Files.createDirectory(directory.resolve("a\nb")));
    assertThat(FakeSlurm.in(broken, programs).run("run", "-r", "slurm", "--", "true").err())
        .contains("a\\nb/results` has a line break, which no directive of `slurm` can hold\n")
        .contains("hint: rename the directory");
    assertThat(karez.root().resolve("results")).doesNotExist();
  }

  @Test
  void aRefusalOfSeveralLinesStandsOnOne() throws Exception {
    slurm.say(
        "sbatch",
        "echo 'sbatch: error: one' >&2; echo 'sbatch: error: Batch job submission failed: Invalid"
            + " qos specification' >&2; exit 1");
    run("train");
    String words =
        "sbatch: error: one; sbatch: error: Batch job submission failed: Invalid qos specification";
    assertThat(slurm.run("why", "1").out()).contains(words).doesNotContain("\\n");
    assertThat(slurm.run("show", "1").out()).contains("refused: " + words + "\n");
  }

  @Test
  void anotherAttemptIsShownWithWhatItAskedFor() throws Exception {
    run("--memory", "100M", "train");
    slurm.run("cancel", "1");
    slurm.run("retry", "1", "--cause", "user", "--memory", "x2", "--time", "2h");

    assertThat(slurm.run("show", "1").out())
        .containsPattern("\n  2: [0-9 :-]+, asking for memory 200M, time 02:00:00, accepted\n");
    assertThat(slurm.run("show", "1/0").out())
        .contains("tasks 1, cpus 4, memory 200M, time 02:00:00\n");
  }

  @Test
  void moreTimeThanTheQueueEverGivesIsSaidBeforehand() throws Exception {
    slurm.say(
        "scontrol",
        "echo 'PartitionName=short MaxTime=00:05:00 State=UP TotalNodes=2'; echo"
            + " 'PartitionName=long Default=YES MaxTime=UNLIMITED State=UP TotalNodes=2'");
    assertThat(run("--queue", "short", "train").err())
        .startsWith(
            "warning: it may wait for ever: time: 0:10:00 asked, partition `short` allows"
                + " 0:05:00\n");
    assertThat(run("--queue", "short", "--time", "5m", "train").err()).startsWith("1 job");
    assertThat(run("--queue", "short,long", "train").err()).startsWith("1 job");
    assertThat(run("train").err()).startsWith("1 job");
  }

  @Test
  void explainTellsWhatKeptARunBack() throws Exception {
    String killed =
        ("karez=$(ps -o ppid= -p $PPID); (for i in $(seq 300); do grep -qrs Deferred '%s'"
                    + " && kill -9 $karez && exit; sleep 0.1; done)")
                .formatted(karez.root().resolve("results"))
            + " >/dev/null 2>&1 </dev/null &\n";
    slurm.say(
        "sbatch",
        killed
            + "echo 'sbatch: error: QOSMaxSubmitJobPerUserLimit' >&2; echo 'sbatch: error: Batch"
            + " job submission failed: Job violates accounting/QOS policy (job submit limit, user'"
            + "\\''s size and/or time limits)' >&2; exit 1");
    run("train");
    assertThat(slurm.run("explain", "1").err())
        .contains(
            "never submitted: `karez resume 1`\n  they were kept back: sbatch: error: QOSMax");
  }

  /// The directives of a dry run that are about resources or native.
  private List<String> directives(String... words) throws Exception {
    String[] all = new String[words.length + 1];
    all[0] = "--dry-run";
    System.arraycopy(words, 0, all, 1, words.length);
    return run(all)
        .out()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("#SBATCH"))
        .toList();
  }

  private Karez.Said run(String... words) throws Exception {
    String[] all = new String[words.length + 3];
    all[0] = "run";
    all[1] = "-r";
    all[2] = "slurm";
    System.arraycopy(words, 0, all, 3, words.length);
    return slurm.run(all);
  }
}
