package io.karez.transport;

import java.time.Duration;

/// Runs commands on one site.
public interface Transport {

  /// Runs a command to its end and keeps what it prints.
  ///
  /// @param limit wall time after which the command is killed
  /// @throws TransportException when it could not be started, the link broke or the limit passed:
  ///   what the command has done by then is unknown
  Completed run(Command command, Duration limit) throws TransportException;

  /// Runs a command with this process's own standard streams, for programs that talk to the user.
  ///
  /// @return its exit code
  int runAttached(Command command) throws TransportException;
}
