package io.karez.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Looks for programs as a shell does.
final class Programs {
  private Programs() {}

  /// @param directory what a relative path starts from
  static boolean isThere(String name, Path directory) {
    try {
      return name.contains("/")
          ? isProgram(directory.resolve(name))
          : !name.isEmpty()
              && Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1))
                  .anyMatch(place -> isProgram(directory.resolve(place).resolve(name)));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isProgram(Path file) {
    return Files.isExecutable(file) && !Files.isDirectory(file);
  }
}
