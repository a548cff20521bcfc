package io.karez.transport;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// What one script after the other prints on a stream, told apart by marks that nobody else can
/// print: `NONCE begin` before and `NONCE end WORD` after it, each on a line of its own.
///
/// What comes between two frames is a banner, what a login script prints, late words of an earlier
/// program, or what `ssh` has to say.
final class Frames {
  private final InputStream stream;
  private final byte[] mark;
  private final byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private ByteArrayOutputStream between = new ByteArrayOutputStream();
  private volatile boolean over;

  /// @param nonce ASCII, without newline
  Frames(InputStream stream, String nonce) {
    this.stream = stream;
    this.mark = ("\n" + nonce + " ").getBytes(StandardCharsets.US_ASCII);
  }

  /// @param word the one after `end`
  @SuppressWarnings("ArrayRecordComponent")
  record Frame(byte[] bytes, String word) {}

  /// @throws EOFException when the stream ends before the frame does
  Frame next() throws IOException {
    while (true) {
      between = new ByteArrayOutputStream();
      until(between);
      if (line().equals("begin")) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        until(bytes);
        String line = line();
        if (line.startsWith("end ")) {
          return new Frame(bytes.toByteArray(), line.substring("end ".length()));
        }
        throw new IOException("the far side answered out of turn: " + line);
      }
    }
  }

  /// What has come since the last frame, as UTF-8.
  String between() {
    return between.toString(StandardCharsets.UTF_8).strip();
  }

  /// Whether the stream has come to its end.
  boolean isOver() {
    return over;
  }

  /// Reads through the next mark.
  private void until(ByteArrayOutputStream bytes) throws IOException {
    int matched = 0;
    while (true) {
      int next = read();
      if (next == mark[matched]) {
        matched++;
        if (matched == mark.length) {
          return;
        }
        continue;
      }
      // The mark begins with its only newline, so a new match can begin with this byte alone.
      bytes.write(mark, 0, matched);
      matched = next == mark[0] ? 1 : 0;
      if (matched == 0) {
        bytes.write(next);
      }
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int next = read(); next != '\n'; next = read()) {
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private int read() throws IOException {
    if (from == to) {
      from = 0;
      to = stream.read(buffer);
      if (to <= 0) {
        to = 0;
        over = true;
        throw new EOFException();
      }
    }
    return buffer[from++];
  }
}
