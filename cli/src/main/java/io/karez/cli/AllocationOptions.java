package io.karez.cli;

import io.karez.scheduler.Allocations;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.NativeId;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;

/// Which batch system's allocations are meant.
final class AllocationOptions {
  /// The only one that has them so far.
  static final String DEFAULT = "slurm";

  private String runner = DEFAULT;

  void declare(Options options) {
    options
        .value(
            "--runner -r",
            "R",
            "the scheduler that gives them (default: %s)".formatted(DEFAULT),
            value -> runner = value)
        .flag("--debug", "show stack traces of failures", () -> {});
  }

  String runner() {
    return runner;
  }

  /// @throws InvalidInputException when there is no such scheduler, or it gives none
  Allocations allocations() {
    return of(runner);
  }

  static Allocations of(String runner) {
    return Dialects.named(runner)
        .allocations()
        .orElseThrow(() ->
            new InvalidInputException(
                Problem.of("allocations are not offered by `%s`".formatted(runner))
                    .hint("`--runner %s` offers them".formatted(DEFAULT))));
  }

  /// @throws InvalidInputException when the word names no allocation
  static NativeId id(String word) {
    if (!word.matches("[0-9]{1,18}")) {
      throw new InvalidInputException(
          Problem.of("`%s` is not the number of an allocation".formatted(word))
              .hint("`karez alloc list` shows yours"));
    }
    return new NativeId(word);
  }
}
