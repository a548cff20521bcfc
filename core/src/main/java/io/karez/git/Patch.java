package io.karez.git;

import java.nio.file.Path;
import java.util.List;

/// What was not committed, as a file for `git apply` at the root of a clean checkout.
///
/// @param file readable by its owner alone
/// @param leftOut files that are not committed and not in the patch either; the patch lists them in
///   comments
public record Patch(Path file, List<LeftOut> leftOut) {
  public Patch {
    leftOut = List.copyOf(leftOut);
  }

  /// @param path relative to the root of the work tree
  /// @param why such as `12.0 MB, above 10 MB`
  public record LeftOut(String path, String why) {

    /// On one line.
    @Override
    public String toString() {
      return "%s (%s)".formatted(ChangedFile.shown(path), why);
    }
  }
}
