package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.text.Json;
import io.karez.text.JsonObject;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Acceptance cases of one `karez run`, from the words typed to what the program has received.
class RunCasesTest {
  @TempDir Path directory;
  private Karez karez;

  @BeforeEach
  void aProjectWithAProgramThatShowsItsArguments() throws IOException {
    karez = Karez.project(directory);
    karez.write(
        "args.sh",
        """
        n=0
        for word in "$@"; do echo "arg$n=[$word]"; n=$((n + 1)); done
        """);
    karez.write(
        ".karez/experiments/e.yaml",
        """
        name: e
        description: Shows its arguments
        path: .
        executable: args.sh
        executable_command: sh
        pass_paths: false
        """);
  }

  @Test
  void case02_theProgramReceivesTheWordsAndTheStoragePath() throws IOException {
    karez.write(
        ".karez/experiments/stored.yaml",
        """
        name: stored
        path: .
        executable: args.sh
        executable_command: sh
        """);

    Karez.Said said = karez.run("run", "stored", "1", "--lr", "0.1", "--flag");

    assertThat(said.code()).isZero();
    assertThat(said.err()).isEqualTo("run 1: succeeded in results/stored/run_1\n");
    assertThat(said.out().replace(karez.root().toString(), "PROJECT"))
        .isEqualTo(
            """
            arg0=[1]
            arg1=[--lr]
            arg2=[0.1]
            arg3=[--flag]
            arg4=[--storage_path]
            arg5=[PROJECT/results/stored/run_1]
            """);
    assertThat(karez.read("results/stored/run_1/stderr.txt")).isEmpty();
    assertThat(karez.read("results/stored/run_1/parameters.json"))
        .isEqualTo("{\"pos_0\":\"1\",\"lr\":\"0.1\",\"flag\":\"true\"}\n");
  }

  @Test
  void case03_blanksStayInsideTheirWords() throws IOException {
    assertThat(received("e", "a", "hello world", "--name", "a b"))
        .containsExactly("a", "hello world", "--name", "a b");
  }

  @Test
  void case04_repeatedOptionsNegativeValuesAndTrailingFlagsStayInOrder() throws IOException {
    assertThat(received("e", "--x", "1", "--x", "2", "--lr", "-1", "--flag"))
        .containsExactly("--x", "1", "--x", "2", "--lr", "-1", "--flag");
  }

  @Test
  void case05_threeGroupsAreThreeJobsInDirectoriesOfTheirOwn() throws IOException {
    Karez.Said said =
        karez.run(
            "run", "e", "-g", "--nbins 10", "-g", "--nbins 20", "-g", "--nbins 30", "--seed", "0");

    assertThat(said.code()).isZero();
    for (int group = 0; group < 3; group++) {
      String place = "results/e/run_1/group_" + group;
      assertThat(karez.read(place + "/stdout.txt"))
          .isEqualTo("arg0=[--seed]\narg1=[0]\narg2=[--nbins]\narg3=[%d0]\n".formatted(group + 1));
      assertThat(karez.read(place + "/parameters.json"))
          .isEqualTo("{\"seed\":\"0\",\"nbins\":\"%d0\"}\n".formatted(group + 1));
    }
  }

  @Test
  void case06_aDryRunShowsTwentyJobsAndMakesNothing() throws IOException {
    Karez.Said said =
        karez.run(
            "run",
            "--json",
            "e",
            "--n_samples",
            "1000",
            "-g",
            "--hd '[100, 50]'",
            "-g",
            "--hd '[100, 50, 20]'",
            "-R",
            "--seed 0 10 1",
            "--dry_run");

    assertThat(said.code()).isZero();
    List<List<String>> jobs = jobs(said.out());
    assertThat(jobs).hasSize(20);
    assertThat(jobs.getFirst())
        .containsExactly(
            "sh", "args.sh", "--n_samples", "1000", "--hd", "[100, 50]", "--seed", "0");
    assertThat(jobs.get(1))
        .containsExactly(
            "sh", "args.sh", "--n_samples", "1000", "--hd", "[100, 50, 20]", "--seed", "0");
    assertThat(jobs.getLast())
        .containsExactly(
            "sh", "args.sh", "--n_samples", "1000", "--hd", "[100, 50, 20]", "--seed", "9");
    assertThat(Files.exists(karez.root().resolve("results"))).isFalse();
  }

