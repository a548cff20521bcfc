package io.karez.cli;

import io.karez.define.Config;
import io.karez.define.Site;
import io.karez.project.Project;
import io.karez.project.UserFiles;
import io.karez.text.Place;
import java.nio.file.Path;
import java.util.Optional;

/// A site by its name, for commands that need no project.
final class SiteOption {
  private SiteOption() {}

  /// The site of the project's configuration, or of the user's own where there is no project.
  ///
  /// @throws io.karez.text.InvalidInputException when there is none of this name, or nobody has
  ///   trusted the project that defines it
  static Site named(String name, Place place, ProjectOptions project) {
    UserFiles user = UserFiles.of(System.getenv());
    Optional<Project> found =
        project.directory == null
            ? Project.around(Path.of("").toAbsolutePath(), user)
            : Optional.of(project.project());
    Config config = found.map(Project::config).orElseGet(user::config);
    Site site = config.site(name, place);
    found.ifPresent(known -> known.trust().require());
    return site;
  }
}
