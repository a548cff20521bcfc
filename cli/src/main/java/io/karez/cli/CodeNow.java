package io.karez.cli;

import io.karez.git.GitState;
import io.karez.git.SourceTree;
import io.karez.project.Project;
import io.karez.store.RunDocument;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;

/// The code as it is now, against the code that a run has recorded.
record CodeNow(Project project, Transport transport) {

  /// Further jobs run what now lies where the earlier ones ran; where that may be something else,
  /// the user is told.
  void warnIfOther(Console console, RunDocument run) throws TransportException, IOException {
    boolean inProject =
        run.workingDirectory().startsWith(project.root())
            && !run.workingDirectory().startsWith(project.results());
    if (run.commit().isEmpty() || !inProject) {
      return;
    }
    GitState state = new SourceTree(transport, project.root(), project.results()).state();
    if (!(state instanceof GitState.At at)) {
      return;
    }
    String recorded = run.commit().get();
    if (!at.commit().equals(recorded)) {
      console
          .err()
          .println(
              "warning: run %s recorded commit %.7s, and the code is now at %.7s"
                  .formatted(run.id(), recorded, at.commit()));
    } else if (at.dirty() && !run.dirty()) {
      console
          .err()
          .println(
              "warning: run %s recorded commit %.7s, and the code now has uncommitted changes"
                  .formatted(run.id(), recorded));
    }
  }
}
