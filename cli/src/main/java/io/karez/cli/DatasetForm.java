package io.karez.cli;

import io.karez.cli.Form.Check;
import io.karez.cli.Form.Field;
import io.karez.cli.Form.Question;
import io.karez.cli.Form.Shape;
import io.karez.define.Dataset;
import io.karez.define.DatasetName;
import io.karez.project.Definitions;
import io.karez.project.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What can be said of a dataset.
final class DatasetForm {
  private static final Field NAME = new Field("", "NAME", "its name", Shape.ONE, true);
  private static final Field PATH =
      new Field("--path", "PATH", "where it lies, from the project's root", Shape.ONE, true);
  private static final Field DESCRIPTION =
      new Field("--description", "TEXT", "what it is", Shape.ONE, false);
  private static final Field TAGS =
      new Field("--tag -t", "TAG", "repeat it for more", Shape.SEPARATED_BY_COMMAS, false);

  private DatasetForm() {}

  static Form withName() {
    return new Form(NAME, PATH, DESCRIPTION, TAGS);
  }

  /// For a dataset that has its name already.
  static Form withoutName() {
    return new Form(PATH, DESCRIPTION, TAGS);
  }

  /// @param known what the answers start from; empty for a new dataset
  static List<Question> questions(Project project, ProjectPaths paths, Optional<Dataset> known) {
    List<Question> questions = new ArrayList<>();
    if (known.isEmpty()) {
      Check isNew = (value, place) -> new Definitions(project).requireNew(new DatasetName(value));
      questions.add(new Question(NAME, "name", () -> "", isNew));
    }
    questions.add(
        new Question(
            PATH,
            "path, from the project's root",
            () -> known.map(Dataset::path).orElse(""),
            paths::anything));
    questions.add(
        new Question(
            DESCRIPTION,
            "description",
            () -> known.map(Dataset::description).orElse(""),
            Check.NONE));
    questions.add(
        new Question(
            TAGS,
            "tags, between commas",
            () -> known.map(dataset -> String.join(", ", dataset.tags())).orElse(""),
            Check.NONE));
    return questions;
  }

  /// The dataset as it becomes by what was said.
  static Dataset over(Dataset known, Form form) {
    return new Dataset(
        form.text(NAME).map(DatasetName::new).orElse(known.name()),
        form.text(PATH).orElse(known.path()),
        form.text(DESCRIPTION).orElse(known.description()),
        form.list(TAGS).orElse(known.tags()));
  }

  /// The dataset that was described from nothing.
  static Dataset of(Form form) {
    return new Dataset(
        new DatasetName(form.text(NAME).orElseThrow()),
        form.text(PATH).orElseThrow(),
        form.text(DESCRIPTION).orElse(""),
        form.list(TAGS).orElse(List.of()));
  }
}
