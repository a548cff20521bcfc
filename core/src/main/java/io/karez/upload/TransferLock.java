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
import org.jspecify.annotations.Nullable;

/// Keeps two transfers of this machine from going on with the same unfinished files. It ends with
/// the process.
///
/// @param drafts where these files lie
record TransferLock(FileChannel file, FileLock lock, Drafts drafts) implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(200);

  /// Waits while another transfer goes the same way.
  ///
  /// @param way between which places
  static TransferLock of(SshClient client, String way, Progress progress)
      throws InterruptedException {
    Drafts drafts = Drafts.of(client.host() + "\0" + way);
    Path path = client.directory().resolve(drafts.name().substring(1) + ".lock");
    try {
      FileChannel file =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = lock(file);
      if (lock == null) {
        progress.waits();
      }
      while (lock == null) {
        pause(file);
        lock = lock(file);
      }
      return new TransferLock(file, lock, drafts);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use `" + path + "`", e);
    }
  }

  private static void pause(FileChannel file) throws InterruptedException, IOException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      file.close();
      throw e;
    }
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
