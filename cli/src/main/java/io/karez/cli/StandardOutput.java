package io.karez.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.Optional;

/// Standard output, which remembers what a `PrintStream` would swallow.
final class StandardOutput extends FilterOutputStream {
  private volatile String failure = "";

  StandardOutput() {
    super(new FileOutputStream(FileDescriptor.out));
  }

  /// Why something could not be written; empty when nothing was lost, or when the reader had enough
  /// (`karez status | head`).
  Optional<String> failure() {
    return failure.isEmpty() || failure.contains("Broken pipe")
        ? Optional.empty()
        : Optional.of(failure);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
      throw e;
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }
}
