package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.cli.Karez.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandsTest {
  @TempDir Path directory;
  @TempDir Path files;
  private Karez karez;

  @BeforeEach
  void makeAProject() throws Exception {
    karez = Karez.project(directory);
  }

  @Test
  void settingAValueKeepsTheRestOfTheFile() throws Exception {
    String before = karez.read(".karez/config.yaml");

    assertThat(karez.run("config", "set", "slurm.default.--time", "2:00:00"))
        .isEqualTo(new Said(0, "`slurm.default.--time` is set in `.karez/config.yaml`\n", ""));
    assertThat(karez.read(".karez/config.yaml")).isEqualTo(before.replace("1-00:00:00", "2:00:00"));
  }

  @Test
  void aValueThatIsNotKnownIsRefused() throws Exception {
    String before = karez.read(".karez/config.yaml");

    assertThat(karez.run("config", "set", "git.dirty", "refus"))
        .isEqualTo(
            new Said(
                2,
                "",
                """
                error: .karez/config.yaml:21:10: `git.dirty`: `refus` is not known here
                hint: did you mean `refuse`?
                """));
    assertThat(karez.read(".karez/config.yaml")).isEqualTo(before);
  }

  @Test
  void settingNeedsAKeyAndAValue() {
    assertThat(karez.run("config", "set", "logging"))
        .isEqualTo(
            new Said(
                2,
                "",
                """
                error: a key and a value are expected, not 1 word
                hint: such as `karez config set result_dir runs`
                """));
  }

  @Test
  void runsOfTheFormerDirectoryOfResultsAreNotForgotten() throws Exception {
    karez.run("run", "--", "true");

    assertThat(karez.run("config", "set", "result_dir", "out"))
        .isEqualTo(
            new Said(
                0,
                "`result_dir` is set in `.karez/config.yaml`\n",
                """
                warning: 1 run stays in `PROJECT/results`, and Karez now looks in `PROJECT/out`
                hint: set `result_dir` back to see it, or move the directory as a whole
                `PROJECT/out` is now in `.gitignore`
                """));
    assertThat(karez.read(".gitignore")).isEqualTo("results/\nout/\n");
    assertThat(karez.run("config", "set", "result_dir", "out").err()).isEmpty();
  }

  @Test
  void theUsersEditorCountsInANewProject() throws Exception {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path nano = Files.writeString(bin.resolve("nano"), "#!/bin/sh\necho \"nano $1\"\n");
    assertThat(nano.toFile().setExecutable(true)).isTrue();
    assertThat(karez.from(karez.root(), "config", "show").out()).doesNotContain("default_editor");
    ProcessBuilder set =
        Karez.start(karez.root(), files, "config", "set", "--user", "default_editor", nano + "");
    assertThat(set.start().waitFor()).isZero();
    ProcessBuilder edit = Karez.start(karez.root(), files, "config", "edit");
    edit.environment().remove("VISUAL");
    edit.environment().remove("EDITOR");

    assertThat(edit.start().waitFor()).isZero();

    assertThat(Files.readString(files.resolve("stdout"))).startsWith("nano ");
  }

  @Test
  void theSettingsInForceAreShownWithWhatIsBuiltIn() throws Exception {
    karez.write(".karez/config.yaml", "result_dir: runs\n");

    assertThat(karez.run("config", "show", "--json"))
        .isEqualTo(
            new Said(
                0,
                "{\"schema\":1,\"config\":{\"logging\":\"INFO\",\"result_dir\":\"runs\","
                    + "\"git\":{\"dirty\":\"record\"},\"snapshot\":\"never\",\"sites\":{}}}\n",
                ""));
  }

  @Test
  void theEditorsTextTakesThePlaceOfTheFile() throws Exception {
    assertThat(edit("sed -i 's/^# logging: INFO/logging: DEBUG/'"))
        .isEqualTo(new Said(0, "`.karez/config.yaml` is changed\n", ""));
    assertThat(karez.run("config", "show").out()).contains("logging: DEBUG\n");
  }

  @Test
  void textWithProblemsIsNotAcceptedAndNotLost() throws Exception {
    String before = karez.read(".karez/config.yaml");

    Said said = edit("sed -i 's/^# logging: INFO/logging: loud/'");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .matches(
            """
            error: .karez/config.yaml:2:10: `logging`: `loud` is not known here
            hint: write one of `DEBUG`, `INFO`, `WARNING`, `ERROR`
            nothing was changed; your text is kept in `.*/karez-[0-9]+.yaml`
            """);
    assertThat(karez.read(".karez/config.yaml")).isEqualTo(before);
    String kept = said.err().replaceAll("(?s).*kept in `(.*)`\n", "$1");
    assertThat(Files.readString(Path.of(kept)))
        .isEqualTo(before.replace("# logging: INFO", "logging: loud"));
    Files.delete(Path.of(kept));
  }

  @Test
  void anEditorThatIsMissingIsNamed() throws Exception {
    assertThat(edit("nanoo -w"))
        .isEqualTo(
            new Said(
                2,
                "",
                """
                error: there is no editor `nanoo`
                hint: name one: `EDITOR=nano karez config edit`
                """));
  }

  @Test
  void anEditorThatFailsChangesNothing() throws Exception {
    assertThat(edit("false"))
        .isEqualTo(new Said(1, "", "error: the editor exited 1, so nothing was changed\n"));
  }

  @Test
  void aChangeOfSomebodyElseMeanwhileIsNotOverwritten() throws Exception {
    Said said = edit("sh -c 'echo \"logging: ERROR\" > .karez/config.yaml; echo >> \"$1\"' sh");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .startsWith("error: .karez/config.yaml: somebody else has changed the file meanwhile\n");
    assertThat(karez.read(".karez/config.yaml")).isEqualTo("logging: ERROR\n");
  }

  private Said edit(String editor) throws Exception {
    ProcessBuilder builder = Karez.start(karez.root(), files, "config", "edit");
    builder.environment().remove("VISUAL");
    builder.environment().put("EDITOR", editor);
    int code = builder.start().waitFor();
    return new Said(
        code, Files.readString(files.resolve("stdout")), Files.readString(files.resolve("stderr")));
  }
}
