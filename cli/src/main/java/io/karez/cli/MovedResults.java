package io.karez.cli;

import io.karez.project.Places;
import io.karez.project.Project;
import io.karez.project.ProjectSetup;
import io.karez.project.UserFiles;
import io.karez.store.RunStore;
import io.karez.transport.LocalTransport;
import java.nio.file.Path;
import java.util.Optional;

/// After a change of settings: runs stay where they were made, and git need not see the new ones.
record MovedResults(Path root, Path before) {

  static MovedResults before(Project project) {
    return new MovedResults(project.root(), project.results());
  }

  void say(Console console) {
    Project project = Project.at(root, UserFiles.of(System.getenv()));
    Path now = project.results();
    if (now.equals(before)) {
      return;
    }
    int runs = new RunStore(before).list(Optional.empty()).size();
    if (runs > 0) {
      console
          .err()
          .println(
              "warning: %s in `%s`, and Karez now looks in `%s`"
                  .formatted(
                      runs == 1 ? "1 run stays" : runs + " runs stay",
                      Places.shown(before),
                      Places.shown(now)));
      console
          .err()
          .println(
              "hint: set `result_dir` back to see %s, or move the directory as a whole"
                  .formatted(runs == 1 ? "it" : "them"));
    }
    new ProjectSetup(new LocalTransport())
        .withoutRepository(root, project.config().resultDir())
        .written()
        .forEach(file ->
            console.err().println("`%s` is now in `%s`".formatted(Places.shown(now), file)));
  }
}
