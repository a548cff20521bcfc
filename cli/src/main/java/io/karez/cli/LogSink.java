package io.karez.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Prints what one job has printed.
///
/// Without a prefix bytes go through as they come. With one, whole lines do, each with the prefix
/// before it, so that the lines of several jobs never mix.
final class LogSink {
  /// A line longer than this is shown in pieces.
  private static final int LONGEST = 1 << 20;

  private final PrintStream out;
  private final byte[] prefix;
  private final boolean escape;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();

  /// @param escape whether control characters are shown as `\xNN`
  LogSink(PrintStream out, String prefix, boolean escape) {
    this.out = out;
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
    this.escape = escape;
  }

  void write(byte[] bytes, int length) {
    if (prefix.length == 0) {
      whole(bytes, length);
    } else {
      lines(bytes, length);
    }
  }

  /// Prints what was held back.
  void end() {
    if (held.size() > 0 && prefix.length > 0) {
      held.write('\n');
    }
    flush();
  }

  private void whole(byte[] bytes, int length) {
    if (!escape) {
      out.write(bytes, 0, length);
      return;
    }
    held.write(bytes, 0, length);
    byte[] all = held.toByteArray();
    int complete = completeCharacters(all);
    held.reset();
    out.print(Printable.of(new String(all, 0, complete, StandardCharsets.UTF_8)));
    held.write(all, complete, all.length - complete);
  }

  private void lines(byte[] bytes, int length) {
    int from = 0;
    for (int at = 0; at < length; at++) {
      if (bytes[at] == '\n') {
        held.write(bytes, from, at + 1 - from);
        flush();
        from = at + 1;
      }
    }
    held.write(bytes, from, length - from);
    if (held.size() > LONGEST) {
      held.write('\n');
      flush();
    }
  }

  private void flush() {
    if (held.size() == 0) {
      return;
    }
    out.write(prefix, 0, prefix.length);
    if (escape) {
      out.print(Printable.of(held.toString(StandardCharsets.UTF_8)));
    } else {
      byte[] line = held.toByteArray();
      out.write(line, 0, line.length);
    }
    held.reset();
  }

  /// How many bytes of the text do not belong to a character whose end is still to come.
  private static int completeCharacters(byte[] text) {
    for (int back = 1; back <= Math.min(3, text.length); back++) {
      int lead = text[text.length - back] & 0xFF;
      if (lead >= 0xC0) {
        int needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        return needed > back ? text.length - back : text.length;
      }
      if (lead < 0x80) {
        break;
      }
    }
    return text.length;
  }
}
