package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.launch.Authors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Acceptance cases of looking at runs, and of what is written down about them.
class InspectCasesTest {
  private static final Pattern MOMENT =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}");
  private static final Pattern DURATION = Pattern.compile("[0-9]\\.[0-9]{2} s");

  /// Only some of the shortest jobs are measured.
  private static final Pattern MEMORY = Pattern.compile(" *peak memory .*\n|[0-9.]+M(?=\t)");

  /// The room after the name of a field.
  private static final Pattern WIDTH = Pattern.compile("(?m)^(  [a-z]+)  +");

  @TempDir Path directory;
  private Karez karez;

  @BeforeEach
  void aProjectWithAProgramThatFailsWhenItIsTold() throws IOException {
    karez = Karez.project(directory);
    karez.write("code/exits.sh", "echo out of \"$2\"\necho oops >&2\nexit \"$2\"\n");
    karez.write("code/plot.sh", "true\n");
    karez.write(
        ".karez/experiments/exits.yaml",
        """
        name: exits
        description: Ends as it is told
        path: code
        executable: code/exits.sh
        executable_command: sh
        tags: [First, Second]
        pass_paths: false
        actions:
        - plot:
            description: Plots it
            executable: code/plot.sh
            executable_command: sh
        """);
  }

  @Test
  void case15_aRunFailsWithItsJobsAndShowsTheCodeOfEach() {
    Karez.Said run = karez.run("run", "exits", "-g", "--x 0", "-g", "--x 3", "-g", "--x 0");

    assertThat(run.code()).isEqualTo(3);
    assertThat(fixed(karez.run("status", "1")))
        .isEqualTo(
            """
            job\tstatus\tcause\tparameters\tnode\telapsed\tmemory\tprogress
            1\tfailed\texit 3\tx=3\tNODE\tN.NN s\t\t
            0\tsucceeded\t\tx=0\tNODE\tN.NN s\t\t
            2\tsucceeded\t\tx=0\tNODE\tN.NN s\t\t
            """);
    assertThat(WIDTH.matcher(fixed(karez.run("why", "1"))).replaceAll("$1  "))
        .isEqualTo(
            """
            1 job failed: the program ended with exit code 3
              job  1/1
              parameters  x=3
              evidence  job record
              node  NODE
              elapsed  N.NN s
              the end of PROJECT/results/exits/run_1/group_1/stderr.txt
                oops
              hint: what 3 means is the program's own choice: its last words may tell more
            """);
    assertThat(karez.run("why", "last/0").out())
        .isEqualTo("nothing has failed in job 1/0: succeeded\n");
    assertThat(karez.run("wait", "1").code()).isEqualTo(3);
    assertThat(karez.run("wait", "1/0", "1/2").code()).isZero();
  }

  @Test
  void jobsThatFailedAlikeAreExplainedOnce() {
    karez.run("run", "exits", "-g", "--x 0", "-g", "--x 2", "-g", "--x 1", "-g", "--x 1");

    assertThat(
            karez
                .run("why", "1", "--json")
                .out()
                .replaceAll("\"node\":\"[^\"]+\",\"cores\":null,[^}]*", "..."))
        .isEqualTo(
            """
            {"schema":1,"run":1,"reasons":[\
            {"state":"FAILED","cause":"exit","sentence":"the program ended with exit code 1",\
            "hint":"most programs say 1 for any error: its last words may tell more","jobs":[2,3],\
            "example":{"index":2,"attempt":1,"exit_code":1,"signal":null,...}},\
            {"state":"FAILED","cause":"exit","sentence":"the program ended with exit code 2",\
            "hint":"2 often says that arguments were wrong or a file was missing: its last words may tell more",\
            "jobs":[1],\
            "example":{"index":1,"attempt":1,"exit_code":2,"signal":null,...}}]}
            """);
    assertThat(karez.run("why", "1/0").out())
        .isEqualTo("nothing has failed in job 1/0: succeeded\n");
  }

  @Test
  void case18_aDeletedRunsNumberIsNeverUsedAgain() throws IOException {
    karez.run("run", "exits", "--x", "0");
    karez.run("run", "exits", "--x", "0");

    Karez.Said asked = karez.answering("n\n", "delete", "2");
    assertThat(asked.code()).isEqualTo(1);
    assertThat(asked.err())
        .matches(
            """
            run 2: PROJECT/results/exits/run_2, [0-9]+ files, [0-9.]+ KiB
            delete it\\? \\[y/N]: nothing was removed
            """);
    assertThat(karez.run("delete", "2").code()).isEqualTo(2);
    assertThat(Files.exists(karez.root().resolve("results/exits/run_2"))).isTrue();

    assertThat(karez.answering("y\n", "delete", "2").code()).isZero();
    assertThat(Files.exists(karez.root().resolve("results/exits/run_2"))).isFalse();
    assertThat(karez.run("run", "exits", "--x", "0").err())
        .isEqualTo("oops\nrun 3: succeeded in results/exits/run_3\n");
    assertThat(karez.run("delete", "3", "--dry-run").err())
        .matches("would delete run 3: PROJECT/results/exits/run_3, [0-9]+ files, [0-9.]+ KiB\n");
    assertThat(karez.run("experiment", "run_delete", "exits", "3", "--yes").err())
        .matches("deleted run 3: PROJECT/results/exits/run_3, [0-9]+ files, [0-9.]+ KiB\n");
    assertThat(karez.run("run", "exits", "--x", "0").err())
        .isEqualTo("oops\nrun 4: succeeded in results/exits/run_4\n");
  }

  @Test
  void deletionFollowsNoLink() throws IOException {
    karez.run("run", "exits", "--x", "0");
    Path kept = karez.write("elsewhere/kept.txt", "kept");
    Path run = karez.root().resolve("results/exits/run_1");
    Files.createSymbolicLink(run.resolve("link"), kept.getParent());

    assertThat(karez.run("delete", "1", "--yes").code()).isZero();

    assertThat(Files.exists(run)).isFalse();
    assertThat(kept).hasContent("kept");
  }

  @Test
  void pathsStartFromWhereTheUserIs() throws Exception {
    karez.run("run", "exits", "--x", "3");

    assertThat(karez.from(karez.root(), "status").out()).contains("\tresults/exits/run_1\t");
    assertThat(karez.from(karez.root().resolve("results"), "why", "1").out())
        .contains("the end of exits/run_1/stderr.txt\n");
    assertThat(karez.from(karez.root().resolve("code"), "show", "1").out())
        .contains("PROJECT/results/exits/run_1\n");
  }

  @Test
  void aRunBehindALinkIsNotDeleted() throws IOException {
    karez.run("run", "exits", "--x", "0");
    Path run = karez.root().resolve("results/exits/run_1");
    Path elsewhere = karez.root().resolve("elsewhere");
    Files.move(run, elsewhere);
    Files.createSymbolicLink(run, elsewhere);

    Karez.Said said = karez.run("delete", "1", "--yes");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .isEqualTo(
            """
            error: `PROJECT/results/exits/run_1` is a symbolic link, or lies behind one
            hint: it leads to `PROJECT/elsewhere`; remove the link, or what it leads to, by hand
            """);
    assertThat(elsewhere.resolve("run.json")).exists();
  }

  @Test
  void aRunWhoseJobsGoOnIsNotDeleted() {
    karez.run("run", "--detach", "--", "sleep", "60");
    try {
      Karez.Said said = karez.run("delete", "1", "--yes");

      assertThat(said.code()).isEqualTo(2);
      assertThat(said.err())
          .isEqualTo(
              """
              error: the job of run 1 has not ended
              hint: cancel it first: `karez cancel 1`
              """);
    } finally {
      karez.run("cancel", "1");
    }
    assertThat(karez.run("delete", "1", "--yes").code()).isZero();
  }

  @Test
  void case21_theProgressOfARunIsThatOfItsJobs() throws IOException {
    karez.write(
        "progress.sh",
        """
        case $2 in
          0) printf 'count_total=10\\n3\\n2\\n' ;;
          1) echo finished ;;
          3) : ;;
        esac >"$KAREZ_JOB_DIR/progress.txt"
        [ "$2" != 2 ] || rm "$KAREZ_JOB_DIR/progress.txt"
        """);
    karez.run("run", "-R", "--x 0 4 1", "--", "sh", karez.root() + "/progress.sh");

    assertThat(fixed(karez.run("status")).lines().map(InspectCasesTest::lastCell))
        .containsExactly("progress", "37.50%");
    assertThat(fixed(karez.run("status", "1")).lines().map(InspectCasesTest::lastCell))
        .containsExactly("progress", "50.00%", "100.00%", "", "0.00%");
  }

  @Test
  void case28_aCommentSaysWhichRunItIsAbout() throws IOException {
    karez.run("run", "exits", "-t", "a", "-t", "b", "--description", "the first", "--x", "0");

    assertThat(karez.run("experiment", "run_comment", "exits", "1", "worth a second look"))
        .isEqualTo(
            new Karez.Said(0, "", "run 1: the comment is in results/exits/run_1/comment.md\n"));
    assertThat(karez.run("comment", "1", " "))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: the comment is empty
                hint: `karez comment 1 "what it has shown"` adds one
                """));
    assertThat(karez.run("tag", "1", "a", "--remove"))
        .isEqualTo(new Karez.Said(0, "", "run 1 is tagged `b`\n"));
    assertThat(karez.reading("- and a third\n", "comment", "1").code()).isZero();

    assertThat(fixed(karez.read("results/exits/run_1/comment.md")))
        .isEqualTo(
            """
            # Run 1 of exits

            - launched: YYYY-MM-DD HH:MM:SS
            - finished: YYYY-MM-DD HH:MM:SS
            - tags: b
            - description: the first

            worth a second look

            - and a third
            """);
    assertThat(fixed(karez.run("show", "1")))
        .endsWith(
            """
            comment
              worth a second look

              - and a third
            """);
  }

  @Test
  void case30_statusShowsTheExperimentThenItsRunsLivelyOnesFirst() {
    karez.run("run", "--detach", "exits", "-t", "slow", "--x", "0");
    karez.run("wait", "1");
    karez.run("run", "exits", "-g", "--x 0", "-g", "--x 1");

    assertThat(fixed(karez.answering("", "experiment", "status", "exits")))
        .isEqualTo(
            """
            name             exits
            description      Ends as it is told
            path             code
            executable       code/exits.sh
            execute command  sh
            number of runs   2
            tags             First, Second
            actions
              plot: Plots it

            id  path               runner  launch date          duration  status        tags
             2  …/exits/run_2      local   YYYY-MM-DD HH:MM:SS    N.NN s  ✗ failed 1/2
             1  …/exits/run_1      local   YYYY-MM-DD HH:MM:SS    N.NN s  ✓ succeeded   slow
            """);
    assertThat(fixed(karez.run("status")))
        .isEqualTo(
            """
            id\texperiment\tdescription\tpath\trunner\tlaunch date\tduration\tstatus\ttags\tprogress
            2\texits\t\tPROJECT/results/exits/run_2\tlocal\tYYYY-MM-DD HH:MM:SS\tN.NN s\tfailed 1/2\t\t
            1\texits\t\tPROJECT/results/exits/run_1\tlocal\tYYYY-MM-DD HH:MM:SS\tN.NN s\tsucceeded\tslow\t
            """);
  }

  @Test
  void case30_aRunThatGoesOnStandsFirst() {
    karez.run("run", "--detach", "--", "sleep", "60");
    try {
      karez.run("run", "exits", "--x", "0");

      assertThat(karez.run("status").out().lines().map(line -> line.split("\t", -1)[0]))
          .containsExactly("id", "1", "2");
    } finally {
      karez.run("cancel", "1");
    }
  }

  @Test
  void aBrokenRunSpoilsNoOther() throws IOException {
    karez.run("run", "exits", "--x", "0");
    karez.run("run", "exits", "--x", "0");
    karez.write("results/exits/run_1/run.json", "{\"uid\": 1");

    Karez.Said said = karez.run("status", "exits", "--json");

    assertThat(said.code()).isZero();
    assertThat(said.out())
        .startsWith("{\"schema\":1,\"runs\":[{\"id\":2,")
        .contains("],\"unreadable\":[{\"id\":1,\"directory\":\"results/exits/run_1\",\"problem\":");
    assertThat(karez.run("status").out().lines().skip(2).toList().getFirst())
        .startsWith("1\texits\tPROJECT/results/exits/run_1/run.json:1:10: not valid JSON")
        .endsWith("\tPROJECT/results/exits/run_1\t\t\t\tunreadable\t\t");
  }

  @Test
  void theDocumentHasTheOrderOfTheTable() {
    for (int run = 1; run <= 3; run++) {
      karez.run("run", "exits", "--x", "0");
    }
    assertThat(karez.run("run", "--detach", "--", "sleep", "600").code()).isZero();
    karez.run("run", "exits", "--x", "0");
    List<String> table =
        karez.run("status").out().lines().skip(1).map(line -> line.split("\t")[0]).toList();
    assertThat(table).containsExactly("4", "5", "3", "2", "1");
    assertThat(
            Away.runs(karez.run("status", "--json")).stream()
                .map(run -> run.number("id") + "")
                .toList())
        .isEqualTo(table);
    assertThat(karez.run("cancel", "4").code()).isZero();
  }

  @Test
  void aRunThatBreaksOffHalfWaySpoilsNoOther() throws IOException {
    karez.run("run", "exits", "--x", "0");
    karez.run("run", "exits", "--x", "0");
    Files.delete(karez.root().resolve("results/exits/run_1/jobs.jsonl"));
    Karez.Said json = karez.run("status", "--json");
    assertThat(json.code()).isZero();
    assertThat(json.out())
        .startsWith("{\"schema\":1,\"runs\":[{\"id\":2,")
        .endsWith(
            "],\"unreadable\":[{\"id\":1,\"directory\":\"results/exits/run_1\",\"problem\":"
                + "\"cannot read `PROJECT/results/exits/run_1/jobs.jsonl`\"}]}\n");
  }

  @Test
  void aRunThatClaimsMoreJobsThanItNamesIsUnreadable() throws IOException {
    karez.run("run", "exits", "--x", "0");
    String document = karez.read("results/exits/run_1/run.json");
    karez.write(
        "results/exits/run_1/run.json", document.replace("\"jobs\": 1,", "\"jobs\": 2000000000,"));

    assertThat(karez.run("status", "1"))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                "error: PROJECT/results/exits/run_1/run.json: cannot be understood: it says that"
                    + " it has 2000000000 jobs, and `jobs.jsonl` is too short for them\n"));
  }

  @Test
  void aTerminalGetsWhatItHasRoomForAndAPipeAll() throws IOException {
    karez.run("run", "exits", "--x", "0");
    Path first = karez.root().resolve("results/exits/run_1");
    for (int id = 2; id <= 33; id++) {
      Path copy = first.resolveSibling("run_" + id);
      Files.createDirectories(copy.resolve("events"));
      Files.copy(first.resolve("run.json"), copy.resolve("run.json"));
    }

    assertThat(karez.answering("", "status").out().lines().toList())
        .hasSize(23)
        .last()
        .isEqualTo("... and 12 older: --all");
    assertThat(karez.answering("", "status", "--all").out().lines()).hasSize(34);
    assertThat(karez.run("status").out().lines()).hasSize(34);
  }

  @Test
  void noLineOfATableIsWiderThanTheTerminal() throws IOException {
    karez.write(
        ".karez/experiments/an_experiment_with_a_long_name.yaml",
        karez
            .read(".karez/experiments/exits.yaml")
            .replace("name: exits", "name: an_experiment_with_a_long_name"));
    List<String> words =
        List.of("run", "--description", "what it is for in some more words", "-t", "one,two");
    for (String name : List.of("exits", "an_experiment_with_a_long_name")) {
      List<String> all = new ArrayList<>(words);
      all.addAll(
          List.of(name, "-g", "--x 3 --learning-rate 0.0001 --optimizer adam", "-g", "--x 0"));
      assertThat(karez.run(all.toArray(String[]::new)).code()).isEqualTo(3);
    }

    assertThat(MOMENT.matcher(karez.answering("", "status").out()).replaceAll("MOMENT"))
        .matches(
            """
            id  experiment      description      launch date          duration  status
             2  an_experiment…  what it is for…  MOMENT    .* s  ✗ failed 1/2
             1  exits           what it is for…  MOMENT    .* s  ✗ failed 1/2
            """);
    assertThat(karez.answering("", "status", "2").out())
        .matches(
            """
            run 2 of an_experiment_with_a_long_name  1 succeeded, 1 failed

            job  status  .*
              0  ✗ failed  .*
              1  ✓ succeeded  .*
            """);
    for (String asked : List.of("status", "status 2", "experiment list")) {
      assertThat(karez.answering("", asked.split(" ")).out().lines())
          .allSatisfy(line -> assertThat(DisplayWidth.of(line)).isLessThanOrEqualTo(80));
    }
  }

  @Test
  void logsShowNothingThatLiesOutsideTheRun() throws Exception {
    assertThat(karez.run("run", "-g", "1", "-g", "2", "--", "echo").code()).isZero();
    Path mine = karez.write("private/stdout.txt", "mine\n");
    Path run = karez.root().resolve("results/_/run_1");
    Path file = run.resolve("group_0/stdout.txt");
    Files.delete(file);
    Files.createSymbolicLink(file, mine);
    Files.move(run.resolve("group_1"), run.resolve("moved"));
    Files.createSymbolicLink(run.resolve("group_1"), mine.getParent());

    for (String job : List.of("0", "1")) {
      assertThat(karez.run("logs", "1/" + job))
          .isEqualTo(
              new Karez.Said(
                  ExitCode.USAGE,
                  "",
                  """
                  error: `PROJECT/results/_/run_1/group_%1$s/stdout.txt` is not a plain file of the run
                  hint: `ls -l 'PROJECT/results/_/run_1/group_%1$s/stdout.txt'` shows what lies there instead
                  """
                      .formatted(job)));
    }
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void pipesInARunHoldNobodyUp() throws Exception {
    assertThat(karez.run("run", "--", "false").code()).isEqualTo(3);
    Path run = karez.root().resolve("results/_/run_1");
    for (String name :
        List.of("record.jsonl", "progress.txt", "stdout.txt", "stderr.txt", "comment.md")) {
      Files.deleteIfExists(run.resolve(name));
      assertThat(new ProcessBuilder("mkfifo", run.resolve(name).toString()).start().waitFor())
          .isZero();
    }

    assertThat(karez.run("status", "1").code()).isZero();
    assertThat(karez.run("why", "1").code()).isZero();
    assertThat(karez.run("show", "1").code()).isZero();
    assertThat(karez.run("logs", "1").code()).isEqualTo(ExitCode.USAGE);
    assertThat(karez.run("comment", "1", "text").code()).isZero();
    assertThat(karez.read("results/_/run_1/comment.md")).endsWith("text\n");
  }

  @Test
  void logsOfSeveralJobsSayWhoseLineItIs() {
    karez.run("run", "exits", "-g", "--x 0", "-g", "--x 1");

    assertThat(karez.run("logs", "1").out()).isEqualTo("1/0: out of 0\n1/1: out of 1\n");
    assertThat(karez.run("logs", "1", "--raw").out()).isEqualTo("out of 0\nout of 1\n");
    assertThat(karez.run("logs", "1/1", "--err").out()).isEqualTo("oops\n");
    assertThat(karez.run("logs", "1", "--follow").out())
        .isEqualTo("1/0: out of 0\n1/1: out of 1\n");
    assertThat(karez.run("logs", "1/7").err())
        .isEqualTo("error: run 1 has no job 7\nhint: its jobs are 0 to 1\n");
  }

  @Test
  void controlCharactersAreEscapedOnATerminalOnly() {
    karez.run("run", "--", "printf", "a\\033[31mb\\n\\303\\244");

    assertThat(karez.run("logs", "1").out()).isEqualTo("a\u001b[31mb\nä");
    assertThat(karez.answering("", "logs", "1").out()).isEqualTo("a\\x1b[31mb\nä");
    assertThat(karez.answering("", "logs", "1", "--raw").out()).isEqualTo("a\u001b[31mb\nä");
  }

  @Test
  void failuresShowWhileTheRunGoesOn() throws Exception {
    assertThat(karez.answering("", "run", "exits", "-g", "--x 0", "-g", "--x 4").err())
        .contains("2/2 done (1 failed), 0 running")
        .endsWith(
            "\r\033[Krun 1: 1 succeeded, 1 failed in results/exits/run_1\nhint: `karez why 1` tells why\n");
    karez.run(
        "run",
        "--detach",
        "--threads",
        "2",
        "-g",
        "0",
        "-g",
        "9",
        "--",
        "sh",
        "-c",
        "[ $0 = 9 ] && exec sleep 60; exit 4");
    try {
      new Lab(karez).untilStates(2, "FAILED exit", "RUNNING");
      assertThat(karez.run("status").out()).contains("\trunning 1/2 done, 1 failed\t");
    } finally {
      karez.run("cancel", "2");
    }
  }

  @Test
  void aRunWithoutTagsSaysHowToAddOne() {
    karez.run("run", "exits", "--x", "0");

    assertThat(karez.run("tag", "last"))
        .isEqualTo(
            new Karez.Said(2, "", "error: run 1 has no tags\nhint: `karez tag 1 TAG` adds one\n"));
  }

  @Test
  void whyTellsOfFailuresFirstAndOfThoseCancelledInOneLine() throws Exception {
    karez.run(
        "run",
        "--detach",
        "--threads",
        "3",
        "-g",
        "0",
        "-g",
        "9",
        "-g",
        "9",
        "--",
        "sh",
        "-c",
        "[ $0 = 9 ] && exec sleep 60; exit 4");
    new Lab(karez).untilStates(1, "FAILED exit", "RUNNING", "RUNNING");
    karez.run("cancel", "1");

    assertThat(karez.run("why", "1").out())
        .startsWith("1 job failed: the program ended with exit code 4\n")
        .endsWith("\n\n2 jobs cancelled (1-2): `karez retry 1 --cause user` runs them again\n");
  }

  @Test
  void whyNamesAProgramThatIsMissingAndTheOptionsThatKarezAdds() throws IOException {
    karez.write("picky.sh", "echo unrecognized arguments: --storage_path >&2; exit 2\n");
    Karez.Said made =
        karez.run(
            "experiment", "new", "picky", "--executable", "picky.sh", "--executable-command", "sh");
    assertThat(made.err())
        .isEqualTo(
            """
            run it with `karez run picky`
            its program receives `--storage_path DIR` after its own words; `pass_paths: false` in `PROJECT/.karez/experiments/picky.yaml` switches that off
            """);
    karez.run("run", "picky");
    assertThat(karez.run("why", "1").out())
        .contains(
            "  hint: Karez passes `--storage_path` and `--dataset_path`; `pass_paths: false` in"
                + " `.karez/experiments/picky.yaml` switches that off\n");
    assertThat(
            karez
                .run(
                    "experiment",
                    "new",
                    "typo",
                    "--executable",
                    "picky.sh",
                    "--executable-command",
                    "pythn3 -u")
                .err())
        .startsWith("warning: there is no program `pythn3` here\n");
    assertThat(karez.run("run", "typo").err())
        .contains("typo.yaml:", "`executable_command`: there is no program `pythn3` on PATH");
    // where set-up lines may bring it, only the job can tell
    String file = ".karez/experiments/typo.yaml";
    karez.write(file, karez.read(file) + "setup: ['true']\n");
    karez.run("run", "typo");
    assertThat(karez.run("why", "2").out())
        .startsWith("1 job failed: its program `pythn3` could not be found or executed\n")
        .contains(
            "\n  hint: check its name, `PATH` and `chmod +x`, and the shell lines under `setup:`");
  }

  @Test
  void tagsAreAddedOnceAndRemovedByName() {
    karez.run("run", "exits", "-t", "one", "--x", "0");

    assertThat(karez.run("tag", "1", "two words", "one").err())
        .isEqualTo("run 1 is tagged `one`, `two words`\n");
    assertThat(karez.run("tag", "1").out()).isEqualTo("one\ntwo words\n");
    assertThat(karez.run("tag", "last", "one", "--remove").code()).isZero();
    assertThat(karez.run("tag", "1").out()).isEqualTo("two words\n");
    assertThat(karez.run("tag", "1", "two word", "--remove"))
        .isEqualTo(
            new Karez.Said(
                2, "", "error: the run has no tag `two word`\nhint: did you mean `two words`?\n"));
  }

  private static String lastCell(String line) {
    return line.substring(line.lastIndexOf('\t') + 1);
  }

  private static String fixed(Karez.Said said) {
    assertThat(said.err()).isEmpty();
    return fixed(said.out());
  }

  /// Without what no two runs have in common.
  private static String fixed(String text) {
    String out = MOMENT.matcher(text).replaceAll("YYYY-MM-DD HH:MM:SS");
    out = DURATION.matcher(out).replaceAll("N.NN s");
    out = MEMORY.matcher(out).replaceAll("");
    return out.replace(Authors.me().host(), "NODE");
  }
}
