package io.karez.cli;

import io.karez.transport.Connecting;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Tells a person who waits for a connection that it is being made.
record ConnectingLine(Console console) implements Connecting {
  @Override
  public Attempts begin(String host) {
    if (!console.errTerminal()) {
      return () -> {};
    }
    Wait wait = new Wait(console, host);
    Thread.ofVirtual()
        .start(() -> {
          try {
            Thread.sleep(Duration.ofMillis(Long.getLong("karez.connecting.millis", 2000)));
          } catch (InterruptedException e) {
            return;
          }
          wait.tell(ConnectingLine::isAsking);
        });
    return wait;
  }

  /// What is said of it is said while it goes on, or not at all.
  static final class Wait implements Attempts {
    private final Console console;
    private final String host;
    private boolean over;

    Wait(Console console, String host) {
      this.console = console;
      this.host = host;
    }

    /// @param asking whether somebody else has a question on the terminal; it may take long to tell
    void tell(BooleanSupplier asking) {
      if (isOver() || asking.getAsBoolean()) {
        return;
      }
      synchronized (this) {
        if (!over) {
          console.err().println("connecting to %s ...".formatted(Printable.onLine(host)));
        }
      }
    }

    private synchronized boolean isOver() {
      return over;
    }

    @Override
    public synchronized void close() {
      over = true;
    }
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