  @Test
  void aDryRunShowsTheSummaryThenTheJobsThenTheScript() throws IOException {
    karez.write(
        ".karez/experiments/stored.yaml",
        "name: stored\npath: .\nexecutable: args.sh\nexecutable_command: sh\n");

    String said =
        karez.run("run", "stored", "--dry-run", "--threads", "4", "-R", "--seed 0 2", "a b").out();

    assertThat(said)
        .startsWith(
            """
            2 jobs of stored on local, 2 at a time
            in PROJECT
            RUN is PROJECT/results/stored/run_ID

            job 0  pos_0=a b seed=0
              sh args.sh 'a b' --seed 0 --storage_path RUN/group_0

            job 1  pos_0=a b seed=1
              sh args.sh 'a b' --seed 1 --storage_path RUN/group_1

            execute.sh:
              #!/bin/sh
            """)
        .endsWith("\n\nnothing was made\n");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aDryRunOfMoreJobsThanAnybodyReadsShowsTheFirstAndTheLast() {
    List<String> lines =
        karez.run("run", "e", "--dry-run", "-R", "--seed 0 100000000").out().lines().toList();

    assertThat(lines.getFirst()).startsWith("100000000 jobs of e on local, ");
    assertThat(lines.stream().filter(line -> line.startsWith("job "))).hasSize(21);
    assertThat(lines)
        .containsSequence(
            "job 19  seed=19",
            "  sh args.sh --seed 19",
            "",
            "...",
            "",
            "job 99999999  seed=99999999",
            "  sh args.sh --seed 99999999",
            "",
            "100000000 jobs in all; `--json` lists every one");
  }

  @Test
  void case07_aRangeOfDecimalsHasNoNoise() {
    List<List<String>> jobs =
        jobs(karez.run("run", "--json", "--dry-run", "e", "-R", "--v 0 1 0.1").out());

    assertThat(jobs.stream().map(List::getLast))
        .containsExactly("0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9");
  }

  @Test
  void case08_aParameterFileGivesTenGroups() throws IOException {
    Path file =
        karez.write(
            "grid.yaml",
            """
            fixed_args: {options: {'--mean': '10, -50'}}
            varying_args:
              range: {options: {'--n_samples': [5, 51, 10]}}
              groups:
                - {options: {'--cov': '1, 0.8, 0.8, 1'}, positional: {0: 10}}
                - {options: {'--cov': '1, 0.4, 0.4, 1'}, positional: {0: 10, 1: 500}}
            """);

    List<List<String>> jobs =
        jobs(karez.run("run", "--json", "--dry-run", "e", "-f", file.toString()).out());

    assertThat(jobs).hasSize(10);
    assertThat(jobs).allSatisfy(job -> assertThat(job).containsSequence("--mean", "10, -50"));
    IntStream.range(0, 10)
        .forEach(i -> {
          String samples = Integer.toString(5 + 10 * (i / 2));
          assertThat(jobs.get(i)).containsSequence("--n_samples", samples);
          assertThat(jobs.get(i))
              .containsSequence("--cov", i % 2 == 0 ? "1, 0.8, 0.8, 1" : "1, 0.4, 0.4, 1");
          assertThat(jobs.get(i).contains("500")).isEqualTo(i % 2 == 1);
        });
  }

  @Test
  void case09_positionalsOfAFileAreInTheOrderOfTheirNumbers() throws IOException {
    Path file = karez.write("p.yaml", "fixed_args: {positional: {1: b, 0: a}}\n");

    assertThat(received("e", "--param_file", file.toString())).containsExactly("a", "b");
  }

  @Test
  void case10And11_rangesOnPositionalsCombineAndMayBeMappings() throws IOException {
    Path lists =
        karez.write(
            "l.yaml", "varying_args: {range: {positional: {0: [0, 2, 1], 1: [5, 7, 1]}}}\n");
    Path mapping =
        karez.write(
            "m.yaml",
            """
            varying_args:
              range:
                positional:
                  0: {start: 0, stop: 2, step: 1}
                  1: {start: 5, stop: 7, step: 1}
            """);

    List<List<String>> fromLists =
        jobs(karez.run("run", "--json", "--dry-run", "e", "-f", lists.toString()).out());
    List<List<String>> fromMapping =
        jobs(karez.run("run", "--json", "--dry-run", "e", "-f", mapping.toString()).out());

    assertThat(fromLists.stream().map(job -> job.subList(2, 4)))
        .containsExactlyInAnyOrder(
            List.of("0", "5"), List.of("1", "5"), List.of("0", "6"), List.of("1", "6"));
    assertThat(fromMapping).isEqualTo(fromLists);
  }

  @Test
  void case12_everythingWrongWithAFileIsSaidAtOnceAndNothingIsMade() throws IOException {
    karez.write("bad.yaml", "fixed_args:\n  options: {lr: 1, '--x': null}\nfixd: {}\n");

    Karez.Said said = karez.run("run", "e", "-f", karez.root().resolve("bad.yaml").toString());

    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    assertThat(said.out()).isEmpty();
    assertThat(said.err())
        .contains("PROJECT/bad.yaml:2:", "lr", "--x", "PROJECT/bad.yaml:3:", "fixd");
    assertThat(said.err().lines().filter(line -> line.startsWith("error: "))).hasSize(3);
    assertThat(Files.exists(karez.root().resolve("results"))).isFalse();
  }

  @Test
  void case13_elevenPositionalsAndAGroupAreTwelve() throws IOException {
    assertThat(received("e", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "-g", "G"))
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "G");
  }

