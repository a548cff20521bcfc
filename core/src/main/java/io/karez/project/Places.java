package io.karez.project;

import java.nio.file.Path;

/// Places as the user can open them from where they are.
public final class Places {
  private Places() {}

  /// Relative to the current directory when it lies below, else absolute.
  public static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) && !path.equals(here)
        ? here.relativize(path).toString()
        : path.toString();
  }
}
