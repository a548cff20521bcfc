package io.karez.cli;

import io.karez.define.Config;
import io.karez.project.Project;
import io.karez.project.Settings;
import io.karez.project.UserFiles;
import io.karez.text.InvalidInputException;
import java.nio.file.Path;
import java.util.Optional;

/// Whose settings a command is about: the project's, or the user's own.
final class ConfigScope {
  private final ProjectOptions project = new ProjectOptions();
  private boolean isUsers;

  void declare(Options options) {
    options.flag("--user", "your own settings instead of the project's", () -> isUsers = true);
    project.declare(options);
  }

  Settings settings() {
    return isUsers ? Settings.of(user()) : Settings.of(project.project());
  }

  /// The settings in force; outside a project the user's.
  Config config() {
    boolean isElsewhere =
        project.directory == null && Project.around(Path.of(""), user()).isEmpty();
    return isUsers || isElsewhere ? user().config() : project.project().config();
  }

  /// The editor that the settings name; a file with problems, which is about to be mended, names
  /// none.
  Optional<String> editor() {
    try {
      return config().defaultEditor();
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  /// Where the project's runs are; empty when its settings cannot be read, or are not meant.
  Optional<MovedResults> results() {
    try {
      return isUsers ? Optional.empty() : Optional.of(MovedResults.before(project.project()));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  private static UserFiles user() {
    return UserFiles.of(System.getenv());
  }
}
