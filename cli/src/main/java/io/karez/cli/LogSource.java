package io.karez.cli;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
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

  private final Path run;
  private final Path file;
  private final LogSink sink;
  private long position;
  private @Nullable Object key;

  /// @param run the directory of the run, which the file has to lie in
  LogSource(Path run, Path file, LogSink sink) {
    this.run = run;
    this.file = file;
    this.sink = sink;
  }

  /// Hands on what is new.
  ///
  /// @return whether there was anything
  boolean copy() throws IOException {
    try {
      BasicFileAttributes now =
          Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
      boolean another = key != null && !key.equals(now.fileKey());
      if (another || now.size() < position) {
        // The next attempt writes a new file.
        sink.end();
        position = 0;
      }
      if (!now.fileKey().equals(key)) {
        requireOutput(now);
      }
      key = now.fileKey();
      return now.size() > position && read();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /// A job could have put a link to any file of the reader's there.
  private void requireOutput(BasicFileAttributes found) throws IOException {
    if (!found.isRegularFile() || !file.toRealPath().startsWith(run.toRealPath())) {
      throw new InvalidInputException(
          Problem.of("`%s` is not a plain file of the run".formatted(file))
              .hint("`ls -l '%s'` shows what lies there instead".formatted(file)));
    }
  }

  /// Nothing more will come.
  void end() {
    sink.end();
  }

  private boolean read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
    boolean some = false;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, NOFOLLOW_LINKS)) {
      while (channel.read(bytes.clear(), position) > 0) {
        position += bytes.position();
        sink.write(bytes.array(), bytes.position());
        some = true;
      }
    }
    return some;
  }
}
