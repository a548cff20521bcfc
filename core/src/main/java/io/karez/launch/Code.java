package io.karez.launch;

import io.karez.git.GitState;
import java.nio.file.Path;
import java.util.Optional;

/// The code that will run.
///
/// @param directory where the programs run, absolute
/// @param commit full; empty outside a repository
/// @param state empty for a clean checkout
public record Code(
    Path directory, Optional<String> commit, boolean dirty, Optional<GitState> state) {

  /// Whether something differs from the commit.
  boolean differs() {
    return state.isPresent() && dirty;
  }
}
