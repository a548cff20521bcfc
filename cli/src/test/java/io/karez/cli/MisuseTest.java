package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Commands given too little, too much or the wrong thing: exit 2, a sentence, nothing done.
class MisuseTest {
  /// Commands that make sense without another word.
  private static final List<String> ALONE =
      List.of(
          "init",
          "experiment list",
          "dataset list",
          "config show",
          "config edit",
          "status",
          "doctor",
          "index rebuild",
          "keep",
          "alloc get",
          "alloc list",
          "template list");

  @TempDir Path directory;
  private Karez karez;

  @BeforeEach
  void project() throws IOException {
    karez = Karez.project(directory);
  }

  static Stream<String> commandsThatNeedWords() {
    return CommandTable.ALL.stream()
        .map(CommandTable.Entry::name)
        .filter(name -> !ALONE.contains(name));
  }

  @ParameterizedTest
  @MethodSource("commandsThatNeedWords")
  void aCommandWithoutItsWordsIsRefused(String command) {
    Karez.Said said = karez.run(command.split(" "));

    assertThat(said.code()).as(said.toString()).isEqualTo(ExitCode.USAGE);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).startsWith("error: ");
  }

  @Test
  void theHelpShowsTheWordsOnceAndWhichMayBeLeftOut() {
    assertThat(karez.run("cancel", "--help").out())
        .startsWith(
            "Usage: karez cancel [--debug] [-h] [--now] [--project=DIR] [NAME] RUN[/JOB]...\n");
    assertThat(karez.run("status", "--help").out()).contains(" [NAME] [RUN[/JOB]]\n");
  }

  @Test
  void theHelpOfAGroupListsItsMembers() {
    assertThat(karez.run("config", "--help"))
        .isEqualTo(
            new Karez.Said(
                0,
                """
                Usage: karez config COMMAND ...

                  config show          Show the settings in force
                  config set           Change one setting
                  config edit          Open the settings in an editor

                `karez config COMMAND --help` tells more about one.
                """,
                ""));
    for (String[] words :
        List.of(new String[] {"help", "experiment"}, new String[] {"dataset", "-h"})) {
      assertThat(karez.run(words).code()).isZero();
    }
    assertThat(karez.run("nonsense", "--help").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aGroupThatIsSpelledWrongIsRecognised() {
    assertThat(karez.run("experimnt", "list").err())
        .isEqualTo(
            """
            error: there is no command `experimnt`
            hint: did you mean `karez experiment list`?
            """);
  }

  @Test
  void aWordTooManyIsRefused() {
    assertThat(karez.run("config", "show", "1").err()).startsWith("error: unmatched argument");
    assertThat(karez.run("experiment", "show", "e", "2"))
        .isEqualTo(
            new Karez.Said(
                ExitCode.USAGE,
                "",
                """
                error: `2` is one word too many
                hint: `karez experiment show --help` shows how it is used
                """));
  }

  @Test
  void aNumberThatIsNoneIsRefusedByTheNameThatIsShownFirst() {
    assertThat(karez.run("run", "--threads", "x", "--", "true"))
        .isEqualTo(
            new Karez.Said(
                ExitCode.USAGE, "", "error: `--threads` needs a whole number, not `x`\n"));
  }

  @Test
  void aNumberBeyondTheLimitsIsToldThem() {
    assertThat(karez.run("run", "--threads", "99999999999", "--", "true").err())
        .isEqualTo(
            "error: `--threads` must lie between -2147483648 and 2147483647, not be"
                + " `99999999999`\n");
  }

  @Test
  void anOptionThatStandsTwiceIsNamedAsItWasTyped() {
    assertThat(karez.run("run", "--threads", "2", "--threads", "3", "--", "true").err())
        .isEqualTo(
            """
            error: `--threads` may stand once
            hint: `karez run --help` shows how it is used
            """);
    assertThat(karez.run("run", "--threads=2", "--n_threads=3", "--", "true").err())
        .startsWith("error: `--threads` and `--n_threads` are one option, which may stand once\n");
  }

  @Test
  void everythingThatIsWrongWithAnExperimentAndItsSweepIsSaidAtOnce() throws IOException {
    karez.write("code/node.sh", "");
    karez.write(
        ".karez/experiments/e.yaml",
        """
        name: e
        path: cod
        executable: code/nod.sh
        executable_command: shh -e
        tags: {a: 1}
        """);

    Karez.Said said = karez.run("run", "--filter", "a <", "e", "--a", "1");

    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err())
        .contains(
            """
            error: .karez/experiments/e.yaml:3:13: `executable`: there is no `PROJECT/code/nod.sh`
            hint: did you mean `code/node.sh`?
            error: .karez/experiments/e.yaml:2:7: `path`: there is no `PROJECT/cod`
            hint: did you mean `code`?
            error: .karez/experiments/e.yaml:4:21: `executable_command`: there is no program `shh` on PATH
            """)
        .contains("error: .karez/experiments/e.yaml:5:")
        .contains("error: --filter");
    assertThat(karez.root().resolve("results")).doesNotExist();
    karez.write(".karez/experiments/e.yaml", "name: e\nexecutable: code/nod.sh\n");
    assertThat(karez.run("run", "--filter", "a <", "e", "--a", "1").err())
        .contains("e.yaml:2:13: `executable`: there is no")
        .contains("error: --filter");
    assertThat(karez.root().resolve("results/.ids")).doesNotExist();
  }

  @Test
  void aDirectoryWhoseNameIsNotUtf8IsRefusedBeforeANumberIsTaken() throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));
    ProcessBuilder karezThere = Karez.start(karez.root(), home, "run", "--", "pwd");
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "cd \"$(printf 'bad\\377')\" && exec \"$@\"", "sh"));
    command.addAll(karezThere.command());
    assertThat(
            new ProcessBuilder("sh", "-c", "mkdir \"$(printf 'bad\\377')\"")
                .directory(karez.root().toFile())
                .start()
                .waitFor())
        .isZero();
    try {
      assertThat(karezThere.command(command).start().waitFor()).isEqualTo(ExitCode.USAGE);
      assertThat(Files.readString(home.resolve("stderr"))).contains("its name is not valid UTF-8");
      assertThat(karez.root().resolve("results")).doesNotExist();
    } finally {
      // Java cannot name it
      new ProcessBuilder("sh", "-c", "rmdir bad*")
          .directory(karez.root().toFile())
          .start()
          .waitFor();
    }
  }

  @Test
  void optionsBeforeTheCommandAreToldWhereTheyGo() {
    assertThat(karez.run("--project", "x", "status"))
        .isEqualTo(
            new Karez.Said(
                ExitCode.USAGE,
                "",
                """
                error: the first word must be a command, not `--project`
                hint: options stand after the command; `karez --help` lists the commands
                """));
  }

  @Test
  void aParameterFileThatIsNoTextIsRefused() throws IOException {
    Path file =
        Files.write(
            karez.root().resolve("bad.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff, '\n'});

    assertThat(karez.run("run", "-f", file.toString(), "--", "true"))
        .isEqualTo(
            new Karez.Said(
                ExitCode.USAGE,
                "",
                "error: --param-file: `PROJECT/bad.yaml` is not valid UTF-8\n"));
    assertThat(karez.root().resolve("results")).doesNotExist();
  }

  @Test
  void aDirectiveMayBeCalledLikeAnOptionOfKarez() {
    Karez.Said said =
        karez.run(
            "run",
            "--dry-run",
            "-r",
            "slurm",
            "--native",
            "--time=3",
            "--native",
            "--yes",
            "--",
            "echo",
            "--native",
            "--time=3");
    assertThat(said.out())
        .contains("#SBATCH --time=3\n", "#SBATCH --yes\n", "\n  echo --native --time=3\n");
  }

  @Test
  void outputThatCannotBeWrittenIsAFailure() throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));
    Process process =
        Karez.start(karez.root(), home, "--help")
            .redirectOutput(Path.of("/dev/full").toFile())
            .start();

    assertThat(process.waitFor()).isEqualTo(ExitCode.FAILED);
    assertThat(Files.readString(home.resolve("stderr")))
        .isEqualTo("error: cannot write to standard output: No space left on device\n");
  }
}
