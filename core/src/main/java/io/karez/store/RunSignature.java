package io.karez.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Tells whether the files that a run's summary was made from are still the same.
public final class RunSignature {
  private RunSignature() {}

  /// Names, inodes, sizes and times of the run's document and events; another text after any change
  /// of them, and one that equals no other when they cannot be looked at.
  public static String of(RunDirectory run) {
    List<String> parts = new ArrayList<>();
    try (DirectoryStream<Path> events = Files.newDirectoryStream(run.events())) {
      for (Path file : events) {
        parts.add(file.getFileName() + attributes(file));
      }
      Collections.sort(parts);
      return attributes(run.document()) + String.join("", parts);
    } catch (IOException e) {
      return "unknown " + System.nanoTime();
    }
  }

  private static String attributes(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    return " "
        + found.fileKey()
        + " "
        + found.size()
        + " "
        + found.lastModifiedTime().toMillis()
        + ";";
  }
}
