package io.karez.cli;

import java.nio.file.Path;
import java.util.Optional;

/// Where this user's caches lie.
final class Caches {
  private Caches() {}

  /// `$XDG_CACHE_HOME/karez`, or `~/.cache/karez`.
  static Path directory() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(path -> path.startsWith("/"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("karez");
  }
}
