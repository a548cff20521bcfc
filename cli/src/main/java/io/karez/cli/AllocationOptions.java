package io.karez.cli;

import io.karez.define.Site;
import io.karez.scheduler.Allocations;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.NativeId;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which batch system's allocations are meant.
final class AllocationOptions {
  /// The only one that has them so far.
  static final String DEFAULT = "slurm";

  private final ProjectOptions project = new ProjectOptions();
  private @Nullable String runner;
  private @Nullable String on;
  private @Nullable AllocationPlace place;

  void declare(Options options) {
    project.declare(options);
    options
        .value("--on", "SITE", "there: a site of the configuration", value -> on = value)
        .value(
            "--runner -r",
            "R",
            "the scheduler that gives them (default: the site's, or %s)".formatted(DEFAULT),
            value -> runner = value);
  }

  /// Where the scheduler is.
  AllocationPlace place() {
    if (place == null) {
      place =
          AllocationPlace.of(
              Optional.ofNullable(on)
                  .map(name -> SiteOption.named(name, Place.of("--on"), project)));
    }
    return place;
  }

  String runner() {
    return runner == null ? place().site().flatMap(Site::scheduler).orElse(DEFAULT) : runner;
  }

  /// @throws InvalidInputException when there is no such scheduler, it gives none, or it is not on
  ///   this machine and no site is named
  Allocations allocations() {
    Allocations allocations = of(runner());
    place().requireScheduler(allocations, project);
    return allocations;
  }

  /// As {@link #allocations}, wherever it is.
  Allocations offered() {
    return of(runner());
  }

  /// What to do about an allocation that is not known there.
  String whereElse() {
    return place().whereElse(project);
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
