package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.RunId;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Further attempts of jobs, and further jobs of runs.
class RetryTest {
  @TempDir Path directory;
  private Karez karez;
  private Lab lab;

  @BeforeEach
  void aProject() throws IOException {
    karez = Karez.project(directory);
    lab = new Lab(karez);
  }

  @Test
  void whoWatchesARunSeesTheFurtherAttemptOfAJobThatHadEnded() throws Exception {
    String program =
        "touch started$2; if [ $2 = 0 ]; then [ -e again ] || exit 3; until [ -e go ]; do sleep"
            + " 0.02; done; else until [ -e done ]; do sleep 0.02; done; fi";
    Path files = Files.createDirectory(directory.resolve("files"));
    Process watching =
        Karez.start(directory, files, "run", "-R", "--i 0 2 1", "--", "sh", "-c", program, "sh")
            .start();
    watching.getOutputStream().close();
    Lab.until("both have started", () -> Files.exists(directory.resolve("started1")));
    Lab.until("one failed", () -> karez.run("status", "1").out().contains("0\tfailed"));
    karez.write("again", "");
    Files.delete(directory.resolve("started0"));
    assertThat(karez.run("retry", "1", "--detach").code()).isZero();
    Lab.until("it has started again", () -> Files.exists(directory.resolve("started0")));
    karez.write("done", "");
    Lab.until("the other ended", () -> karez.run("status", "1").out().contains("1\tsucceeded"));
    assertThat(karez.run("status", "1").out()).contains("0\trunning");
    karez.write("go", "");

    assertThat(watching.waitFor()).isZero();
  }

