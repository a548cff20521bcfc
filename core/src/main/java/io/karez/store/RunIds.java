package io.karez.store;

import io.karez.define.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Hands out the numbers of runs. A number is taken with `mkdir`, which only one process in the
/// world can win, and the directory stays, so that a number is never used again.
final class RunIds {
  private RunIds() {}

  /// The lowest number above all that were ever taken in this tree.
  static RunId take(Path results) {
    Path ids = results.resolve(".ids");
    try {
      Files.createDirectories(ids);
      long next = highest(ids) + 1;
      while (true) {
        try {
          Files.createDirectory(ids.resolve(Long.toString(next)));
          return new RunId(next);
        } catch (FileAlreadyExistsException e) {
          next++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take a run's number in `" + ids + "`", e);
    }
  }

  private static long highest(Path ids) throws IOException {
    long highest = 0;
    try (DirectoryStream<Path> taken = Files.newDirectoryStream(ids)) {
      for (Path id : taken) {
        String name = id.getFileName().toString();
        if (name.matches("[1-9][0-9]{0,17}")) {
          highest = Math.max(highest, Long.parseLong(name));
        }
      }
    }
    return highest;
  }
}
