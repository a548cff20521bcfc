package io.karez.cli;

import io.karez.project.Project;
import io.karez.project.UserFiles;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The options that every command about a project has.
final class ProjectOptions {
  @Nullable Path directory;

  void declare(Options options) {
    options
        .typed(
            "--project",
            "DIR",
            Path.class,
            "the project; otherwise the one that the current directory lies in",
            value -> directory = value)
        .flag("--debug", "show stack traces of failures", () -> {});
  }

  /// For what needs no project: it gets one where it is typed.
  Project anyProject() {
    UserFiles user = UserFiles.of(System.getenv());
    if (directory != null) {
      return Project.at(directory, user);
    }
    Path here = Path.of("").toAbsolutePath();
    return Project.around(here, user).orElseGet(() -> Project.to(here, user));
  }

  /// @throws InvalidInputException when there is none
  Project project() {
    UserFiles user = UserFiles.of(System.getenv());
    if (directory != null) {
      return Project.at(directory, user);
    }
    Path here = Path.of("").toAbsolutePath();
    return Project.around(here, user)
        .orElseThrow(() ->
            new InvalidInputException(
                Problem.of("`%s` lies in no project".formatted(here))
                    .hint("make one with `karez init`, or name one with `--project DIR`")));
  }
}
