package io.karez.upload;

import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.Entry;
import io.karez.transfer.Unfit;
import java.nio.file.Path;
import java.util.List;

/// Whether files have changed since they were listed.
final class Changes {
  static final String CHANGED = "it changed while it was being copied";

  private Changes() {}

  static boolean isAsListed(Path root, Entry.File file) {
    return DirectoryWalk.at(root, List.of(file.path())).files().stream().anyMatch(file::isLike);
  }

  static Unfit changed(Entry.File file) {
    return new Unfit(file.path(), CHANGED);
  }
}
