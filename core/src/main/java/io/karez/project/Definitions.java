package io.karez.project;

import io.karez.define.Dataset;
import io.karez.define.DatasetFile;
import io.karez.define.DatasetName;
import io.karez.define.Experiment;
import io.karez.define.ExperimentFile;
import io.karez.define.ExperimentName;
import io.karez.store.AtomicFile;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.YamlEdit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// Adds, changes and removes the experiments and datasets of a project.
public final class Definitions {
  private final Project project;

  public Definitions(Project project) {
    this.project = project;
  }

  /// An experiment from text that a person wrote, checked against the project's datasets; nothing
  /// is saved.
  ///
  /// @param source the file as the user knows it
  public Experiment readExperiment(String text, String source) {
    return ExperimentFile.read(text, source, Optional.empty(), project.datasets());
  }

  /// @throws InvalidInputException when there is one of that name
  public void requireNew(ExperimentName name) {
    requireAbsent(project.file(name), "experiment", name.value());
  }

  /// @throws InvalidInputException when there is one of that name
  public void requireNew(DatasetName name) {
    requireAbsent(project.file(name), "dataset", name.value());
  }

  /// @throws InvalidInputException when there is none of that name
  public void requireThere(ExperimentName name) {
    requireThere("experiment", name, project.experiments());
  }

  /// @throws InvalidInputException when there is none of that name, or experiments use it
  public void requireUnused(DatasetName name) {
    requireThere("dataset", name, project.datasets());
    List<String> users =
        project.experiments().stream()
            .filter(experiment -> project.experiment(experiment.value()).datasets().contains(name))
            .map(ExperimentName::value)
            .toList();
    if (!users.isEmpty()) {
      throw new InvalidInputException(
          Problem.of("the dataset `%s` is used by `%s`".formatted(name, String.join("`, `", users)))
              .hint("take it out of these experiments first"));
    }
  }

  /// @return its file
  /// @throws InvalidInputException when there is one of that name, or it names a dataset that there
  ///   is not
  public Path add(Experiment experiment) {
    Path file = project.file(experiment.name());
    requireNew(experiment.name());
    String text = ExperimentFile.write(experiment);
    ExperimentFile.read(
        text, project.source(file), Optional.of(experiment.name()), project.datasets());
    return save(file, text);
  }

  /// @return its file
  /// @throws InvalidInputException when there is one of that name
  public Path add(Dataset dataset) {
    Path file = project.file(dataset.name());
    requireNew(dataset.name());
    return save(file, DatasetFile.write(dataset));
  }

  /// Changes what differs in the file of the same name; its comments and order stay.
  public Path update(Experiment experiment) {
    Experiment old = project.experiment(experiment.name().value());
    Path file = project.file(old.name());
    String source = project.source(file);
    List<DatasetName> known = project.datasets();
    return save(
        file,
        edited(
            file,
            text -> ExperimentFile.read(text, source, Optional.of(old.name()), known),
            ExperimentFile::fields,
            experiment));
  }

  /// Changes what differs in the file of the same name; its comments and order stay.
  public Path update(Dataset dataset) {
    Dataset old = project.dataset(dataset.name().value());
    Path file = project.file(old.name());
    String source = project.source(file);
    return save(
        file,
        edited(
            file,
            text -> DatasetFile.read(text, source, Optional.of(old.name())),
            DatasetFile::fields,
            dataset));
  }

  /// Removes the definition only; its runs stay.
  ///
  /// @return the file that was removed
  public Path delete(ExperimentName name) {
    requireThere(name);
    return remove(project.file(name));
  }

  /// Removes the definition only; the data stay.
  ///
  /// @return the file that was removed
  /// @throws InvalidInputException when experiments use it
  public Path delete(DatasetName name) {
    requireUnused(name);
    return remove(project.file(name));
  }

  /// A key may have a default that hangs on another key, so what was changed is read and compared
  /// again.
  private static <T> String edited(
      Path file, Function<String, T> read, Function<T, Map<String, Object>> fields, T wanted) {
    String text = Texts.read(file, file.toString()).orElse("");
    T now = read.apply(text);
    for (int pass = 0; pass < 2 && !now.equals(wanted); pass++) {
      text = edited(text, file.toString(), fields.apply(now), fields.apply(wanted));
      now = read.apply(text);
    }
    if (!now.equals(wanted)) {
      throw new IllegalStateException("`" + file + "` was not changed as asked: " + now);
    }
    return text;
  }

  private static String edited(
      String text, String source, Map<String, Object> now, Map<String, Object> wanted) {
    String edited = text;
    for (Map.Entry<String, Object> field : wanted.entrySet()) {
      if (!Objects.equals(now.get(field.getKey()), field.getValue())) {
        edited = YamlEdit.put(edited, source, field.getKey(), field.getValue());
      }
    }
    for (String key : now.keySet()) {
      if (!wanted.containsKey(key)) {
        edited = YamlEdit.remove(edited, source, key);
      }
    }
    return edited;
  }

  private static void requireAbsent(Path file, String kind, String name) {
    if (Files.exists(file)) {
      throw new InvalidInputException(
          Problem.of(
                  "there is already a%s %s `%s`"
                      .formatted(kind.equals("dataset") ? "" : "n", kind, name))
              .hint("change it with `karez %s update %s`".formatted(kind, name)));
    }
  }

  /// Looks at the names only: a definition that cannot be read can still be removed.
  private static <N> void requireThere(String kind, N name, List<N> names) {
    if (!names.contains(name)) {
      throw Project.unknown(kind, name.toString(), names);
    }
  }

  private static Path save(Path file, String text) {
    try {
      Files.createDirectories(file.resolveSibling("."));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory of `" + file + "`", e);
    }
    AtomicFile.write(file, text, AtomicFile.ORDINARY);
    return file;
  }

  private static Path remove(Path file) {
    try {
      Files.delete(file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove `" + file + "`", e);
    }
  }
}