  @Test
  void case14_quotesOfAGroupAreTheShells() throws IOException {
    assertThat(received("e", "-g", "--t 'x y'")).containsExactly("--t", "x y");
  }

  @Test
  void case20_aParametersFileIsCopiedAndAMissingOneStopsEverything() throws IOException {
    Path file = karez.write("cfg.yaml", "lr: 1\n");

    assertThat(received("e", "--parameters_file", file.toString()))
        .containsExactly(
            "--parameters_file", karez.root() + "/results/e/run_1/parameters_files/cfg.yaml");
    assertThat(karez.read("results/e/run_1/parameters_files/cfg.yaml")).isEqualTo("lr: 1\n");
    assertThat(karez.run("run", "e", "--parameters_file", karez.root() + "/none.yaml"))
        .isEqualTo(
            new Karez.Said(
                ExitCode.USAGE,
                "",
                "error: --parameters-file: there is no file `PROJECT/none.yaml`\n"));
    assertThat(Files.exists(karez.root().resolve("results/e/run_2"))).isFalse();
  }

  @Test
  void case22_datasetsAreHandedOverAsAbsolutePaths() throws IOException {
    karez.write("data/iris/iris.csv", "1\n");
    karez.write(".karez/datasets/iris.yaml", "name: iris\npath: data/iris\n");
    karez.write(
        ".karez/experiments/withdata.yaml",
        """
        name: withdata
        path: .
        executable: args.sh
        executable_command: sh
        datasets: [iris]
        """);

    assertThat(received("withdata"))
        .containsExactly(
            "--storage_path",
            karez.root() + "/results/withdata/run_1",
            "--dataset_path",
            karez.root() + "/data/iris");
    JsonObject run =
        JsonObject.of(Json.read(karez.read("results/withdata/run_1/run.json"), "run.json"))
            .orElseThrow();
    assertThat(run.stringMap("datasets")).containsEntry("iris", karez.root() + "/data/iris");
  }

  @Test
  void whatIsNeverToLeaveThisMachineIsNotKeptWithARun() throws Exception {
    commitAll();
    karez.write(".karezignore", "secrets.txt\nbig/\n");
    karez.write("secrets.txt", "TOKEN=private\n");
    karez.write("big/data.bin", "private as well\n");
    karez.write("new.txt", "untracked\n");

    assertThat(karez.run("run", "e").code()).isZero();

    assertThat(karez.root().resolve("results/e/run_1/uncommitted.patch"))
        .content()
        .contains("+untracked", ".karezignore")
        .doesNotContain("private");
  }

