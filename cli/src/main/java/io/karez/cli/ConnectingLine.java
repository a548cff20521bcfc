package io.karez.cli;

import io.karez.transport.Connecting;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Tells a person who waits for a connection that it is being made.
record ConnectingLine(Console console) implements Connecting {
  @Override
  public Attempts begin(String host) {
    if (!console.errTerminal()) {
      return () -> {};
    }
    AtomicBoolean over = new AtomicBoolean();
    Thread.ofVirtual()
        .start(() -> {
          try {
            Thread.sleep(Duration.ofMillis(Long.getLong("karez.connecting.millis", 2000)));
          } catch (InterruptedException e) {
            return;
          }
          if (!over.get() && !isAsking()) {
            console.err().println("connecting to %s ...".formatted(Printable.onLine(host)));
          }
        });
    return () -> over.set(true);
  }

  /// Whether `ssh`, or what it has started, has a question on the terminal: that line is not ours.
  private static boolean isAsking() {
    return ProcessHandle.current()
        .descendants()
        .anyMatch(process -> hasTerminal(Path.of("/proc", process.pid() + "", "fd")));
  }

  private static boolean hasTerminal(Path open) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(open)) {
      for (Path file : files) {
        if (Files.readSymbolicLink(file).equals(Path.of("/dev/tty"))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      // It has ended.
      return false;
    }
  }
}
