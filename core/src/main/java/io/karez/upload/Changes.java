package io.karez.upload;

import io.karez.transfer.Entry;
import io.karez.transfer.Unfit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// Whether files have changed since they were listed.
final class Changes {
  static final String CHANGED = "it changed while it was being copied";

  private Changes() {}

  static boolean isAsListed(Path root, Entry.File file) {
    try {
      BasicFileAttributes now =
          Files.readAttributes(
              root.resolve(file.path()), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return now.isRegularFile()
          && now.size() == file.bytes()
          && Math.floorDiv(now.lastModifiedTime().toMillis(), 1000) == file.seconds();
    } catch (IOException e) {
      return false;
    }
  }

  static Unfit changed(Entry.File file) {
    return new Unfit(file.path(), CHANGED);
  }
}