  @Test
  void failedJobsAreTriedAgainAndWhatTheyPrintedStays() throws Exception {
    Path fixed = directory.resolve("fixed");
    String program = "echo $0 on $KAREZ_JOB_INDEX; [ $0 != b ] || [ -e '%s' ]".formatted(fixed);
    assertThat(karez.run("run", "-g", "a", "-g", "b", "-g", "c", "--", "sh", "-c", program).code())
        .isEqualTo(3);

    assertThat(karez.run("retry", "1"))
        .isEqualTo(
            new Karez.Said(
                3,
                "",
                "run 1: job 1 again\nrun 1: 2 succeeded, 1 failed in results/_/run_1\nhint: `karez why 1` tells why\n"));
    Files.createFile(fixed);
    assertThat(karez.run("retry", "1", "--failed"))
        .isEqualTo(
            new Karez.Said(0, "", "run 1: job 1 again\nrun 1: 3 succeeded in results/_/run_1\n"));

    assertThat(lab.jobs(1)).extracting(job -> job.attempt()).containsExactly(1, 3, 1);
    assertThat(lab.jobs(1)).extracting(job -> job.submission()).containsExactly(1, 3, 1);
    for (String file : new String[] {"stdout.1.txt", "stdout.2.txt", "stdout.txt"}) {
      assertThat(karez.read("results/_/run_1/group_1/" + file)).isEqualTo("b on 1\n");
    }
    assertThat(karez.run("retry", "1"))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: no job of run 1 failed or was lost
                hint: `karez status 1` shows how they stand
                """));
  }

  @Test
  void theOnlyJobOfARunShowsTheOutputOfItsNewAttemptAlone() {
    karez.run("run", "--", "sh", "-c", "echo $KAREZ_JOB_DIR; exit 4");

    assertThat(karez.run("retry", "last"))
        .isEqualTo(
            new Karez.Said(
                3,
                "PROJECT/results/_/run_1\n",
                "run 1: job 0 again\nrun 1: failed in results/_/run_1\nhint: `karez why 1` tells why\n"));
  }

  @Test
  void theNextAttemptHasTheEnvironmentAndTheSetUpOfTheFirst() throws IOException {
    karez.write(
        ".karez/experiments/e.yaml",
        """
        name: e
        path: .
        executable: e.sh
        executable_command: sh
        environment: {set: {GREETING: "it's $HOME"}}
        setup: ["MORE='a b'; export MORE"]
        """);
    karez.write("e.sh", "echo \"$GREETING $MORE $*\"; exit 1");
    karez.run("run", "e", "x y");

    Karez.Said said = karez.run("retry", "1");

    assertThat(said.out()).isEqualTo("it's $HOME a b x y --storage_path PROJECT/results/e/run_1\n");
  }

  @Test
  void lostJobsAreTriedAgainOnceTheirProgramsAreGone() throws Exception {
    Path gate = directory.resolve("gate");
    String program = "echo $$; until [ -e '%s' ]; do sleep 0.05; done".formatted(gate);
    karez.run("run", "--detach", "--threads", "1", "-g", "a", "-g", "b", "--", "sh", "-c", program);
    long pid = lab.printed(1, "group_0/stdout.txt");
    lab.killSupervisors(1, 1);

    Karez.Said early = karez.run("retry", "1/0");
    assertThat(early.code()).isEqualTo(2);
    assertThat(early.err())
        .isEqualTo(
            """
            error: job 0 is running (the scheduler: its process is alive), so its program may be at work
            hint: wait for its end, or cancel it first
            """);
    Lab.signal("KILL", pid);
    lab.untilStates(1, "UNKNOWN lost", "UNKNOWN lost");
    Files.createFile(gate);

    assertThat(karez.run("retry", "1", "--cause", "lost"))
        .isEqualTo(
            new Karez.Said(
                0, "", "run 1: 2 of 2 jobs again\nrun 1: 2 succeeded in results/_/run_1\n"));
    assertThat(lab.run(1).claim(1, 1)).exists();
    assertThat(lab.jobs(1)).extracting(job -> job.attempt()).containsExactly(2, 2);
  }

  @Test
  void jobsThatSucceededAndUnknownCausesAreRefused() {
    karez.run("run", "-g", "0", "-g", "1", "--", "sh", "-c", "exit $0");

    assertThat(karez.run("retry", "1/0").err())
        .isEqualTo(
            """
            error: job 0 succeeded
            hint: `karez rerun` makes a new run with the same parameters
            """);
    assertThat(karez.run("retry", "1", "--cause", "exot").err())
        .isEqualTo("error: --cause: there is no cause `exot`\nhint: did you mean `exit`?\n");
    assertThat(karez.run("retry", "1/1", "--failed").err())
        .isEqualTo(
            """
            error: the jobs are chosen in more than one way
            hint: name jobs, or give `--failed`, or give `--cause`
            """);
    assertThat(lab.jobs(1)).extracting(job -> job.attempt()).containsExactly(1, 1);
  }

  @Test
  void cancelledJobsAreTriedAgainWhenTheyAreNamed() throws Exception {
    karez.run(
        "run", "--detach", "--", "sh", "-c", "echo $$; [ $KAREZ_JOB_INDEX ] && exec sleep 60");
    lab.printed(1, "stdout.txt");
    karez.run("cancel", "1");
    assertThat(karez.run("retry", "1").err())
        .isEqualTo(
            """
            error: no job of run 1 failed or was lost
            hint: 1 job was cancelled: `karez retry 1 --cause user` runs it again
            """);
    assertThat(karez.run("retry", "1").code()).isEqualTo(2);

    assertThat(karez.run("retry", "1/0", "--detach").code()).isZero();

    lab.untilStates(1, "RUNNING");
    assertThat(karez.run("cancel", "1").code()).isZero();
    assertThat(lab.states(1)).containsExactly("CANCELLED user");
  }

  @Test
  void aRunIsExtendedTwiceAndTheFirstJobKeepsItsPlace() throws Exception {
    karez.run("run", "--", "sh", "-c", "echo $*", "sh", "fixed");

    assertThat(karez.run("extend", "1", "-R", "--seed 0 2 1"))
        .isEqualTo(
            new Karez.Said(
                0, "", "run 1: 2 more jobs (1 to 2)\nrun 1: 3 succeeded in results/_/run_1\n"));
    assertThat(karez.run("extend", "last", "-c", "echo own; exit 5", "sh"))
        .isEqualTo(
            new Karez.Said(
                3,
                "",
                "run 1: 1 more job (3)\nrun 1: 3 succeeded, 1 failed in results/_/run_1\nhint: `karez why 1` tells why\n"));

    assertThat(karez.read("results/_/run_1/stdout.txt")).isEqualTo("fixed\n");
    assertThat(karez.read("results/_/run_1/group_1/stdout.txt")).isEqualTo("fixed --seed 0\n");
    assertThat(karez.read("results/_/run_1/group_2/stdout.txt")).isEqualTo("fixed --seed 1\n");
    assertThat(karez.read("results/_/run_1/group_3/stdout.txt")).isEqualTo("own\n");
    assertThat(lab.states(1)).containsExactly("SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "FAILED exit");
    assertThat(karez.run("retry", "1", "--failed").code()).isEqualTo(3);
    assertThat(lab.jobs(1)).extracting(job -> job.attempt()).containsExactly(1, 1, 1, 2);
  }

  @Test
  void extensionsAtTheSameTimeGiveEveryJobANumberOfItsOwn() throws Exception {
    karez.run("run", "--", "echo", "0");
    List<Process> processes = new ArrayList<>();
    for (String value : List.of("1", "2", "3")) {
      processes.add(process(value, "extend", "1", value, "-R", "--x 0 2 1"));
    }
    for (Process process : processes) {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isZero();
    }

    assertThat(lab.states(1)).hasSize(7).containsOnly("SUCCEEDED");
    List<String> printed = new ArrayList<>();
    for (int job = 1; job < 7; job++) {
      printed.add(karez.read("results/_/run_1/group_" + job + "/stdout.txt"));
    }
    assertThat(printed)
        .containsExactlyInAnyOrder(
            "1 --x 0\n", "1 --x 1\n", "2 --x 0\n", "2 --x 1\n", "3 --x 0\n", "3 --x 1\n");
  }

  @Test
  void retriesAtTheSameTimeRunNoAttemptTwice() throws Exception {
    Path count = karez.root().resolve("count");
    karez.run("run", "--", "sh", "-c", "echo $$ >>'%s'; exit 1".formatted(count));
    List<Process> processes = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      processes.add(process(name, "retry", "1/0"));
    }
    for (Process process : processes) {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    lab.untilStates(1, "FAILED exit");
    assertThat(Files.readAllLines(count)).hasSize(lab.jobs(1).getFirst().attempt());
  }

  @Test
  void moreJobsBesideThoseAtWorkAreSaidOrRefusedWhenMemoryWasAskedFor() throws Exception {
    Path gate = directory.resolve("gate");
    String program = "[ $1 = 1 ] || until [ -e '%s' ]; do sleep 0.05; done".formatted(gate);
    for (String memory : List.of("1M", "")) {
      List<String> words = new ArrayList<>(List.of("run", "--detach", "--threads", "1", "-g", "0"));
      words.addAll(memory.isEmpty() ? List.of() : List.of("--memory", memory));
      words.addAll(List.of("--", "sh", "-c", program, "sh"));
      assertThat(karez.run(words.toArray(String[]::new)).code()).isZero();
    }

    assertThat(karez.run("extend", "1", "-g", "1"))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: run 1 is at work, and more jobs at the same time would share its memory
                hint: `karez wait 1` waits for its end
                """));
    assertThat(karez.run("extend", "2", "-g", "1").err())
        .startsWith("run 2: 1 more job (1)\nrun 2 is at work: up to 1 more at a time\n");
    Files.createFile(gate);
    assertThat(karez.run("wait", "1", "2").code()).isZero();
    assertThat(lab.states(1)).containsExactly("SUCCEEDED");
    assertThat(karez.run("extend", "1", "-g", "1").code()).isZero();
  }

  private Process process(String name, String... words) throws IOException {
    Path files = Files.createDirectories(directory.resolve("files-" + name));
    return Karez.start(karez.root(), files, words).start();
  }

  @Test
  void jobsThatAKilledExtensionHasLeftAreFoundByTheNextAndSubmittedByResume() throws Exception {
    karez.run("run", "-g", "0", "-g", "1", "--", "echo");
    RunDirectory run = lab.run(1);
    Path left = Files.createDirectories(run.extension(2)).resolve("jobs.jsonl");
    String line = Files.readAllLines(run.jobs()).getFirst();
    Files.writeString(
        left, line.replace("\"index\":0", "\"index\":2").replace("group_0", "group_2") + "\n");
    assertThat(lab.states(1)).hasSize(2);

    assertThat(karez.run("extend", "1", "-g", "3"))
        .isEqualTo(
            new Karez.Said(
                0,
                "",
                """
                warning: 1 job was added before and never submitted: `karez resume 1`
                run 1: 1 more job (3)
                run 1: 1 prepared, 3 succeeded in results/_/run_1
                """));
    assertThat(karez.run("resume", "1").code()).isZero();

    assertThat(lab.states(1)).containsExactly("SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED");
    assertThat(karez.read("results/_/run_1/group_3/stdout.txt")).isEqualTo("3\n");
    assertThat(karez.run("resume", "1"))
        .isEqualTo(new Karez.Said(0, "", "run 1: all jobs are submitted\n"));
  }

  @Test
  void aRunThatWasMadeAndNeverSubmittedIsResumed() throws Exception {
    karez.run("run", "-g", "0", "-g", "1", "--", "echo");
    Path first = lab.run(1).path();
    try (var logs = Files.newDirectoryStream(first.resolve("events"))) {
      for (Path log : logs) {
        Files.delete(log);
      }
    }
    try (var claims = Files.newDirectoryStream(first.resolve("claims"))) {
      for (Path claim : claims) {
        Files.delete(claim);
      }
    }
    assertThat(lab.states(1)).containsExactly("PREPARED", "PREPARED");
    Path document = lab.run(1).document();
    String text = Files.readString(document);
    Files.writeString(
        document,
        text.replaceFirst("\"created\":\\s*\"[^\"]*\"", "\"created\":\"2026-01-01T00:00:00Z\""));
    String never = "run 1: its jobs were never submitted: `karez resume 1`\n";
    assertThat(karez.run("wait", "1")).isEqualTo(new Karez.Said(1, "", never));
    assertThat(karez.run("status", "1").err()).isEqualTo(never);
    assertThat(karez.run("why", "1"))
        .isEqualTo(new Karez.Said(0, "nothing has failed in run 1: 2 prepared\n", never));
    assertThat(karez.run("retry", "1").err()).startsWith(never);
    assertThat(karez.run("retry", "1/1").err())
        .isEqualTo(
            """
            error: job 1 was never submitted
            hint: `karez resume 1` submits it
            """);

    Karez.Said said = karez.run("resume", "1");

    assertThat(said).isEqualTo(new Karez.Said(0, "", "run 1: 2 succeeded in results/_/run_1\n"));
    assertThat(
            RunHistory.of(new EventLog(new RunDirectory(new RunId(1), first)).read())
                .lastSubmission())
        .isEqualTo(2);
  }

  @Test
  void onlyWhatHasNotSucceededIsMissing() throws Exception {
    String program =
        "echo $*; [ $1 != --x ] || [ $2 != 1 ] || [ -e %s/fixed ]".formatted(karez.root());
    karez.run("run", "-R", "--x 0 3 1", "--", "sh", "-c", program, "sh");

    Karez.Said second =
        karez.run("run", "--missing", "-R", "--x 0 5 1", "--", "sh", "-c", program, "sh");

    assertThat(second.err())
        .isEqualTo(
            """
            2 of 5 jobs have already succeeded with this code, in run 1; 3 remain
            run 2: 2 succeeded, 1 failed in results/_/run_2
            hint: `karez why 2` tells why
            """);
    assertThat(karez.read("results/_/run_2/group_0/stdout.txt")).isEqualTo("--x 1\n");
    assertThat(karez.read("results/_/run_2/group_1/stdout.txt")).isEqualTo("--x 3\n");
    karez.write("fixed", "");
    karez.run("retry", "2");
    assertThat(karez.run("run", "--missing", "-R", "--x 0 5 1", "--", "sh", "-c", program, "sh"))
        .isEqualTo(
            new Karez.Said(
                0,
                "",
                "all 5 jobs have already succeeded with this code, in runs 1 and 2; nothing"
                    + " remains\n"));
    Karez.Said shown =
        karez.run(
            "run", "--missing", "--dry-run", "-R", "--x 4 6 1", "--", "sh", "-c", program, "sh");
    assertThat(shown.err())
        .isEqualTo("1 of 2 jobs has already succeeded with this code, in run 2; 1 remains\n");
    assertThat(shown.out())
        .contains("--x 5\n")
        .doesNotContain("--x 4\n")
        .startsWith("1 job on local\n");
    assertThat(
            karez
                .run(
                    "run",
                    "--missing",
                    "--replicas",
                    "2",
                    "-R",
                    "--x 0 1 1",
                    "--",
                    "sh",
                    "-c",
                    program,
                    "sh")
                .err())
        .isEqualTo(
            """
            1 of 2 jobs has already succeeded with this code, in run 1; 1 remains
            run 3: succeeded in results/_/run_3
            """);
    assertThat(karez.run("run", "--missing", "--", "sh", "-c", program, "sh", "new").err())
        .isEqualTo(
            """
            the job has not succeeded yet with this code
            run 4: succeeded in results/_/run_4
            """);
  }
}
