package io.karez.upload;

import io.karez.transfer.Entry;
import java.util.List;
import java.util.function.ToLongFunction;

/// Follows batches of `sftp`, each of which repeats a command when it begins with it, and says
/// nothing of how far it is.
final class SftpWatch {
  private static final String ECHO = "sftp> -";
  private static final long WORTH_LOOKING = 4 << 20;

  private final Engine.Counter counter;
  private long files;
  private long bytes;

  /// @param counter without these batches
  SftpWatch(Engine.Counter counter) {
    this.counter = counter;
  }

  /// @param files in the order of the commands
  /// @param size of a draft
  Batch over(List<Entry.File> files, ToLongFunction<String> size, Drafts drafts) {
    return new Batch(files, size, drafts);
  }

  private synchronized void add(long moreFiles, long moreBytes) {
    files += moreFiles;
    bytes += moreBytes;
    counter.at(files, bytes);
  }

  /// One of them.
  final class Batch {
    private final List<Entry.File> own;
    private final ToLongFunction<String> size;
    private final Drafts drafts;
    private int at = -1;
    private long seen;

    Batch(List<Entry.File> own, ToLongFunction<String> size, Drafts drafts) {
      this.own = own;
      this.size = size;
      this.drafts = drafts;
    }

    /// @param line that `sftp` has printed
    synchronized void printed(String line) {
      if (line.startsWith(ECHO) && !line.startsWith(ECHO + "cd ")) {
        next();
      }
    }

    /// Looks how much of a large file is there.
    synchronized void look() {
      if (at >= 0 && at < own.size() && own.get(at).bytes() >= WORTH_LOOKING) {
        long there = Math.min(size.applyAsLong(drafts.of(own.get(at))), own.get(at).bytes());
        if (there > seen) {
          add(0, there - seen);
          seen = there;
        }
      }
    }

    synchronized void end() {
      while (at < own.size()) {
        next();
      }
    }

    /// The one before is done with, whatever became of it.
    private void next() {
      if (at >= 0 && at < own.size()) {
        add(1, own.get(at).bytes() - seen);
      }
      at = Math.min(at + 1, own.size());
      seen = 0;
    }
  }
}
