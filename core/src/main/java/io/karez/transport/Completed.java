package io.karez.transport;

import java.nio.charset.StandardCharsets;

/// What a command left behind. Any exit code is a value; only a broken link or an exceeded limit
/// throws.
///
/// @param exitCode 0 to 255; 128 + n when signal n ended it
/// @param stdout the bytes as they came
/// @param stderr the bytes as they came, never mixed with stdout
@SuppressWarnings(
    "ArrayRecordComponent") // compared nowhere; a copy of each reply would buy nothing
public record Completed(int exitCode, byte[] stdout, byte[] stderr) {

  public boolean succeeded() {
    return exitCode == 0;
  }

  /// Standard output as UTF-8; bytes that are not become U+FFFD.
  public String text() {
    return new String(stdout, StandardCharsets.UTF_8);
  }

  /// Standard error as UTF-8; bytes that are not become U+FFFD.
  public String errorText() {
    return new String(stderr, StandardCharsets.UTF_8);
  }
}
