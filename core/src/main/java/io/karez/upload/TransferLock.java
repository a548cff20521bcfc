package io.karez.upload;

import io.karez.transport.SshClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps two transfers of this machine from going on with the same unfinished files. It ends with
/// the process.
///
/// @param drafts where these files lie
record TransferLock(FileChannel file, FileLock lock, Drafts drafts) implements AutoCloseable {

  /// @param way between which places
  /// @throws UncheckedIOException when another transfer goes the same way
  static TransferLock of(SshClient client, String way) {
    Drafts drafts = Drafts.of(client.host() + "\0" + way);
    Path path = client.directory().resolve(drafts.name().substring(1) + ".lock");
    try {
      FileChannel file =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = lock(file);
      if (lock == null) {
        file.close();
        throw new IOException("another transfer between these places is at work");
      }
      return new TransferLock(file, lock, drafts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
