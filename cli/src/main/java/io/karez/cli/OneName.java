package io.karez.cli;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;

/// The one name that a command is about.
final class OneName {
  private final String kind;
  private String value = "";

  /// @param kind of what is named, such as `experiment`
  OneName(String kind) {
    this.kind = kind;
  }

  /// @param verb what is done to it, such as `show`
  void declare(Options options, String verb) {
    options.synopsis("karez %s %s [OPTIONS] NAME".formatted(kind, verb));
    options.words(
        "NAME",
        "1",
        "the " + kind,
        words -> {
          if (words.size() > 1) {
            throw new InvalidInputException(
                Problem.of(
                    "one %s is expected, not %d: `%s`"
                        .formatted(kind, words.size(), String.join("`, `", words))));
          }
          value = words.getFirst();
        });
  }

  String value() {
    return value;
  }
}
