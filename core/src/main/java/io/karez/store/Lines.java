package io.karez.store;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// The lines of a file that another process may be writing.
final class Lines {
  private Lines() {}

  /// The text of a file; bytes that are not UTF-8 spoil no more than their own line.
  static String text(Path file) throws IOException {
    return text(file, StandardCharsets.UTF_8);
  }

  /// The text of a file; none when it is no plain file, as a pipe, which to open would wait for
  /// somebody who writes.
  static String text(Path file, Charset charset) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()
        ? new String(Files.readAllBytes(file), charset)
        : "";
  }

  /// All lines that end in a newline; what stands after the last newline is not there yet.
  static List<String> complete(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      lines.add(text.substring(from, end));
      from = end + 1;
    }
    return lines;
  }
}
