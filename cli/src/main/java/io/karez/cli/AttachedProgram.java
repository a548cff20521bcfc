package io.karez.cli;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.Running;
import io.karez.transport.Starter;
import java.time.Duration;
import java.util.Optional;

/// A program with the streams of this process.
record AttachedProgram(Command command) {
  private static final Duration LOOK = Duration.ofMillis(100);

  /// Ends it at the user's wish, which reaches the command by itself only where it comes from a
  /// terminal.
  ///
  /// @return the exit code
  int run(Console console, Starter starter) throws Exception {
    console.out().flush();
    Interrupts interrupts = new Interrupts();
    Running running = starter.attach(command);
    Optional<Completed> end = Optional.empty();
    while (end.isEmpty() && !interrupts.came()) {
      end = running.await(LOOK);
    }
    if (end.isEmpty()) {
      running.end();
    }
    while (end.isEmpty()) {
      end = running.await(LOOK);
    }
    return interrupts.exitCode().orElse(end.get().exitCode());
  }
}
