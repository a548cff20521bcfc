package io.karez.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the ignore files of a directory and of those above it say, as git reads `.gitignore`. The
/// last pattern that matches decides, those of a deeper directory after those of a higher one.
///
/// A directory that is ignored is not looked into, so nothing below it can be taken in again.
public final class IgnoreRules {
  /// The name of the file.
  public static final String FILE = ".karezignore";

  /// No rules at all.
  public static final IgnoreRules NONE = new IgnoreRules(List.of(), List.of());

  private final List<Level> levels;
  private final List<IgnorePattern> above;

  /// @param directory its path below the root, with `/` at its end; empty for the root
  private record Level(String directory, List<IgnorePattern> patterns) {}

  private IgnoreRules(List<Level> levels, List<IgnorePattern> above) {
    this.levels = levels;
    this.above = above;
  }

  /// Patterns that have the last word, such as those of the command line.
  public static IgnoreRules excluding(List<String> patterns) {
    return new IgnoreRules(List.of(), patterns(patterns));
  }

  /// @param directory below the root; empty for the root itself
  /// @param text of the ignore file in it
  public IgnoreRules with(String directory, String text) {
    List<IgnorePattern> patterns =
        patterns(List.of((text.startsWith("\ufeff") ? text.substring(1) : text).split("\r?\n")));
    if (patterns.isEmpty()) {
      return this;
    }
    List<Level> all = new ArrayList<>(levels);
    all.add(new Level(directory.isEmpty() ? "" : directory + "/", patterns));
    return new IgnoreRules(List.copyOf(all), above);
  }

  /// Whether a file is left out, if the directory that it lies in is not.
  ///
  /// @param path below the root
  public boolean ignores(String path, boolean isDirectory) {
    Optional<Boolean> said = decision(above, path, isDirectory);
    for (int i = levels.size() - 1; said.isEmpty() && i >= 0; i--) {
      Level level = levels.get(i);
      if (path.startsWith(level.directory())) {
        said = decision(level.patterns(), path.substring(level.directory().length()), isDirectory);
      }
    }
    return said.orElse(false);
  }

  private static Optional<Boolean> decision(
      List<IgnorePattern> patterns, String path, boolean isDirectory) {
    return patterns.reversed().stream()
        .filter(pattern -> pattern.matches(path, isDirectory))
        .findFirst()
        .map(pattern -> !pattern.negative());
  }

  private static List<IgnorePattern> patterns(List<String> lines) {
    return lines.stream().map(IgnorePattern::parse).flatMap(Optional::stream).toList();
  }
}
