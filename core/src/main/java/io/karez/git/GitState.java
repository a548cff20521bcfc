package io.karez.git;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What git says about the code of a project.
public sealed interface GitState {

  /// There is no `git` command.
  record NoGit() implements GitState {}

  /// The project lies in no work tree.
  record NotARepository() implements GitState {}

  /// A repository without a commit.
  ///
  /// @param root the top of the work tree; the project lies there or below
  /// @param branch the name that the first commit will have
  /// @param changed all files that are not ignored, except results
  record Unborn(Path root, String branch, List<ChangedFile> changed) implements GitState {
    public Unborn {
      changed = List.copyOf(changed);
    }
  }

  /// A work tree at a commit.
  ///
  /// @param root the top of the work tree; the project lies there or below
  /// @param commit the full object name
  /// @param branch empty when detached
  /// @param changed the files of the whole repository that differ from the commit: tracked, or
  ///   untracked and not ignored; never results, never what is inside a submodule
  record At(Path root, String commit, Optional<String> branch, List<ChangedFile> changed)
      implements GitState {
    public At {
      changed = List.copyOf(changed);
    }

    public boolean dirty() {
      return !changed.isEmpty();
    }
  }
}
