package io.karez.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.define.Config;
import io.karez.define.Dataset;
import io.karez.define.DatasetName;
import io.karez.define.Experiment;
import io.karez.define.ExperimentName;
import io.karez.define.RetryPolicy;
import io.karez.define.SubmitTemplate;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
  @TempDir private Path directory;
  private UserFiles user = new UserFiles(Path.of("."));
  private Path root = Path.of(".");

  @BeforeEach
  void makeAProject() throws IOException {
    user = new UserFiles(directory.resolve("home/karez"));
    root = Files.createDirectories(directory.resolve("p"));
    write(".karez/config.yaml", "slurm: {default: {--ntasks: 1}}\n");
    write(".karez/experiments/e.yaml", "# mine\nname: e\nexecutable: run.py # the one\n");
    write(".karez/datasets/iris.yaml", "name: iris\npath: data/iris # here\n");
  }

  private Project project() {
    return Project.at(root, user);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void case32_aProjectIsFoundFromAnySubdirectory() throws IOException {
    Path below = Files.createDirectories(root.resolve("a/b/c"));
    assertThat(Project.around(below, user).map(Project::root)).contains(root);
    assertThat(Project.around(root, user).map(Project::root)).contains(root);
    assertThat(Project.around(directory, user).map(Project::root)).isEmpty();
  }

  @Test
  void theNearestProjectWins() throws IOException {
    Path inner = Files.createDirectories(root.resolve("inner"));
    Files.createDirectories(inner.resolve(".karez"));
    assertThat(Project.around(inner, user).map(Project::root)).contains(inner);
  }

  @Test
  void aDirectoryThatIsNoProjectIsRefusedWithAHint() {
    assertThatThrownBy(() -> Project.at(directory, user))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.problems().getFirst().hint())
                    .contains("make it one with `karez init '" + directory + "'`"))
        .hasMessage("`%s` is not a project: it has no `.karez` directory", directory);
  }

  @Test
  void readingOneExperimentOpensNoOther() throws IOException {
    write(".karez/experiments/broken.yaml", "[[[");
    write(".karez/experiments/.e.yaml.swp", "");
    write(".karez/experiments/a b.yaml", "");
    write(".karez/datasets/broken.yaml", "[[[");
    assertThat(project().experiments())
        .containsExactly(new ExperimentName("broken"), new ExperimentName("e"));
    assertThat(project().experiment("e"))
        .isEqualTo(Experiment.of(new ExperimentName("e"), "run.py", ""));
  }

  @Test
  void case22_anExperimentMustNotNameADatasetThatThereIsNot() throws IOException {
    write(".karez/experiments/e.yaml", "name: e\nexecutable: x\ndatasets: [iris, irys]\n");
    assertThatThrownBy(() -> project().experiment("e"))
        .hasMessage(".karez/experiments/e.yaml:3:18: `datasets`: there is no dataset `irys`");
  }

  @Test
  void anUnknownExperimentIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> project().experiment("ee"))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.problems().getFirst().hint()).contains("did you mean `e`?"))
        .hasMessage("there is no experiment `ee`");
    assertThatThrownBy(() -> project().dataset("../x")).hasMessage("there is no dataset `../x`");
  }

  @Test
  void textThatIsNotUtf8IsAProblemOfItsFile() throws IOException {
    Files.write(
        root.resolve(".karez/experiments/e.yaml"), "name: é".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> project().experiment("e"))
        .hasMessage(".karez/experiments/e.yaml: the text is not valid UTF-8");
  }

  @Test
  void aMissingConfigurationMeansTheBuiltInOne() throws IOException {
    Files.delete(root.resolve(".karez/config.yaml"));
    assertThat(project().config()).isEqualTo(Config.BUILT_IN);
    assertThat(project().results()).isEqualTo(root.resolve("results"));
  }

  @Test
  void theUsersSettingsLieBelowTheProjects() throws IOException {
    Files.createDirectories(user.directory());
    Files.writeString(user.configFile(), "result_dir: a\nsites: {t: {host: h}}\n");
    Files.setPosixFilePermissions(user.configFile(), PosixFilePermissions.fromString("rw-------"));
    write(".karez/config.yaml", "result_dir: b\n");
    assertThat(project().config().sites()).containsOnlyKeys("t");
    assertThat(project().results()).isEqualTo(root.resolve("b"));
  }

  @Test
  void aUserFileThatOthersCanChangeIsRefused() throws IOException {
    Files.createDirectories(user.directory());
    Files.writeString(user.configFile(), "");
    Files.setPosixFilePermissions(user.configFile(), PosixFilePermissions.fromString("rw-rw----"));
    assertThatThrownBy(() -> project().config())
        .hasMessage(
            "%s: others can change this file, and it says what is run on which host",
            user.configFile());
  }

  @Test
  void case34_aTemplateIsANameOrAFile() throws IOException {
    write("gpu.yaml", "--gres: gpu:1\n");
    Place option = Place.of("--submit-template");
    assertThat(project().template("slurm", "default", root, option))
        .isEqualTo(SubmitTemplate.read("--ntasks: 1", ""));
    assertThat(project().template("slurm", "gpu.yaml", root, option))
        .isEqualTo(SubmitTemplate.read("--gres: gpu:1", ""));
    assertThat(project().template("oar", "default", root, option))
        .isEqualTo(new SubmitTemplate(List.of()));
    assertThatThrownBy(() -> project().template("slurm", "gpu", root, option))
        .hasMessage(
            "--submit-template: there is no submit template `gpu`, neither by name nor as a file;"
                + " `slurm` has `default`");
  }

  @Test
  void whatIsAddedIsReadBackAndNotAddedTwice() {
    Definitions definitions = new Definitions(project());
    Dataset mnist =
        new Dataset(new DatasetName("mnist"), "/data/mnist", "digits", List.of("images"));
    assertThat(definitions.add(mnist)).isEqualTo(root.resolve(".karez/datasets/mnist.yaml"));
    assertThat(project().dataset("mnist")).isEqualTo(mnist);
    assertThat(project().path(mnist)).isEqualTo(Path.of("/data/mnist"));
    assertThat(project().path(project().dataset("iris"))).isEqualTo(root.resolve("data/iris"));
    Experiment f = withDatasets(Experiment.of(new ExperimentName("f"), "f.py", "python"), "mnist");
    definitions.add(f);
    assertThat(project().experiment("f")).isEqualTo(f);
    assertThatThrownBy(() -> definitions.add(f)).hasMessage("there is already an experiment `f`");
    assertThatThrownBy(() -> definitions.add(mnist))
        .hasMessage("there is already a dataset `mnist`");
  }

  @Test
  void anExperimentWithAnUnknownDatasetIsNotAdded() {
    Experiment f = withDatasets(Experiment.of(new ExperimentName("f"), "f.py", ""), "none");
    assertThatThrownBy(() -> new Definitions(project()).add(f))
        .isInstanceOf(InvalidInputException.class);
    assertThat(project().experiments()).containsExactly(new ExperimentName("e"));
  }

  @Test
  void anUpdateKeepsCommentsAndWhatItDoesNotConcern() {
    Definitions definitions = new Definitions(project());
    Experiment changed = withDatasets(project().experiment("e"), "iris");
    definitions.update(changed);
    assertThat(root.resolve(".karez/experiments/e.yaml"))
        .hasContent("# mine\nname: e\nexecutable: run.py # the one\ndatasets:\n- iris\n");
    definitions.update(new Dataset(new DatasetName("iris"), "data/x", "flowers", List.of()));
    assertThat(root.resolve(".karez/datasets/iris.yaml"))
        .hasContent("name: iris\npath: data/x # here\ndescription: flowers\n");
  }

  @Test
  void anUpdateOfTheExecutableDoesNotMoveThePathThatHungOnIt() {
    Experiment e = project().experiment("e");
    Experiment moved =
        new Experiment(
            e.name(),
            e.description(),
            e.path(),
            "code/run.py",
            "python",
            e.datasets(),
            e.tags(),
            e.actions(),
            e.resources(),
            e.environment(),
            e.setup(),
            e.passPaths(),
            Optional.of("image.sif"),
            RetryPolicy.NONE);
    new Definitions(project()).update(moved);
    assertThat(project().experiment("e")).isEqualTo(moved);
    new Definitions(project()).update(e);
    assertThat(project().experiment("e")).isEqualTo(e);
  }

  @Test
  void aDatasetInUseIsNotDeleted() {
    Definitions definitions = new Definitions(project());
    definitions.update(withDatasets(project().experiment("e"), "iris"));
    assertThatThrownBy(() -> definitions.delete(new DatasetName("iris")))
        .hasMessage("the dataset `iris` is used by `e`");
    assertThat(definitions.delete(new ExperimentName("e")))
        .isEqualTo(root.resolve(".karez/experiments/e.yaml"));
    definitions.delete(new DatasetName("iris"));
    assertThat(project().experiments()).isEmpty();
    assertThat(project().datasets()).isEmpty();
    assertThatThrownBy(() -> definitions.delete(new ExperimentName("e")))
        .hasMessage("there is no experiment `e`");
  }

  @Test
  void aBrokenDefinitionCanStillBeDeleted() throws IOException {
    write(".karez/experiments/broken.yaml", "[[[");
    new Definitions(project()).delete(new ExperimentName("broken"));
    assertThat(project().experiments()).containsExactly(new ExperimentName("e"));
  }

  @Test
  void aSettingIsSetInPlaceAndAWrongOneChangesNothing() throws IOException {
    Settings settings = Settings.of(project());
    settings.set("slurm.default.--time", "2-00:00:00");
    settings.set("git.dirty", "refuse");
    String text =
        "slurm: {default: {--ntasks: 1, --time: \"2-00:00:00\"}}\ngit:\n  dirty: refuse\n";
    assertThat(Files.readString(project().configFile())).isEqualTo(text);
    assertThatThrownBy(() -> settings.set("git.drity", "commit"))
        .hasMessage(".karez/config.yaml:4:3: there is no key `git.drity`");
    assertThat(Files.readString(project().configFile())).isEqualTo(text);
  }

  @Test
  void cachesLieInTheHomeThatTheEnvironmentNames() {
    assertThat(UserFiles.caches(Map.of("HOME", "/h"))).isEqualTo(Path.of("/h/.cache/karez"));
    assertThat(UserFiles.caches(Map.of("HOME", "/h", "XDG_CACHE_HOME", "/c")))
        .isEqualTo(Path.of("/c/karez"));
    assertThat(UserFiles.caches(Map.of("HOME", "", "XDG_CACHE_HOME", "relative")))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".cache/karez"));
  }

  @Test
  void theUsersOwnSettingsArePrivate() throws IOException {
    Settings.of(user).set("sites.t.host", "h");
    assertThat(user.config().sites()).containsOnlyKeys("t");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(user.configFile())))
        .isEqualTo("rw-------");
  }

  private static Experiment withDatasets(Experiment e, String dataset) {
    return new Experiment(
        e.name(),
        e.description(),
        e.path(),
        e.executable(),
        e.executableCommand(),
        List.of(new DatasetName(dataset)),
        e.tags(),
        e.actions(),
        e.resources(),
        e.environment(),
        e.setup(),
        e.passPaths(),
        e.container(),
        e.retry());
  }
}
