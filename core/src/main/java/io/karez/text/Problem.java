package io.karez.text;

import java.util.Optional;

/// Something wrong with the input, said so that its author can mend it.
///
/// @param where the file, line and column it stands at, or the option it came from; empty when the
///   message says it all
/// @param message what is wrong, on what; lower case, no full stop
/// @param hint what to do about it, when there is something better than "correct it"
public record Problem(Optional<Place> where, String message, Optional<String> hint) {

  public static Problem of(String message) {
    return new Problem(Optional.empty(), message, Optional.empty());
  }

  public static Problem at(Place where, String message) {
    return new Problem(Optional.of(where), message, Optional.empty());
  }

  public Problem hint(String text) {
    return new Problem(where, message, Optional.of(text));
  }

  /// One line: `FILE:LINE:COLUMN: message`.
  public String sentence() {
    return where.map(place -> place + ": " + message).orElse(message);
  }
}
