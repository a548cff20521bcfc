package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.Yaml;
import io.karez.text.YamlFields;
import io.karez.text.YamlNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The text of `.karez/experiments/NAME.yaml`; Qanat's experiment files are read as they are.
public final class ExperimentFile {
  private static final List<String> KEYS =
      List.of(
          "name",
          "description",
          "path",
          "executable",
          "executable_command",
          "datasets",
          "tags",
          "actions",
          "resources",
          "environment",
          "setup",
          "pass_paths",
          "container",
          "retry");

  private ExperimentFile() {}

  /// @param source the file as the user knows it
  /// @param expected the name that the file's own name promises, if it is one of a project
  /// @param known the datasets that the project has
  /// @throws InvalidInputException with all problems
  public static Experiment read(
      String text,
      String source,
      Optional<ExperimentName> expected,
      Collection<DatasetName> known) {
    Problems problems = new Problems();
    YamlNode document = Documents.read(text, source);
    YamlFields fields = YamlFields.of(document, "", KEYS, problems);
    fields.require("name");
    Optional<ExperimentName> name =
        fields.value("name", (value, place) -> name(value, place, expected));
    fields.require("executable");
    String executable = fields.value("executable", Texts::word).orElse("?");
    String command = fields.value("executable_command", Texts::words).orElse("");
    String path = fields.value("path", Texts::word).orElse(Experiment.folderOf(executable));
    List<DatasetName> datasets =
        fields.values("datasets", (value, place) -> dataset(value, place, known));
    List<String> tags = fields.values("tags", Texts::tag);
    List<Action> actions = ActionFields.read(fields, problems);
    Resources resources = JobFields.resources(fields, problems);
    Environment environment = JobFields.environment(fields, problems);
    List<String> setup = fields.values("setup", Texts::setup);
    boolean passPaths = fields.truth("pass_paths").orElse(true);
    Optional<String> container = fields.value("container", Texts::word);
    RetryPolicy retry = RetryFields.read(fields, problems);
    problems.throwIfAny();
    try {
      return new Experiment(
          name.orElseThrow(),
          fields.text("description").orElse(""),
          path,
          executable,
          command,
          datasets,
          tags,
          actions,
          resources,
          environment,
          setup,
          passPaths,
          container,
          retry);
    } catch (InvalidInputException e) {
      throw placed(e, document.place());
    }
  }

  /// {@link #read} gives the same experiment back.
  public static String write(Experiment experiment) {
    return Yaml.write(fields(experiment));
  }

  /// The keys and values of its text, in order; a key that says only what goes without saying is
  /// left out.
  public static Map<String, Object> fields(Experiment experiment) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", experiment.name().value());
    map.put("description", experiment.description());
    map.put("path", experiment.path());
    map.put("executable", experiment.executable());
    map.put("executable_command", experiment.executableCommand());
    map.put("datasets", experiment.datasets().stream().map(DatasetName::value).toList());
    map.put("tags", experiment.tags());
    map.put("actions", ActionFields.write(experiment.actions()));
    if (!experiment.resources().equals(Resources.NONE)) {
      map.put("resources", JobFields.write(experiment.resources()));
    }
    if (!experiment.environment().equals(Environment.NONE)) {
      map.put("environment", JobFields.write(experiment.environment()));
    }
    if (!experiment.setup().isEmpty()) {
      map.put("setup", experiment.setup());
    }
    if (!experiment.passPaths()) {
      map.put("pass_paths", false);
    }
    experiment.container().ifPresent(image -> map.put("container", image));
    if (!experiment.retry().equals(RetryPolicy.NONE)) {
      map.put("retry", experiment.retry().fields());
    }
    return map;
  }

  private static ExperimentName name(String text, Place place, Optional<ExperimentName> expected) {
    ExperimentName name = ExperimentName.registered(text, place);
    if (expected.isPresent() && !expected.get().equals(name)) {
      throw new InvalidInputException(Documents.otherName(place, text, expected.get().value()));
    }
    return name;
  }

  /// The dataset of a name, when it is one of the project's.
  ///
  /// @throws InvalidInputException when there is none; the hint names the nearest
  public static DatasetName dataset(String text, Place place, Collection<DatasetName> known) {
    DatasetName name = new DatasetName(text);
    if (known.contains(name)) {
      return name;
    }
    Problem problem = Problem.at(place, "there is no dataset `%s`".formatted(text));
    List<String> names = known.stream().map(DatasetName::value).sorted().toList();
    throw new InvalidInputException(
        problem.hint(
            Nearest.to(text, names)
                .map("did you mean `%s`?"::formatted)
                .orElse("add it with `karez dataset new %s`".formatted(text))));
  }

  private static InvalidInputException placed(InvalidInputException e, Place place) {
    return new InvalidInputException(
        e.problems().stream()
            .map(p -> new Problem(Optional.of(place), p.message(), p.hint()))
            .toList());
  }
}
