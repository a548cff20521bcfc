package io.karez.store;

import io.karez.define.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Hands out the numbers of runs. A number is taken with `mkdir`, which only one process in the
/// world can win, and the directory stays, so that a number is never used again.
final class RunIds {
  private static final String IDS = ".ids";

  private RunIds() {}

  /// The lowest number above all that were ever taken in this tree.
  ///
  /// @param highestRun the highest number among the runs that are there, which counts when the
  ///   numbers that were taken were not copied along with the tree
  /// @param isUsed whether there is a run of this number, as one that was copied into the tree
  static RunId take(Path results, LongSupplier highestRun, Predicate<RunId> isUsed) {
    Path ids = results.resolve(IDS);
    try {
      Files.createDirectories(ids);
      long taken = highest(results);
      long next = (taken == 0 ? highestRun.getAsLong() : taken) + 1;
      while (true) {
        try {
          Files.createDirectory(ids.resolve(Long.toString(next)));
          if (!isUsed.test(new RunId(next))) {
            return new RunId(next);
          }
        } catch (FileAlreadyExistsException e) {
          // Somebody else has taken it.
        }
        next++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take a run's number in `" + ids + "`", e);
    }
  }

  /// Takes one number.
  ///
  /// @return whether nobody had taken it
  static boolean isTaken(Path results, RunId id) {
    Path ids = results.resolve(IDS);
    try {
      Files.createDirectories(ids);
      Files.createDirectory(ids.resolve(id.toString()));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take a run's number in `" + ids + "`", e);
    }
  }

  /// The highest number that was ever taken; 0 when none was.
  static long highest(Path results) {
    long highest = 0;
    try (DirectoryStream<Path> taken = Files.newDirectoryStream(results.resolve(IDS))) {
      for (Path id : taken) {
        highest = Math.max(highest, number(id.getFileName().toString()).orElse(0L));
      }
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the numbers of runs in `" + results + "`", e);
    }
    return highest;
  }

  /// The number that a name spells, without leading zeros; empty when it spells none.
  static Optional<Long> number(String name) {
    if (name.isEmpty() || name.length() > 18 || name.charAt(0) == '0') {
      return Optional.empty();
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return Optional.empty();
      }
    }
    return Optional.of(Long.parseLong(name));
  }
}
