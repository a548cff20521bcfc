package io.karez.launch;

import io.karez.git.GitState;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/// The code that will run.
///
/// @param root of the tree that it is in, absolute
/// @param directory where the programs run in it, or elsewhere, absolute
/// @param commit full; empty outside a repository
/// @param state empty for a clean checkout
/// @param snapshot what it is copied as, where the run is to have a copy of its own
public record Code(
    Path root,
    Path directory,
    Optional<String> commit,
    boolean dirty,
    Optional<GitState> state,
    Optional<Snapshot> snapshot) {

  /// To be copied as it is now.
  ///
  /// @param apart paths below the root that do not belong to it
  public Code snapshot(Predicate<String> apart) {
    return new Code(root, directory, commit, dirty, state, Optional.of(Snapshot.of(root, apart)));
  }

  /// Where the programs run, once the snapshot is made; those of elsewhere run at its top.
  ///
  /// @param results the tree of results of the machine that the run is on
  /// @param otherwise where they run without one
  public Path directory(Path results, Path otherwise) {
    Path inside = directory.startsWith(root) ? root.relativize(directory) : Path.of("");
    return snapshot.map(s -> s.in(results).resolve(inside)).orElse(otherwise);
  }

  /// Whether something differs from the commit.
  boolean differs() {
    return state.isPresent() && dirty;
  }
}
