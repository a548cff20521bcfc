package io.karez.upload;

import io.karez.transfer.Progress;
import io.karez.transport.SshClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps two transfers of this machine from going on with the same unfinished files. It ends with
/// the process. All of them lock one file, each another byte of it: a file of their own could not
/// be removed, since somebody might have opened it to lock it next.
///
/// @param drafts where these files lie
record TransferLock(FileLock lock, Drafts drafts) implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(200);

  /// Never closed: with the first that it closes a process loses all its locks of a file
  /// (fcntl(2)).
  private static final Map<Path, FileChannel> FILES = new ConcurrentHashMap<>();

  /// Waits while another transfer goes the same way.
  ///
  /// @param way between which places
  static TransferLock of(SshClient client, String way, Progress progress)
      throws InterruptedException {
    Drafts drafts = Drafts.of(client.host() + "\0" + way);
    Path path = client.directory().resolve("transfers.lock");
    try {
      FileChannel file = FILES.compute(path, TransferLock::open);
      @Nullable FileLock lock = lock(file, drafts.number());
      if (lock == null) {
        progress.waits();
      }
      while (lock == null) {
        Thread.sleep(PAUSE);
        lock = lock(file, drafts.number());
      }
      return new TransferLock(lock, drafts);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use `" + path + "`", e);
    }
  }

  /// @param known may be closed, if its thread was interrupted
  private static FileChannel open(Path path, @Nullable FileChannel known) {
    if (known != null && known.isOpen()) {
      return known;
    }
    try {
      return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use `" + path + "`", e);
    }
  }

  private static @Nullable FileLock lock(FileChannel file, long number) throws IOException {
    try {
      return file.tryLock(number, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
