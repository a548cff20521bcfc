package io.karez.git;

import io.karez.git.ChangedFile.Change;
import io.karez.git.Patch.LeftOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// Which untracked files go into a patch.
///
/// @param kept paths relative to the root
/// @param leftOut too large, or not to be read
record Untracked(List<String> kept, List<LeftOut> leftOut) {
  private static final long MEGABYTE = 1_000_000;
  private static final long LARGEST = 10 * MEGABYTE;

  /// A directory of data that nobody ignored must not be copied into every run, file by file.
  private static final long ALL_TOGETHER = 100 * MEGABYTE;

  /// Files that vanished meanwhile are in neither list.
  static Untracked among(Path root, List<ChangedFile> changed) {
    List<String> kept = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    long total = 0;
    for (ChangedFile file : changed) {
      if (file.change() != Change.UNTRACKED) {
        continue;
      }
      switch (look(root, file, total)) {
        case Sight.Fits(long bytes) -> {
          kept.add(file.path());
          total += bytes;
        }
        case Sight.Unfit(String why) -> leftOut.add(new LeftOut(file.path(), why));
        case Sight.Gone() -> {}
      }
    }
    return new Untracked(List.copyOf(kept), List.copyOf(leftOut));
  }

  private sealed interface Sight {
    record Fits(long bytes) implements Sight {}

    record Unfit(String why) implements Sight {}

    record Gone() implements Sight {}
  }

  private static Sight look(Path root, ChangedFile file, long before) {
    if (file.isRepository()) {
      return new Sight.Unfit("a repository of its own");
    }
    if (file.path().indexOf('\uFFFD') >= 0) {
      return new Sight.Unfit("its name is not UTF-8");
    }
    try {
      Path place = root.resolve(file.path());
      BasicFileAttributes attributes =
          Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isSymbolicLink() && !Files.isReadable(place)) {
        return new Sight.Unfit("cannot be read");
      }
      return weigh(attributes.size(), before);
    } catch (NoSuchFileException e) {
      return new Sight.Gone();
    } catch (IOException | InvalidPathException e) {
      return new Sight.Unfit("cannot be read");
    }
  }

  private static Sight weigh(long bytes, long before) {
    if (bytes > LARGEST) {
      return new Sight.Unfit("%s MB, above 10 MB".formatted(megabytes(bytes)));
    }
    if (before + bytes > ALL_TOGETHER) {
      return new Sight.Unfit(
          "%s MB, above 100 MB with the files before it".formatted(megabytes(bytes)));
    }
    return new Sight.Fits(bytes);
  }

  /// Rounded up to tenths.
  private static String megabytes(long bytes) {
    long tenths = Math.ceilDiv(bytes * 10, MEGABYTE);
    return tenths / 10 + "." + tenths % 10;
  }
}
