package io.karez.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A file that a program may still be writing. It is opened only when there is more of it, so that
/// thousands can be followed.
final class LogSource {
  private static final int CHUNK = 1 << 16;

  private final Path file;
  private final LogSink sink;
  private long position;
  private @Nullable Object key;

  LogSource(Path file, LogSink sink) {
    this.file = file;
    this.sink = sink;
  }

  /// Hands on what is new.
  ///
  /// @return whether there was anything
  boolean copy() throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      boolean another = key != null && !key.equals(now.fileKey());
      if (another || now.size() < position) {
        // The next attempt writes a new file.
        sink.end();
        position = 0;
      }
      key = now.fileKey();
      return now.size() > position && read();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /// Nothing more will come.
  void end() {
    sink.end();
  }

  private boolean read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
    boolean some = false;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(bytes.clear(), position) > 0) {
        position += bytes.position();
        sink.write(bytes.array(), bytes.position());
        some = true;
      }
    }
    return some;
  }
}
