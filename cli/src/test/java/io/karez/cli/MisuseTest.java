package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
          "index rebuild");

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