  @Test
  void case24_aDirtyTreeIsRecordedWithItsDifference() throws Exception {
    commitAll();
    karez.write("args.sh", "echo changed\n");
    karez.write("new.txt", "untracked\n");

    assertThat(karez.run("run", "e").out()).isEqualTo("changed\n");

    Path patch = karez.root().resolve("results/e/run_1/uncommitted.patch");
    assertThat(Files.readString(patch)).contains("+echo changed", "+untracked");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(patch)))
        .isEqualTo("rw-------");
    JsonObject run =
        JsonObject.of(Json.read(karez.read("results/e/run_1/run.json"), "run.json")).orElseThrow();
    assertThat(run.flag("dirty")).isTrue();
    assertThat(run.string("commit")).isEqualTo(git("rev-parse", "HEAD"));
  }

  @Test
  void case24_aDirtyTreeCanBeRefused() throws Exception {
    karez.run("config", "set", "git.dirty", "refuse");
    commitAll();
    karez.write("args.sh", "echo changed\n");

    Karez.Said said = karez.run("run", "e");

    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("args.sh");
    assertThat(Files.exists(karez.root().resolve("results/e"))).isFalse();
  }

  @Test
  void case25_aCommitRunsCleanAndTheTreeStaysAsItIs() throws Exception {
    commitAll();
    String commit = git("rev-parse", "HEAD");
    karez.write("args.sh", "echo changed\n");

    Karez.Said said = karez.run("run", "e", "old", "--commit_sha", commit.substring(0, 7));

    assertThat(said)
        .isEqualTo(new Karez.Said(0, "arg0=[old]\n", "run 1: succeeded in results/e/run_1\n"));
    assertThat(karez.read("args.sh")).isEqualTo("echo changed\n");
    JsonObject run =
        JsonObject.of(Json.read(karez.read("results/e/run_1/run.json"), "run.json")).orElseThrow();
    assertThat(run.string("commit")).isEqualTo(commit);
    assertThat(run.string("working_directory")).contains(commit.substring(0, 7));
    assertThat(run.flag("dirty")).isFalse();
  }

  @Test
  void wordsAfterTwoDashesAreTheProgramsWhateverTheyLookLike() throws IOException {
    assertThat(received("e", "--", "--tag", "x", "--help", "--", "-R"))
        .containsExactly("--tag", "x", "--help", "--", "-R");
  }

  @Test
  void aNearMissOfAnOptionIsRefused() {
    assertThat(karez.run("run", "e", "--descriptio", "x"))
        .isEqualTo(
            new Karez.Said(
                ExitCode.USAGE,
                "",
                """
                error: `--descriptio` is nearly `--description`, which is Karez's own option
                hint: write `--description`, or put `--descriptio` after `--` to pass it on to the program
                """));
  }

  @Test
  void aCommandWithoutTheTwoDashesIsTold() {
    for (String program : List.of("sh", "./args.sh")) {
      assertThat(karez.run("run", program, "a b", "--x"))
          .isEqualTo(
              new Karez.Said(
                  ExitCode.USAGE,
                  "",
                  """
                  error: there is no experiment `%1$s`
                  hint: to run a command, put `--` before it: `karez run -- %1$s 'a b' --x`
                  """
                      .formatted(program)));
    }
    assertThat(karez.run("run", "f").err())
        .isEqualTo("error: there is no experiment `f`\nhint: did you mean `e`?\n");
  }

  @Test
  void aDocumentIsForADryRunOnly() {
    assertThat(karez.run("run", "--json", "e"))
        .isEqualTo(
            new Karez.Said(
                ExitCode.USAGE,
                "",
                """
                error: `--json` goes with `--dry-run`
                hint: `karez status RUN --json` tells of a run that was made
                """));
  }

  @Test
  void aCommitWithoutTheProgramIsNamed() throws Exception {
    karez.write("later.sh", "true\n");
    karez.write(
        ".karez/experiments/later.yaml",
        "name: later\npath: .\nexecutable: later.sh\nexecutable_command: sh\n");
    git("init", "-q");
    git("add", "args.sh", ".karez");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "first");
    String commit = git("rev-parse", "HEAD").substring(0, 7);

    assertThat(karez.run("run", "later", "--commit", commit).err())
        .isEqualTo(
            """
            error: commit `%s` has no `later.sh`, which the experiment `later` runs
            hint: `git log --all -- later.sh` lists the commits that changed it
            """
                .formatted(commit));
  }

  @Test
  void moreProcessesThanThisMachineStartsAreRemarkedOn() {
    assertThat(karez.run("run", "--nodes", "2", "--tasks", "1", "e").err())
        .startsWith(
            "warning: each job asks for nodes 2, and this machine runs one process of it\n");
    assertThat(karez.run("run", "--nodes", "1", "e").err()).startsWith("run 2: ");
  }

  @Test
  void aPersonIsToldHowToEndARun() {
    assertThat(karez.answering("", "run", "e").err())
        .startsWith("run 1: Ctrl-C cancels it, closing the terminal does not\n");
    assertThat(karez.answering("", "extend", "1", "more").err())
        .contains("run 1: Ctrl-C cancels these jobs, closing the terminal does not\n");
    assertThat(karez.run("run", "e").err()).isEqualTo("run 2: succeeded in results/e/run_2\n");
  }

  @Test
  void anOptionOfKarezThatProgramsHaveTooIsNotPassedOnUnseen() throws IOException {
    for (List<String> option :
        List.of(
            List.of("--link", "a,b"),
            List.of("--sample", "2"),
            List.of("--sample-seed", "1"),
            List.of("--replicas", "2"),
            List.of("--json"))) {
      List<String> words = new ArrayList<>(List.of("run", "e"));
      words.addAll(option);
      assertThat(karez.run(words.toArray(String[]::new)))
          .isEqualTo(
              new Karez.Said(
                  2,
                  "",
                  """
                  error: `%s` could be Karez's option or the program's
                  hint: put it before the name for Karez, or after `--` to pass it on to the program
                  """
                      .formatted(option.getFirst())));
    }
    assertThat(karez.run("run", "e", "--help", "--", "--replicas", "2").code()).isZero();
    assertThat(karez.read("results/e/run_1/stdout.txt"))
        .isEqualTo("arg0=[--help]\narg1=[--replicas]\narg2=[2]\n");
    assertThat(karez.run("extend", "1", "--replicas", "2").err())
        .startsWith("error: `--replicas` could be Karez's option or the program's\n");
    assertThat(karez.run("extend", "--replicas", "2", "1", "x").err())
        .startsWith("run 1: 2 more jobs (1 to 2)\n");
  }

  @Test
  void secretsReachTheProgramAndNobodyElse() throws IOException {
    assertThat(received("e", "--api-token", "hunter2", "--lr", "1"))
        .containsExactly("--api-token", "hunter2", "--lr", "1");

    Path run = karez.root().resolve("results/e/run_1");
    assertThat(karez.run("status", "1", "--json").out()).doesNotContain("hunter2");
    assertThat(karez.run("run", "--dry-run", "e", "--api-token", "hunter2").out())
        .doesNotContain("hunter2");
    requireOpenFilesWithout("hunter2", run);
  }

  private static void requireOpenFilesWithout(String secret, Path run) throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!isPrivate(file) && !file.endsWith("stdout.txt")) {
          assertThat(Files.readString(file)).as(file.toString()).doesNotContain(secret);
        }
      }
    }
  }

  private static boolean isPrivate(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).equals("rw-------");
  }

  @Test
  void theProgramsParametersAreTheTrueOnes() throws IOException {
    assertThat(
            karez
                .run(
                    "run",
                    "--",
                    "sh",
                    "-c",
                    "cat $KAREZ_PARAMETERS",
                    "sh",
                    "--pad-token",
                    "<pad>",
                    "--prompt",
                    "sort by key=value now")
                .code())
        .isZero();
    assertThat(karez.read("results/_/run_1/stdout.txt"))
        .contains("\"pad-token\":\"<pad>\"", "\"prompt\":\"sort by key=value now\"");
    assertThat(karez.run("rerun", "1").code()).isZero();
    assertThat(karez.read("results/_/run_2/stdout.txt"))
        .isEqualTo(karez.read("results/_/run_1/stdout.txt"));
  }

  /// Program words with a secret in an unusual place.
  static Stream<List<String>> wordsWithSecrets() {
    return Stream.of(
        List.of("true", "--token", "--SECx"),
        List.of("true", "-D", "apiKey=SECx"),
        List.of("true", "http://h/x?token=SECx"),
        List.of("sh", "-c", "TOKEN='ab''SECx y' true"),
        List.of("sh", "-c", "TOKEN=a\\ SECx true"),
        List.of("bash", "-c", "TOKEN+=SECx true; A+=1"),
        List.of("sh", "-c", "TOKEN=$(echo SECx) true"),
        List.of("true", "--token", "", "SECx"),
        List.of("sh", "-c", "true --token \"\" SECx"),
        List.of("sh", "-c", "true --token \\\nSECx"),
        List.of("sh", "-c", "A=1;TOKEN=SECx;true"),
        List.of(
            "true", "--env=TOKEN=SECx", "-eTOKEN=SECx", "{api_key:SECx}", "--secretKey", "SECx"),
        List.of("true", "--config", "{\"api_key\": \"SECx\"}"));
  }

  @ParameterizedTest
  @MethodSource("wordsWithSecrets")
  void aSecretIsInNoFileThatOthersMayRead(List<String> program) throws IOException {
    List<String> words = new ArrayList<>(List.of("run", "--"));
    words.addAll(program);
    assertThat(karez.run(words.toArray(String[]::new)).code()).isZero();
    requireOpenFilesWithout("SECx", karez.root().resolve("results/_/run_1"));
    assertThat(karez.read("results/_/run_1/run.json")).doesNotContain("SECx");
    if (!program.contains("--SECx")) {
      for (String shown : List.of("status 1", "status 1 --json", "show 1", "show 1/0")) {
        assertThat(karez.run(shown.split(" ")).out()).as(shown).doesNotContain("SECx");
      }
    }
  }

  @Test
  void aSecretInTheCommandOfAnExperimentOrInADescriptionIsInNoFileThatOthersMayRead()
      throws IOException {
    karez.write(
        ".karez/experiments/s.yaml",
        "name: s\npath: .\nexecutable: s.sh\nexecutable_command: sh --token SECx -c true\n");
    karez.write("s.sh", "");
    // `sh` refuses the option, which does not matter here.
    assertThat(karez.run("run", "s").err()).isNotEmpty();
    requireOpenFilesWithout("SECx", karez.root().resolve("results/s/run_1"));
    assertThat(karez.read("results/s/run_1/run.json")).contains("\"SECx\"");
    karez.run("run", "--description", "my password=SECx", "--", "true");
    requireOpenFilesWithout("SECx", karez.root().resolve("results/_/run_2"));
  }

  @Test
  void aFileOfParametersIsAsPrivateInTheRunAsWhereItComesFrom() throws IOException {
    for (String name : List.of("open.txt", "closed.txt")) {
      karez.write(name, "text");
    }
    Files.setPosixFilePermissions(
        karez.root().resolve("closed.txt"), PosixFilePermissions.fromString("rw-------"));
    assertThat(
            karez
                .run(
                    "run",
                    "--parameters-file",
                    karez.root().resolve("open.txt").toString(),
                    "--parameters-file",
                    karez.root().resolve("closed.txt").toString(),
                    "--",
                    "true")
                .code())
        .isZero();
    assertThat(karez.run("rerun", "1").code()).isZero();
    for (String run : List.of("run_1", "run_2")) {
      Path copies = karez.root().resolve("results/_").resolve(run).resolve("parameters_files");
      assertThat(isPrivate(copies.resolve("closed.txt"))).isTrue();
      assertThat(Files.readString(copies.resolve("closed.txt"))).isEqualTo("text");
      assertThat(isPrivate(copies.resolve("open.txt"))).isFalse();
    }
  }

  @Test
  void aRejectedTagIsQuotedOnOneLine() {
    assertThat(karez.run("run", "--", "true").code()).isZero();
    assertThat(karez.run("tag", "1", "a\nb").err())
        .isEqualTo("error: tags: a tag must be text on one line, not `a\\nb`\n");
  }

  @Test
  void secretsInSweepsAndInTheTextOfAShellAreNotShown() throws IOException {
    String text = "TOKEN=hunter2 true; true --api-key=hunter3 x; echo $0 done";
    assertThat(karez.run("run", "--sweep", "--", "sh", "-c", text, "token=hunter4,hunter5").code())
        .isZero();

    assertThat(karez.read("results/_/run_1/group_1/stdout.txt")).isEqualTo("token=hunter5 done\n");
    for (String shown :
        List.of("status", "status 1", "status 1 --json", "show 1", "show 1/1", "why 1")) {
      assertThat(karez.run(shown.split(" ")).out()).as(shown).doesNotContain("hunter");
    }
    assertThat(karez.run("show", "1/1").out())
        .contains("TOKEN=*** true; true --api-key=*** x; echo $0 done");
    assertThat(karez.read("results/_/run_1/run.json")).doesNotContain("hunter");
    for (String file : List.of("jobs.jsonl", "argv", "group_1/parameters.json")) {
      assertThat(isPrivate(karez.root().resolve("results/_/run_1").resolve(file))).isTrue();
    }
    assertThat(karez.run("extend", "1", "-g", "x").err())
        .startsWith("error: the words of run 1 cannot be used for more jobs: ");
  }

  @Test
  void secretsInsideTheValuesOfOptionsAreNotKept() throws IOException {
    String[] groups = {"-g", "--token hunter2 --note 'a b'", "--group-param=--key=hunter2 --k 1"};
    String[] range = {"-R", "--seed  0 1 1"};
    List<String> words = new ArrayList<>(List.of("run"));
    words.addAll(List.of(groups));
    words.addAll(List.of(range));
    words.addAll(List.of("--", "echo", "-g", "--lr  1"));
    assertThat(karez.run(words.toArray(String[]::new)).code()).isZero();

    JsonObject document =
        JsonObject.of(Json.read(karez.read("results/_/run_1/run.json"), "run.json")).orElseThrow();
    assertThat(document.strings("request"))
        .containsExactly(
            "--project",
            karez.root().toString(),
            "-g",
            "--token '***' --note 'a b'",
            "--group-param='--key=***' --k 1",
            "-R",
            "--seed  0 1 1",
            "--",
            "echo",
            "-g",
            "--lr  1");
    assertThat(karez.run("show", "1").out()).doesNotContain("hunter2");
    assertThat(karez.read("results/_/run_1/group_0/stdout.txt")).contains("--token hunter2");
  }

  /// Runs one job and takes what its program has shown.
  private List<String> received(String... words) throws IOException {
    String[] all = new String[words.length + 1];
    all[0] = "run";
    System.arraycopy(words, 0, all, 1, words.length);
    Karez.Said said = karez.run(all);
    assertThat(said.code()).as(said.err()).isZero();
    Path run = karez.root().resolve("results/" + words[0] + "/run_1");
    return Files.readAllLines(run.resolve("stdout.txt")).stream()
        .map(line -> line.substring(line.indexOf('[') + 1, line.length() - 1))
        .toList();
  }

  private static List<List<String>> jobs(String json) {
    JsonObject document = JsonObject.of(Json.read(json, "stdout")).orElseThrow();
    return ((List<?>) Objects.requireNonNull(document.fields().get("jobs")))
        .stream().map(job -> JsonObject.of(job).orElseThrow().strings("argv")).toList();
  }

  private void commitAll() throws Exception {
    git("init", "-q");
    git("add", "-A");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "first");
  }

  private String git(String... words) throws Exception {
    String[] all = new String[words.length + 1];
    all[0] = "git";
    System.arraycopy(words, 0, all, 1, words.length);
    Completed reply =
        new LocalTransport().run(Command.of(all).in(karez.root()), Duration.ofSeconds(30));
    assertThat(reply.exitCode()).as(reply.errorText()).isZero();
    return reply.text().strip();
  }
}
