package io.karez.git;

import io.karez.text.Json;

/// A file that differs from the commit.
///
/// @param path relative to the root of the work tree; bytes that are not UTF-8 are U+FFFD; an
///   untracked repository inside the work tree ends with `/`
public record ChangedFile(String path, Change change) {

  /// How it differs.
  public enum Change {
    ADDED,
    MODIFIED,
    DELETED,
    CONFLICTED,
    UNTRACKED
  }

  /// A repository of its own that is neither a submodule nor ignored: git sees nothing inside it.
  boolean isRepository() {
    return path.endsWith("/");
  }

  /// The path on one line, quoted where a terminal or a reader of lines would stumble.
  String shown() {
    return shown(path);
  }

  static String shown(String path) {
    boolean plain = path.chars().noneMatch(c -> Character.isISOControl(c) || c == '"' || c == '\\');
    return plain ? path : Json.write(path);
  }
}
