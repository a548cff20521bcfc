package io.karez.upload;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.Running;
import io.karez.transport.Starter;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/// A program of this machine that copies.
///
/// @param here starts it
record Tool(Starter here) {
  private static final Duration MEANWHILE = Duration.ofMillis(200);
  private static final Duration LAST = Duration.ofSeconds(5);
  private static final int LINES = 40;

  /// @param said the last lines of its standard error
  record End(int code, String said) {}

  /// Waits until it has ended, and ends it when this thread is interrupted.
  ///
  /// @param printed hears its standard output
  /// @param meanwhile called again and again
  End run(Command command, Consumer<String> printed, Runnable meanwhile)
      throws TransportException, InterruptedException {
    Deque<String> said = new ArrayDeque<>();
    Running running =
        here.follow(
            command,
            printed,
            line -> {
              said.addLast(line);
              if (said.size() > LINES) {
                said.removeFirst();
              }
            });
    try {
      while (true) {
        Optional<Completed> end = running.await(MEANWHILE);
        if (end.isPresent()) {
          return new End(end.get().exitCode(), String.join("\n", said));
        }
        meanwhile.run();
      }
    } finally {
      end(running);
    }
  }

  /// Nothing of it is to be written once the next attempt has begun.
  private static void end(Running running) throws TransportException {
    running.end();
    try {
      running.await(LAST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
