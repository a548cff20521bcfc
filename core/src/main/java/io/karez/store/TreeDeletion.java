package io.karez.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Deletes a directory with all that is in it; symbolic links are removed, never followed.
public final class TreeDeletion {
  private TreeDeletion() {}

  /// @throws UncheckedIOException when something could not be deleted; the rest of the tree stays
  public static void delete(Path directory) {
    try {
      if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        Files.walkFileTree(directory, new Visitor());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete `" + directory + "`", e);
    }
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
