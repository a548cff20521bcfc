package io.karez.cli;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import io.karez.transport.TransportException;
import java.time.Duration;

/// How large a terminal is.
record TerminalSize(int columns, int rows) {
  /// Asks anew, since windows are resized.
  static TerminalSize now(Console console) {
    try {
      Completed reply =
          new LocalTransport()
              .run(Command.of("/bin/sh", "-c", "stty size </dev/tty"), Duration.ofSeconds(2));
      String[] words = reply.text().strip().split(" ");
      if (reply.succeeded() && words.length == 2) {
        int rows = Integer.parseInt(words[0]);
        int columns = Integer.parseInt(words[1]);
        if (rows > 0 && columns > 0) {
          return new TerminalSize(columns, rows);
        }
      }
    } catch (TransportException | NumberFormatException e) {
      // The size that was seen at the start will do.
    }
    return new TerminalSize(console.columns(), console.rows());
  }
}
