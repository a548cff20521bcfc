package io.karez.define;

import java.util.Optional;

/// One thing that was looked at, and what came of it.
///
/// @param about in a word or two: `git`, `clock`
/// @param said lower case, no full stop
/// @param hint what to do about it, or what it means
public record Finding(Grade grade, String about, String said, Optional<String> hint) {

  /// How bad it is.
  public enum Grade {
    OK,
    /// Good to know.
    NOTE,
    /// Something works less well, or will not some day.
    WARNING,
    /// Something does not work.
    ERROR
  }

  public static Finding ok(String about, String said) {
    return new Finding(Grade.OK, about, said, Optional.empty());
  }

  public static Finding note(String about, String said, String hint) {
    return new Finding(Grade.NOTE, about, said, Optional.of(hint));
  }

  public static Finding warning(String about, String said, String hint) {
    return new Finding(Grade.WARNING, about, said, Optional.of(hint));
  }

  public static Finding error(String about, String said, String hint) {
    return new Finding(Grade.ERROR, about, said, Optional.of(hint));
  }
}
