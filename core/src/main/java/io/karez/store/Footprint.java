package io.karez.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// What a directory holds, in all its subdirectories; symbolic links count as files.
///
/// @param bytes as the files' sizes say, not what they take on disk
public record Footprint(long files, long bytes) {

  public static Footprint of(Path directory) {
    Visitor visitor = new Visitor();
    try {
      Files.walkFileTree(directory, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look through `" + directory + "`", e);
    }
    return new Footprint(visitor.files, visitor.bytes);
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private long files;
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      files++;
      bytes += attributes.size();
      return FileVisitResult.CONTINUE;
    }
  }
}
