package io.karez.store;

import io.karez.define.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What was left of runs whose making was killed: `EXPERIMENT/.run_ID.new`.
public final class Drafts {
  static final Duration OLD = Duration.ofDays(1);

  private static final Pattern NAME = Pattern.compile("\\.run_([1-9][0-9]{0,17})\\.new");

  private Drafts() {}

  /// Where a run is made before it is renamed to its place.
  static Path of(RunDirectory run) {
    return run.path().resolveSibling(".run_" + run.id() + ".new");
  }

  /// Removes those of this tree that are older than a day, of which there is no run and in which
  /// nothing has run.
  ///
  /// @return what was removed
  public static List<Path> remove(RunStore store, Instant now) {
    List<Path> removed = new ArrayList<>();
    for (Path folder : store.folders()) {
      for (Path path : RunStore.children(folder)) {
        if (isLeft(path, now)) {
          TreeDeletion.delete(path);
          removed.add(path);
        }
      }
    }
    return removed;
  }

  private static boolean isLeft(Path path, Instant now) {
    Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
    if (!name.matches() || !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    RunDirectory run =
        new RunDirectory(
            new RunId(Long.parseLong(name.group(1))), path.resolveSibling("run_" + name.group(1)));
    try {
      Instant changed = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
      return !Files.exists(run.path(), LinkOption.NOFOLLOW_LINKS)
          && changed.isBefore(now.minus(OLD))
          && isOurs(new RunDirectory(run.id(), path));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at `" + path + "`", e);
    }
  }

  /// Whether it holds what the making of a run writes first, and nothing that a job has added.
  private static boolean isOurs(RunDirectory draft) throws IOException {
    return Files.isDirectory(draft.submission(1), LinkOption.NOFOLLOW_LINKS)
        && isEmpty(draft.claims())
        && isEmpty(draft.events())
        && isEmpty(draft.scheduler());
  }

  /// Also when it is not there.
  private static boolean isEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      return !entries.iterator().hasNext();
    } catch (NoSuchFileException e) {
      return true;
    }
  }
}
