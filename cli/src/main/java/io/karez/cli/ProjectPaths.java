package io.karez.cli;

import io.karez.define.Dataset;
import io.karez.define.Experiment;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Looks whether the paths of a definition lead somewhere.
///
/// @param root the project's, from which relative paths start
/// @param anyway whether it does not matter
record ProjectPaths(Path root, boolean anyway) {

  void file(String path, Place place) {
    Path there = resolved(path, place);
    require(Files.isRegularFile(there), "there is no file `%s`", path, place);
  }

  void directory(String path, Place place) {
    Path there = resolved(path, place);
    require(Files.isDirectory(there), "there is no directory `%s`", path, place);
  }

  void anything(String path, Place place) {
    Path there = resolved(path, place);
    require(Files.exists(there), "there is neither a file nor a directory `%s`", path, place);
  }

  /// @throws InvalidInputException with all problems
  void require(Experiment experiment) {
    Problems problems = new Problems();
    collect(problems, () -> file(experiment.executable(), Place.of("executable")));
    collect(problems, () -> directory(experiment.path(), Place.of("path")));
    experiment
        .actions()
        .forEach(action ->
            collect(
                problems, () -> file(action.executable(), Place.of("actions." + action.name()))));
    runnable(experiment.executable(), experiment.executableCommand()).ifPresent(problems::add);
    problems.throwIfAny();
  }

  /// @throws InvalidInputException when there is nothing
  void require(Dataset dataset) {
    anything(dataset.path(), Place.of("path"));
  }

  /// The program that usually runs such a file; empty when the file runs by itself, or none is
  /// known.
  String usualCommand(String executable) {
    if (Files.isExecutable(root.resolve(executable))) {
      return "";
    }
    return switch (executable.substring(executable.lastIndexOf('.') + 1)) {
      case "py" -> "python3";
      case "sh" -> "sh";
      case "R", "r" -> "Rscript";
      case "jl" -> "julia";
      case "pl" -> "perl";
      default -> "";
    };
  }

  private Optional<Problem> runnable(String executable, String command) {
    Path there = root.resolve(executable);
    if (anyway || !command.isBlank() || !Files.isRegularFile(there) || Files.isExecutable(there)) {
      return Optional.empty();
    }
    String usual = usualCommand(executable);
    String hint =
        usual.isEmpty()
            ? "make it executable with `chmod +x`"
            : "`--executable-command " + usual + "`";
    return Optional.of(
        Problem.at(
                Place.of("executable_command"),
                "`%s` is not executable, and nothing is said to run it".formatted(executable))
            .hint(hint));
  }

  private Path resolved(String path, Place place) {
    try {
      return root.resolve(path);
    } catch (InvalidPathException e) {
      throw new InvalidInputException(Problem.at(place, "`%s` is not a path".formatted(path)));
    }
  }

  private void require(boolean isThere, String message, String path, Place place) {
    if (!isThere && !anyway) {
      throw new InvalidInputException(
          Problem.at(place, message.formatted(path))
              .hint(hint(Path.of("").toAbsolutePath(), path)));
    }
  }

  private String hint(Path here, String path) {
    Path typed = here.resolve(path).normalize();
    return !here.equals(root) && typed.startsWith(root) && Files.exists(typed)
        ? "paths start from the project's root: did you mean `%s`?"
            .formatted(root.relativize(typed))
        : "paths start from the project's root `%s`".formatted(root);
  }

  private static void collect(Problems problems, Runnable check) {
    try {
      check.run();
    } catch (InvalidInputException e) {
      e.problems().forEach(problems::add);
    }
  }
}
