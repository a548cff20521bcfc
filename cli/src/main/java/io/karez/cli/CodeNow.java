package io.karez.cli;

import io.karez.git.GitState;
import io.karez.git.SourceTree;
import io.karez.project.Project;
import io.karez.site.FarRun;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.SubmissionCode;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The code as it is now, against the code that a run has recorded.
record CodeNow(Project project, Transport transport) {

  /// Further jobs run what now lies where the earlier ones ran. Where that is something else, their
  /// submission says so, and so does a warning; of a site, where nobody looks, only this does.
  ///
  /// @param submission prepared and not begun
  /// @return the warning
  Optional<String> record(RunDirectory run, RunDocument document, int submission)
      throws TransportException, IOException {
    if (FarRun.isCopy(run, document)) {
      return new CodeThere(project).note(document);
    }
    // A checkout of the run's own stays as it is.
    boolean inProject =
        document.workingDirectory().startsWith(project.root())
            && !document.workingDirectory().startsWith(project.results());
    if (!inProject) {
      return Optional.empty();
    }
    SourceTree tree = new SourceTree(transport, project.root(), project.results());
    GitState state = tree.state();
    Path patch = run.submission(submission).resolve(SubmissionCode.PATCH);
    SubmissionCode then = SubmissionCode.of(run, document);
    SubmissionCode now =
        switch (state) {
          case GitState.At at -> of(tree, state, Optional.of(at.commit()), at.dirty(), patch);
          case GitState.Unborn unborn -> of(tree, state, Optional.empty(), true, patch);
          case GitState.NoGit(), GitState.NotARepository() ->
              new SubmissionCode(Optional.empty(), false, Optional.empty());
        };
    if (now.isSame(then)) {
      Files.deleteIfExists(patch);
      return Optional.empty();
    }
    now.write(run, submission);
    return Optional.of(
        "warning: run %s recorded %s, and the code now is %s"
            .formatted(run.id(), Sentences.code(then), Sentences.code(now, then)));
  }

  private static SubmissionCode of(
      SourceTree tree, GitState state, Optional<String> commit, boolean dirty, Path patch)
      throws TransportException, IOException {
    if (dirty) {
      tree.writePatch(state, patch);
    }
    return SubmissionCode.of(
        commit, dirty, dirty ? SubmissionCode.difference(patch) : Optional.empty());
  }
}
