package io.karez.cli;

import io.karez.define.Config;
import io.karez.define.Site;
import io.karez.project.Project;
import io.karez.project.UserFiles;
import io.karez.text.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A site by its name, for commands that need no project.
final class SiteOption {
  private SiteOption() {}

  /// The site of the project's configuration, or of the user's own where there is no project.
  ///
  /// @throws io.karez.text.InvalidInputException when there is none of this name, or nobody has
  ///   trusted the project that defines it
  static Site named(String name, Place place, ProjectOptions project) {
    return chosen(project, config -> config.site(name, place));
  }

  /// As {@link #named(String, Place, ProjectOptions)}, of a name that is a word of its own.
  static Site named(String name, ProjectOptions project) {
    return chosen(project, config -> config.site(name));
  }

  private static Site chosen(ProjectOptions project, Function<Config, Site> choice) {
    UserFiles user = UserFiles.of(System.getenv());
    Optional<Project> found = found(project, user);
    Site site = choice.apply(found.map(Project::config).orElseGet(user::config));
    found.ifPresent(known -> known.trust().require());
    return site;
  }

  /// The words that mean the sites there are, as `--on lumi` or `--on triton`; empty when there are
  /// none.
  static Optional<String> elsewhere(ProjectOptions project) {
    UserFiles user = UserFiles.of(System.getenv());
    List<String> sites =
        found(project, user).map(Project::config).orElseGet(user::config).sites().keySet().stream()
            .sorted()
            .map("`--on %s`"::formatted)
            .toList();
    return sites.isEmpty() ? Optional.empty() : Optional.of(String.join(" or ", sites));
  }

  private static Optional<Project> found(ProjectOptions project, UserFiles user) {
    return project.directory == null
        ? Project.around(Path.of("").toAbsolutePath(), user)
        : Optional.of(project.project());
  }
}
