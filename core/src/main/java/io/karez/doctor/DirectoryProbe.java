package io.karez.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What was measured of a directory by working in it as runs do.
///
/// @param directory that was looked at
/// @param type of its file system, as the kernel calls it
/// @param free bytes that this user may still write
/// @param total bytes
/// @param trouble why nothing could be written
/// @param each the median time of making a file, renaming it, and making a directory
/// @param skew how much later the file system's clock is than this machine's; negative when earlier
record DirectoryProbe(
    Path directory,
    String type,
    long free,
    long total,
    Optional<String> trouble,
    Duration each,
    Duration skew) {
  private static final int ROUNDS = 20;

  /// All that is made is removed again.
  ///
  /// @throws IOException when the directory cannot be looked at
  static DirectoryProbe of(Path directory, InstantSource clock) throws IOException {
    FileStore store = Files.getFileStore(directory);
    try {
      List<Path> made = new ArrayList<>();
      Path place = Files.createTempDirectory(directory, ".karez-doctor");
      made.add(place);
      try {
        return measured(directory, store, place, made, clock);
      } finally {
        for (Path path : made.reversed()) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException e) {
      return new DirectoryProbe(
          directory,
          store.type(),
          store.getUsableSpace(),
          store.getTotalSpace(),
          Optional.of(why(e)),
          Duration.ZERO,
          Duration.ZERO);
    }
  }

  private static DirectoryProbe measured(
      Path directory, FileStore store, Path place, List<Path> made, InstantSource clock)
      throws IOException {
    List<Duration> times = new ArrayList<>();
    Duration skew = Duration.ZERO;
    for (int round = 0; round < ROUNDS; round++) {
      Path draft = place.resolve("file.new");
      Path file = place.resolve("file." + round);
      made.add(draft);
      made.add(file);
      made.add(place.resolve("directory." + round));
      Instant before = clock.instant();
      long start = System.nanoTime();
      Files.writeString(draft, "karez\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      Files.createDirectory(place.resolve("directory." + round));
      times.add(Duration.ofNanos(System.nanoTime() - start));
      skew = skew(before, Files.getLastModifiedTime(file).toInstant(), clock.instant());
    }
    Collections.sort(times);
    return new DirectoryProbe(
        directory,
        store.type(),
        store.getUsableSpace(),
        store.getTotalSpace(),
        Optional.empty(),
        times.get(ROUNDS / 2),
        skew);
  }

  /// None while the file's time lies between those around it.
  private static Duration skew(Instant before, Instant file, Instant after) {
    if (file.isBefore(before)) {
      return Duration.between(before, file);
    }
    return file.isAfter(after) ? Duration.between(after, file) : Duration.ZERO;
  }

  /// Java leaves out what the system said when it has a type for it.
  private static String why(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage());
  }
}
