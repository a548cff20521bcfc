package io.karez.cli;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The last lines of a file.
final class Tail {
  private static final int BYTES = 1 << 14;

  private Tail() {}

  /// At most so many, and no more than 16 KiB; none when there is no such file. Bytes that are not
  /// UTF-8 become U+FFFD.
  static List<String> of(Path file, int most) {
    // To open a pipe would wait for somebody who writes.
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, NOFOLLOW_LINKS)) {
      long from = Math.max(0, channel.size() - BYTES);
      ByteBuffer bytes = ByteBuffer.allocate(BYTES);
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {}
      List<String> lines =
          new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
              .stripTrailing()
              .lines()
              .toList();
      return lines.subList(Math.max(0, lines.size() - most), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }
}
