package io.karez.site;

import io.karez.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Where files from a site are put into the copy of a run: never through a link, which a download
/// may have brought from there.
final class Within {
  private Within() {}

  /// The place of a file; the directories that it lies in are there then.
  ///
  /// @param name relative to the run's directory, without `..`
  /// @throws IOException when something other than a directory stands on the way
  static Path place(RunDirectory copy, String name) throws IOException {
    Path directory = copy.path();
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      directory = copy.path().resolve(name.substring(0, slash));
      if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(directory);
      } else if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("`" + directory + "` is no directory of the run");
      }
    }
    return copy.path().resolve(name);
  }
}
