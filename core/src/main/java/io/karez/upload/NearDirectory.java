package io.karez.upload;

import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.Entry;
import io.karez.transfer.Permissions;
import io.karez.transfer.Unfit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A directory of this machine that files are copied to.
record NearDirectory(Path root) {

  /// @throws UncheckedIOException when the directory itself cannot be made
  List<Unfit> make(List<Entry.Directory> directories) {
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make `" + root + "`", e);
    }
    return all(
        directories,
        directory -> {
          Path made = root.resolve(directory.path());
          Files.createDirectories(made);
          Files.setPosixFilePermissions(made, Permissions.of(directory.mode() | 0700));
        });
  }

  List<Unfit> link(List<Entry.Link> links) {
    return all(
        links,
        link -> {
          Path draft = root.resolve(link.path()).resolveSibling(DirectoryWalk.UNFINISHED + "-link");
          Files.deleteIfExists(draft);
          Files.createSymbolicLink(draft, Path.of(link.target()));
          Files.move(draft, root.resolve(link.path()), StandardCopyOption.ATOMIC_MOVE);
        });
  }

  List<Unfit> permit(List<Entry.File> files) {
    return all(
        files,
        file ->
            Files.setPosixFilePermissions(root.resolve(file.path()), Permissions.of(file.mode())));
  }

  /// Gives a file that is whole its time, its permissions and its name.
  ///
  /// @param draft where it lies
  /// @return why not, if it did not
  Optional<Unfit> publish(Path draft, Entry.File file) {
    return all(
            List.of(file),
            whole -> {
              Files.setLastModifiedTime(draft, FileTime.fromMillis(file.seconds() * 1000));
              Files.setPosixFilePermissions(draft, Permissions.of(file.mode()));
              Files.move(draft, root.resolve(file.path()), StandardCopyOption.ATOMIC_MOVE);
            })
        .stream()
        .findFirst();
  }

  /// Removes files and links, and directories that are empty then.
  List<Unfit> remove(List<Entry> entries) {
    return all(
        entries.reversed(),
        entry -> {
          try {
            Files.deleteIfExists(root.resolve(entry.path()));
          } catch (DirectoryNotEmptyException e) {
            // something is left in it that was not to go
          }
        });
  }

  /// Removes the directories that unfinished files were in, with what is left in them.
  void tidy(Drafts drafts, List<Entry.File> files) {
    files.stream()
        .map(file -> root.resolve(drafts.of(file)).getParent())
        .distinct()
        .forEach(NearDirectory::discard);
  }

  private static void discard(Path directory) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      // what is left there has no name of anything
    }
  }

  private interface Deed<E> {
    void on(E entry) throws IOException;
  }

  private static <E extends Entry> List<Unfit> all(List<E> entries, Deed<E> deed) {
    List<Unfit> failed = new ArrayList<>();
    for (E entry : entries) {
      try {
        deed.on(entry);
      } catch (IOException e) {
        failed.add(new Unfit(entry.path(), sentence(e)));
      }
    }
    return failed;
  }

  static String sentence(IOException e) {
    String what =
        switch (e) {
          case AccessDeniedException denied -> "permission denied";
          case NoSuchFileException gone -> "no such file";
          case FileSystemException other when other.getReason() != null ->
              String.valueOf(other.getReason());
          default -> String.valueOf(e.getMessage());
        };
    return what.substring(0, 1).toLowerCase(Locale.ROOT) + what.substring(1);
  }

  static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }
}
