package io.karez.launch;

import io.karez.define.DirtyPolicy;
import io.karez.git.ChangedFile;
import io.karez.git.Checkout;
import io.karez.git.GitState;
import io.karez.git.Patch;
import io.karez.git.SourceTree;
import io.karez.project.Project;
import io.karez.store.RunDirectory;
import io.karez.store.SubmissionCode;
import io.karez.store.TreeDeletion;
import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.IgnoreRules;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The code of a project, as runs record it.
public final class ProjectCode {
  private final Project project;
  private final SourceTree tree;

  /// @param here this machine
  public ProjectCode(Project project, Transport here) throws IOException {
    this.project = project;
    this.tree = new SourceTree(here, project.root(), project.results());
  }

  /// Whether a run begins with a commit.
  public boolean commits() {
    return project.config().dirty() == DirtyPolicy.COMMIT;
  }

  /// As it lies in the project.
  ///
  /// @param directory where the programs run
  /// @param lookOnly no commit is made, and nothing is refused
  /// @param why the message of a commit
  public Code now(Path directory, boolean lookOnly, String why)
      throws TransportException, IOException {
    GitState state = lookOnly ? tree.state() : tree.ready(project.config().dirty(), why);
    return switch (state) {
      case GitState.At at ->
          code(directory, Optional.of(at.commit()), at.dirty(), Optional.of(state));
      case GitState.Unborn unborn -> code(directory, Optional.empty(), true, Optional.of(state));
      case GitState.NoGit(), GitState.NotARepository() ->
          code(directory, Optional.empty(), false, Optional.empty());
    };
  }

  private Code code(
      Path directory, Optional<String> commit, boolean dirty, Optional<GitState> state) {
    return new Code(project.root(), directory, commit, dirty, state, Optional.empty());
  }

  /// A clean checkout of a commit.
  ///
  /// @param directory where the programs would run in the project
  /// @param lookOnly nothing is checked out
  public Code at(String revision, Path directory, boolean lookOnly)
      throws TransportException, IOException {
    String commit = tree.resolve(revision);
    if (lookOnly) {
      return code(directory, Optional.of(commit), false, Optional.empty());
    }
    Checkout checkout = tree.checkout(commit, project.results().resolve(".checkouts"));
    Path inside =
        directory.startsWith(project.root())
            ? checkout.project().resolve(project.root().relativize(directory))
            : checkout.project();
    return new Code(
        checkout.project(), inside, Optional.of(commit), false, Optional.empty(), Optional.empty());
  }

  /// Makes a run from the files that are copied into it.
  @FunctionalInterface
  public interface Maker {
    RunDirectory make(Map<String, Path> copies) throws TransportException, InterruptedException;
  }

  /// Hands what differs from the commit to the making of a run, as a file to be copied into it: a
  /// run that is there has it, and nobody else may read it there.
  ///
  /// @param others further files, by their path in the run
  /// @param leftOut takes each file that had to be left out
  public RunDirectory withDifference(
      Code code, Map<String, Path> others, Consumer<Patch.LeftOut> leftOut, Maker maker)
      throws TransportException, IOException, InterruptedException {
    if (!code.differs()) {
      return maker.make(others);
    }
    Path scratch = Files.createTempDirectory("karez-difference");
    try {
      Patch patch = tree.writePatch(travelling(code), scratch.resolve(SubmissionCode.PATCH));
      Map<String, Path> copies = new LinkedHashMap<>(others);
      copies.put(SubmissionCode.PATCH, patch.file());
      RunDirectory run = maker.make(copies);
      patch.leftOut().forEach(leftOut);
      return run;
    } finally {
      TreeDeletion.delete(scratch);
    }
  }

  /// Without the untracked files that are never to leave this machine: the run goes elsewhere with
  /// what it keeps.
  private GitState travelling(Code code) {
    GitState state = code.state().orElseThrow();
    return switch (state) {
      case GitState.At at ->
          new GitState.At(at.root(), at.commit(), at.branch(), travelling(at.root(), at.changed()));
      case GitState.Unborn unborn ->
          new GitState.Unborn(
              unborn.root(), unborn.branch(), travelling(unborn.root(), unborn.changed()));
      case GitState.NoGit(), GitState.NotARepository() -> state;
    };
  }

  private List<ChangedFile> travelling(Path root, List<ChangedFile> changed) {
    if (changed.stream().noneMatch(file -> file.change() == ChangedFile.Change.UNTRACKED)) {
      return changed;
    }
    Path results = project.results();
    IgnoreRules rules =
        DirectoryWalk.of(
                project.root(),
                List.of(),
                path -> project.root().resolve(path).startsWith(results),
                IgnoreRules.NONE)
            .rules();
    return changed.stream()
        .filter(file ->
            file.change() != ChangedFile.Change.UNTRACKED
                || !isIgnored(root.resolve(file.path()), rules))
        .toList();
  }

  private boolean isIgnored(Path file, IgnoreRules rules) {
    if (!file.startsWith(project.root())) {
      return false;
    }
    Path path = project.root().relativize(file);
    for (int names = 1; names < path.getNameCount(); names++) {
      if (rules.ignores(path.subpath(0, names).toString(), true)) {
        return true;
      }
    }
    return rules.ignores(path.toString(), false);
  }

  /// What differs from the commit, as a run keeps it; empty when nothing does.
  public Optional<String> difference(Code code) throws TransportException, IOException {
    if (!code.differs()) {
      return Optional.empty();
    }
    Path scratch = Files.createTempDirectory("karez-difference");
    try {
      Path patch = scratch.resolve(SubmissionCode.PATCH);
      tree.writePatch(travelling(code), patch);
      return Optional.of(Files.readString(patch, StandardCharsets.ISO_8859_1));
    } finally {
      TreeDeletion.delete(scratch);
    }
  }
}
