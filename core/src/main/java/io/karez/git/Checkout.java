package io.karez.git;

import java.nio.file.Path;
import java.util.List;

/// A clean checkout of one commit.
///
/// @param root the top of its work tree
/// @param project the project in it: where a program of a registered experiment runs
/// @param commit the full object name
/// @param submodules paths relative to the root; their directories are empty, for nothing is
///   fetched
public record Checkout(Path root, Path project, String commit, List<String> submodules) {
  public Checkout {
    submodules = List.copyOf(submodules);
  }
}
