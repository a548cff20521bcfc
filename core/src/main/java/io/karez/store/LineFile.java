package io.karez.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// A file that one host adds lines to. Processes of that host take turns with a lock.
public record LineFile(Path path) {
  /// A process holds a file's lock as a whole, and loses it when any of its threads closes the file
  /// (fcntl(2)), so no thread reads while another appends.
  private static final ReentrantReadWriteLock THREADS = new ReentrantReadWriteLock();

  /// Adds a line, whole or not at all.
  ///
  /// @param line without its newline
  /// @param flushed whether it is on disk when this returns
  /// @throws UncheckedIOException when it could not be written
  public void append(String line, boolean flushed) {
    THREADS.writeLock().lock();
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Optional<FileLock> lock = lock(channel);
      long end = channel.size();
      // What a writer that was killed has left of its line must not become the beginning of ours.
      String text = (end > 0 && !endsInNewline(channel, end) ? "\n" : "") + line + "\n";
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes, end + bytes.position());
        }
        if (flushed) {
          channel.force(false);
        }
      } catch (IOException e) {
        channel.truncate(end);
        throw e;
      } finally {
        if (lock.isPresent()) {
          lock.get().release();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write `" + path + "`", e);
    } finally {
      THREADS.writeLock().unlock();
    }
  }

  /// All lines; a last one without newline is not there yet.
  public List<String> read() throws IOException {
    THREADS.readLock().lock();
    try {
      return Lines.complete(Lines.text(path));
    } finally {
      THREADS.readLock().unlock();
    }
  }

  /// Without a lock where the file system has none.
  private static Optional<FileLock> lock(FileChannel channel) throws IOException {
    try {
      return Optional.of(channel.lock());
    } catch (IOException e) {
      // fcntl(2): ENOLCK or EOPNOTSUPP; Java has no type for them
      if (String.valueOf(e.getMessage()).matches(".*(No locks available|not supported).*")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean endsInNewline(FileChannel channel, long end) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return channel.read(last, end - 1) == 1 && last.get(0) == '\n';
  }
}
