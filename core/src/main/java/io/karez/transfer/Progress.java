package io.karez.transfer;

import java.time.Duration;
import java.util.Optional;

/// Hears how far a transfer has come.
@FunctionalInterface
public interface Progress {
  Progress UNHEARD = step -> {};

  /// Called often, on any thread, and never by two at once.
  void at(Step step);

  /// Another transfer goes the same way, and this one waits for its end.
  default void waits() {}

  /// @param files that have been copied
  /// @param allFiles that have to be
  /// @param bytes of them, those that an earlier transfer has left included
  /// @param rate bytes a second over the last seconds; empty before anything can be said
  /// @param remaining until the end, if it goes on like that
  record Step(
      long files,
      long allFiles,
      long bytes,
      long allBytes,
      Optional<Long> rate,
      Optional<Duration> remaining) {}
}
