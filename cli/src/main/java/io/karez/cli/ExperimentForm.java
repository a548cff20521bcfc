package io.karez.cli;

import io.karez.cli.Form.Check;
import io.karez.cli.Form.Field;
import io.karez.cli.Form.Question;
import io.karez.cli.Form.Shape;
import io.karez.define.Action;
import io.karez.define.DatasetName;
import io.karez.define.Experiment;
import io.karez.define.ExperimentFile;
import io.karez.define.ExperimentName;
import io.karez.project.Definitions;
import io.karez.project.Project;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// What can be said of an experiment.
final class ExperimentForm {
  static final Field NAME = new Field("", "NAME", "its name", Shape.ONE, true);
  static final Field DESCRIPTION =
      new Field("--description", "TEXT", "what it is for", Shape.ONE, false);
  static final Field EXECUTABLE =
      new Field("--executable", "FILE", "its program, from the project's root", Shape.ONE, true);
  static final Field COMMAND =
      new Field(
          "--executable-command --executable_command",
          "COMMAND",
          "what runs the program, such as `python3 -u`; nothing when it runs by itself",
          Shape.ONE,
          false);
  static final Field PATH =
      new Field(
          "--path", "DIR", "the folder of its code (default: the program's)", Shape.ONE, false);
  static final Field DATASETS =
      new Field(
          "--dataset",
          "NAME",
          "data it reads; repeat it for more",
          Shape.SEPARATED_BY_COMMAS,
          false);
  static final Field TAGS =
      new Field("--tag -t", "TAG", "repeat it for more", Shape.SEPARATED_BY_COMMAS, false);
  static final Field ACTIONS =
      new Field(
          "--action",
          "NAME=COMMAND",
          "something to do with a finished run, such as `plot=python3 plot.py`",
          Shape.ONE_A_LINE,
          false);

  private ExperimentForm() {}

  static Form withName() {
    return new Form(NAME, DESCRIPTION, EXECUTABLE, COMMAND, PATH, DATASETS, TAGS, ACTIONS);
  }

  /// For an experiment that has its name already.
  static Form withoutName() {
    return new Form(DESCRIPTION, EXECUTABLE, COMMAND, PATH, DATASETS, TAGS, ACTIONS);
  }

  /// @param known what the answers start from; empty for a new experiment
  static List<Question> questions(
      Form form, Project project, ProjectPaths paths, Optional<Experiment> known) {
    List<Question> questions = new ArrayList<>();
    if (known.isEmpty()) {
      Check isNew =
          (value, place) ->
              new Definitions(project).requireNew(ExperimentName.registered(value, place));
      questions.add(new Question(NAME, "name", () -> "", isNew));
    }
    questions.add(
        new Question(
            DESCRIPTION, "description", preset(known, Experiment::description), Check.NONE));
    questions.add(
        new Question(
            EXECUTABLE,
            "program, from the project's root",
            preset(known, Experiment::executable),
            paths::file));
    Supplier<String> usual = () -> form.text(EXECUTABLE).map(paths::usualCommand).orElse("");
    questions.add(
        new Question(
            COMMAND,
            "what runs it, such as `python3`",
            known.isPresent() ? preset(known, Experiment::executableCommand) : usual,
            ShellWords::split));
    Supplier<String> folder = () -> form.text(EXECUTABLE).map(ExperimentForm::folder).orElse(".");
    questions.add(
        new Question(
            PATH,
            "folder of its code",
            known.isPresent() ? preset(known, Experiment::path) : folder,
            paths::directory));
    List<DatasetName> datasets = project.datasets();
    questions.add(
        new Question(
            DATASETS,
            datasets.isEmpty()
                ? "datasets (there are none yet)"
                : "datasets, between commas (there is %s)".formatted(joined(datasets)),
            preset(known, e -> joined(e.datasets())),
            (value, place) -> ExperimentFile.dataset(value, place, datasets)));
    questions.add(
        new Question(
            TAGS, "tags, between commas", preset(known, e -> joined(e.tags())), Check.NONE));
    questions.add(
        new Question(
            ACTIONS,
            "another action as `NAME=COMMAND`, or nothing",
            () -> "",
            (value, place) -> paths.file(action(value, place).executable(), place)));
    return questions;
  }

  /// The experiment as it becomes by what was said; actions are added, all else is replaced.
  static Experiment over(Experiment known, Form form) {
    return new Experiment(
        form.text(NAME).map(ExperimentName::new).orElse(known.name()),
        form.text(DESCRIPTION).orElse(known.description()),
        form.text(PATH).filter(path -> !path.isEmpty()).orElse(known.path()),
        form.text(EXECUTABLE).orElse(known.executable()),
        form.text(COMMAND).orElse(known.executableCommand()),
        form.list(DATASETS)
            .map(names -> names.stream().map(DatasetName::new).toList())
            .orElse(known.datasets()),
        form.list(TAGS).orElse(known.tags()),
        actions(known.actions(), form.list(ACTIONS).orElse(List.of())),
        known.resources(),
        known.environment(),
        known.setup(),
        known.passPaths(),
        known.container(),
        known.retry());
  }

  /// The experiment that was described from nothing.
  static Experiment of(Form form) {
    return over(
        Experiment.of(
            new ExperimentName(form.text(NAME).orElseThrow()),
            form.text(EXECUTABLE).orElseThrow(),
            form.text(COMMAND).orElse("")),
        form);
  }

  /// `plot=python3 plot.py`: the last word is the program.
  private static Action action(String text, Place place) {
    int equals = text.indexOf('=');
    String command = text.substring(equals + 1).strip();
    if (equals < 1 || command.isEmpty()) {
      throw new InvalidInputException(
          Problem.at(place, "`%s` is not of the form `NAME=COMMAND`".formatted(text)));
    }
    List<String> words = ShellWords.split(command, place);
    return new Action(
        text.substring(0, equals).strip(),
        "",
        words.getLast(),
        ShellWords.quoteAll(words.subList(0, words.size() - 1)));
  }

  private static List<Action> actions(List<Action> known, List<String> said) {
    List<Action> actions = new ArrayList<>(known);
    for (String text : said) {
      Action action = action(text, Place.of(ACTIONS.name()));
      actions.removeIf(old -> old.name().equals(action.name()));
      actions.add(action);
    }
    return actions;
  }

  private static String folder(String executable) {
    return Experiment.of(new ExperimentName("x"), executable, "").path();
  }

  private static Supplier<String> preset(
      Optional<Experiment> known, Function<Experiment, String> value) {
    return () -> known.map(value).orElse("");
  }

  private static String joined(List<?> items) {
    return String.join(", ", items.stream().map(Object::toString).toList());
  }
}
