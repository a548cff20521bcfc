package io.karez.transport;

import java.util.function.Consumer;

/// Starts commands of one site whose end may be far, and that somebody may want to end before.
public interface Starter {

  /// Starts a command that has nothing to read.
  ///
  /// @param said takes each line of its standard error as it comes, on a thread of its own
  Running start(Command command, Consumer<String> said) throws TransportException;

  /// Starts a command that has nothing to read, and hears what it prints; none of that is kept.
  ///
  /// @param printed takes each line of its standard output as it comes, on a thread of its own; a
  ///   carriage return ends a line too
  /// @param said takes those of its standard error, on another thread
  Running follow(Command command, Consumer<String> printed, Consumer<String> said)
      throws TransportException;

  /// Starts a command with this process's own standard streams; none of what it prints is kept.
  Running attach(Command command) throws TransportException;
}
