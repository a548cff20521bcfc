package io.karez.template;

import io.karez.text.Place;
import io.karez.text.Problem;
import java.util.Optional;

/// What stands in the way of reading or filling a template. Caught in this package, where it
/// becomes one of several problems.
@SuppressWarnings("serial")
final class Failure extends RuntimeException {
  private final transient Optional<Place> at;
  private final transient Optional<String> hint;

  private Failure(Optional<Place> at, String message, Optional<String> hint) {
    super(message, null, false, false);
    this.at = at;
    this.hint = hint;
  }

  /// At the place that whoever catches it knows.
  static Failure of(String message) {
    return new Failure(Optional.empty(), message, Optional.empty());
  }

  static Failure at(Place at, String message) {
    return new Failure(Optional.of(at), message, Optional.empty());
  }

  Failure hint(String text) {
    return new Failure(at, String.valueOf(getMessage()), Optional.of(text));
  }

  Problem problem(Place otherwise) {
    return new Problem(Optional.of(at.orElse(otherwise)), String.valueOf(getMessage()), hint);
  }
}
