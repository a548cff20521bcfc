package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.cli.Karez.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentCommandsTest {
  private static final String TRAIN =
      """
      name: train
      description: A first try
      path: code
      executable: code/train.py
      executable_command: python3
      datasets:
      - iris
      tags:
      - small
      - fast
      actions:
      - plot:
          name: plot
          description: ''
          executable: code/plot.py
          executable_command: python3 -u
      """;

  @TempDir Path directory;
  private Karez karez;

  @BeforeEach
  void makeAProject() throws Exception {
    karez = Karez.project(directory);
    karez.write("code/train.py", "");
    karez.write("code/plot.py", "");
    karez.write("data/iris/iris.csv", "");
    karez.run("dataset", "new", "iris", "--path", "data/iris");
  }

  private Said newTrain() {
    return karez.run(
        "experiment",
        "new",
        "train",
        "--description",
        "A first try",
        "--executable",
        "code/train.py",
        "--executable-command",
        "python3",
        "--dataset",
        "iris",
        "--tag",
        "small",
        "-t",
        "fast",
        "--action",
        "plot=python3 -u code/plot.py");
  }

  @Test
  void everyFieldHasAnOption() throws Exception {
    assertThat(newTrain())
        .isEqualTo(
            new Said(
                0,
                "experiment `train` is registered in `PROJECT/.karez/experiments/train.yaml`\n",
                """
                run it with `karez run train`
                its program receives `--storage_path DIR` and `--dataset_path P...` after its own words; `pass_paths: false` in `PROJECT/.karez/experiments/train.yaml` switches that off
                """));
    assertThat(karez.read(".karez/experiments/train.yaml")).isEqualTo(TRAIN);
  }

  @Test
  void aPersonIsAskedForWhatWasNotSaid() throws Exception {
    Said said =
        karez.answering(
            """
            A first try
            code/trian.py
            code/train.py


            irsi
            iris
            small, fast
            plot
            plot=python3 -u code/plot.py

            """,
            "experiment",
            "new",
            "train");

    assertThat(said)
        .isEqualTo(
            new Said(
                0,
                "experiment `train` is registered in `PROJECT/.karez/experiments/train.yaml`\n",
                """
                description: \
                program, from the project's root: \
                error: there is no file `code/trian.py`
                hint: paths start from the project's root `PROJECT`
                program, from the project's root: \
                what runs it, such as `python3` [python3]: \
                folder of its code [code]: \
                datasets, between commas (there is iris): \
                error: there is no dataset `irsi`
                hint: did you mean `iris`?
                datasets, between commas (there is iris): \
                tags, between commas: \
                another action as `NAME=COMMAND`, or nothing: \
                error: `plot` is not of the form `NAME=COMMAND`
                another action as `NAME=COMMAND`, or nothing: \
                another action as `NAME=COMMAND`, or nothing: \
                run it with `karez run train`
                its program receives `--storage_path DIR` and `--dataset_path P...` after its own words; `pass_paths: false` in `PROJECT/.karez/experiments/train.yaml` switches that off
                """));
    assertThat(karez.read(".karez/experiments/train.yaml")).isEqualTo(TRAIN);
  }

  @Test
  void allThatIsMissingIsSaidAtOnceWhenNobodyCanBeAsked() {
    assertThat(karez.run("experiment", "new", "--dataset", "irsi"))
        .isEqualTo(
            new Said(
                2,
                "",
                """
                error: `NAME` is missing: its name
                error: `--executable FILE` is missing: its program, from the project's root
                error: --dataset: there is no dataset `irsi`
                hint: did you mean `iris`?
                """));
    assertThat(karez.root().resolve(".karez/experiments")).isEmptyDirectory();
  }

  @Test
  void case22_anUnknownDatasetInAFileIsNamedWithItsPlaceAndTheNearestOne() throws Exception {
    Path file =
        karez.write(
            "train.yaml",
            """
            name: train
            executable: code/train.py
            executable_command: python3
            datasets:
            - iris
            - irsi
            """);

    assertThat(karez.run("experiment", "new", "--file", file.toString()))
        .isEqualTo(
            new Said(
                2,
                "",
                """
                error: PROJECT/train.yaml:6:3: `datasets`: there is no dataset `irsi`
                hint: did you mean `iris`?
                """));
    assertThat(karez.root().resolve(".karez/experiments")).isEmptyDirectory();
  }

  @Test
  void case22_theProgramAndTheRecordGetTheAbsolutePathOfEachDataset() throws Exception {
    karez.write("code/args.sh", "printf '%s\\n' \"$@\"");
    karez.write("data/two", "");
    karez.run("dataset", "new", "two", "--path", "data/two");
    karez.run(
        "experiment",
        "new",
        "args",
        "--executable",
        "code/args.sh",
        "--executable-command",
        "sh",
        "--dataset",
        "iris",
        "--dataset",
        "two");

    assertThat(karez.run("run", "args").code()).isZero();

    Path run = karez.root().resolve("results/args/run_1");
    assertThat(Files.readString(run.resolve("stdout.txt")))
        .isEqualTo(
            """
            --storage_path
            %1$s/results/args/run_1
            --dataset_path
            %1$s/data/iris
            %1$s/data/two
            """
                .formatted(karez.root()));
    assertThat(Files.readString(run.resolve("jobs.jsonl")))
        .contains(
            "\"--dataset_path\",\"%1$s/data/iris\",\"%1$s/data/two\"".formatted(karez.root()));
  }

  @Test
  void optionsWinOverTheFile() throws Exception {
    Path file = karez.write("some.yaml", TRAIN);

    Said said = karez.run("experiment", "new", "other", "-f", file.toString(), "--tag", "");

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(karez.read(".karez/experiments/other.yaml"))
        .isEqualTo(
            TRAIN
                .replace("name: train", "name: other")
                .replace("tags:\n- small\n- fast", "tags: []"));
  }

  @Test
  void aProgramThatNothingCanRunIsRefusedAndTheUsualCommandNamed() {
    assertThat(karez.run("experiment", "new", "train", "--executable", "code/train.py"))
        .isEqualTo(
            new Said(
                2,
                "",
                """
                error: executable_command: `code/train.py` is not executable, and nothing is said to run it
                hint: `--executable-command python3`
                """));
  }

  @Test
  void aProgramMayStillBeMissingWhenTheUserSaysSo() throws Exception {
    assertThat(
            karez.run("experiment", "new", "later", "--executable", "later.py", "--anyway").code())
        .isZero();
    assertThat(karez.run("experiment", "new", "--anyway"))
        .isEqualTo(
            new Said(
                2,
                "",
                """
                error: `NAME` is missing: its name
                error: `--executable FILE` is missing: its program, from the project's root
                """));
  }

  @Test
  void aNameIsTakenOnce() {
    newTrain();

    assertThat(newTrain())
        .isEqualTo(
            new Said(
                2,
                "",
                """
                error: NAME: there is already an experiment `train`
                hint: change it with `karez experiment update train`
                """));
  }

  @Test
  void updatingKeepsCommentsAndWhatWasNotSaid() throws Exception {
    karez.write(
        ".karez/experiments/train.yaml", TRAIN.replace("name: train", "name: train # mine"));

    assertThat(karez.run("experiment", "update", "train", "--tag", "slow"))
        .isEqualTo(
            new Said(
                0,
                "experiment `train` is changed in `PROJECT/.karez/experiments/train.yaml`\n",
                ""));
    assertThat(karez.read(".karez/experiments/train.yaml"))
        .isEqualTo(
            TRAIN
                .replace("name: train", "name: train # mine")
                .replace("- small\n- fast", "- slow"));
  }

  @Test
  void aPersonKeepsOrEmptiesWhatStandsInBrackets() throws Exception {
    newTrain();

    Said said = karez.answering("-\n\n\n\n\n-\n\n", "experiment", "update", "train");

    assertThat(said)
        .isEqualTo(
            new Said(
                0,
                "experiment `train` is changed in `PROJECT/.karez/experiments/train.yaml`\n",
                """
                Enter keeps what stands in brackets, `-` empties it
                description [A first try]: \
                program, from the project's root [code/train.py]: \
                what runs it, such as `python3` [python3]: \
                folder of its code [code]: \
                datasets, between commas (there is iris) [iris]: \
                tags, between commas [small, fast]: \
                another action as `NAME=COMMAND`, or nothing: \
                """));
    assertThat(karez.read(".karez/experiments/train.yaml"))
        .isEqualTo(
            TRAIN
                .replace("description: A first try", "description: ''")
                .replace("tags:\n- small\n- fast", "tags: []"));
  }

  @Test
  void nothingIsDeletedUnlessSomebodySaysYes() {
    newTrain();
    String what = "this removes `PROJECT/.karez/experiments/train.yaml`, and nothing else\n";

    assertThat(karez.run("experiment", "delete", "train"))
        .isEqualTo(
            new Said(
                2,
                "",
                what + "error: nobody can be asked, so nothing was removed\nhint: say `--yes`\n"));
    assertThat(karez.answering("\n", "experiment", "delete", "train"))
        .isEqualTo(new Said(1, "", what + "remove it? [y/N]: nothing was removed\n"));
    assertThat(karez.root().resolve(".karez/experiments/train.yaml")).exists();
  }

  @Test
  void deletingLeavesTheRuns() throws Exception {
    newTrain();
    assertThat(karez.run("run", "train").code()).isZero();

    assertThat(karez.answering("y\n", "experiment", "delete", "train"))
        .isEqualTo(
            new Said(
                0,
                "experiment `train` is removed\n",
                """
                this removes `PROJECT/.karez/experiments/train.yaml`, and nothing else
                its run stays in `PROJECT/results/train`
                remove it? [y/N]: \
                """));
    assertThat(karez.root().resolve("results/train/run_1/run.json")).exists();
    assertThat(karez.root().resolve(".karez/experiments/train.yaml")).doesNotExist();
  }

  @Test
  void aFileThatCannotBeReadHidesNoOther() throws Exception {
    newTrain();
    karez.write(".karez/experiments/bad.yaml", "name: bad\n");

    assertThat(karez.run("experiment", "list"))
        .isEqualTo(
            new Said(
                1,
                """
                NAME\tRUNS\tCOMMAND\tDATASETS\tTAGS\tDESCRIPTION
                train\t0\tpython3 code/train.py\tiris\tsmall, fast\tA first try
                """,
                "error: .karez/experiments/bad.yaml:1:1: the key `executable` is missing\n"));
  }

  @Test
  void showAndListHaveJson() {
    newTrain();
    String train =
        "{\"name\":\"train\",\"description\":\"A first try\",\"path\":\"code\","
            + "\"executable\":\"code/train.py\",\"executable_command\":\"python3\","
            + "\"datasets\":[\"iris\"],\"tags\":[\"small\",\"fast\"],"
            + "\"actions\":[{\"plot\":{\"name\":\"plot\",\"description\":\"\","
            + "\"executable\":\"code/plot.py\",\"executable_command\":\"python3 -u\"}}],"
            + "\"file\":\".karez/experiments/train.yaml\",\"runs\":0}";

    assertThat(karez.run("experiment", "show", "train", "--json"))
        .isEqualTo(new Said(0, "{\"schema\":1,\"experiment\":" + train + "}\n", ""));
    assertThat(karez.run("experiment", "list", "--json"))
        .isEqualTo(new Said(0, "{\"schema\":1,\"experiments\":[" + train + "]}\n", ""));
  }

  @Test
  void aDatasetInUseIsNotDeleted() {
    newTrain();

    assertThat(karez.run("dataset", "delete", "iris", "--yes"))
        .isEqualTo(
            new Said(
                2,
                "",
                """
                error: the dataset `iris` is used by `train`
                hint: take it out of these experiments first
                """));
  }

  @Test
  void datasetsAreListedShownChangedAndDeleted() throws Exception {
    Files.createDirectories(karez.root().resolve("data/new"));

    assertThat(karez.run("dataset", "update", "iris", "--path", "data/new", "-t", "a"))
        .isEqualTo(
            new Said(0, "dataset `iris` is changed in `PROJECT/.karez/datasets/iris.yaml`\n", ""));
    assertThat(karez.run("dataset", "list"))
        .isEqualTo(new Said(0, "NAME\tPATH\tTAGS\tDESCRIPTION\niris\tdata/new\ta\t\n", ""));
    assertThat(karez.run("dataset", "show", "iris"))
        .isEqualTo(
            new Said(
                0,
                """
                name: iris
                description: ''
                path: data/new
                tags:
                - a
                file: .karez/datasets/iris.yaml
                exists: true
                """,
                ""));
    assertThat(karez.run("dataset", "delete", "iris", "--yes").out())
        .isEqualTo("dataset `iris` is removed\n");
    assertThat(karez.root().resolve("data/new")).exists();
  }

  @Test
  void aPathFromASubDirectoryIsPutRight() throws Exception {
    assertThat(
            karez.from(karez.root().resolve("code"), "dataset", "new", "x", "--path", "train.py"))
        .isEqualTo(
            new Said(
                2,
                "",
                """
                error: --path: there is neither a file nor a directory `train.py`
                hint: paths start from the project's root: did you mean `code/train.py`?
                """));
  }
}
