package io.karez.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs commands on one site.
public interface Transport {

  /// Runs a command to its end and keeps what it prints.
  ///
  /// @param limit wall time after which the command is killed
  /// @throws TransportException when it could not be started, the link broke or the limit passed:
  ///   what the command has done by then is unknown
  Completed run(Command command, Duration limit) throws TransportException;

  /// Runs commands one after the other, whatever becomes of those before, for the price of one
  /// where the way is long.
  ///
  /// @param limit wall time of all of them
  /// @throws TransportException as for one of them; what the others have done is unknown as well
  default List<Completed> runAll(List<Command> commands, Duration limit) throws TransportException {
    List<Completed> all = new ArrayList<>();
    for (Command command : commands) {
      all.add(run(command, limit));
    }
    return all;
  }

  /// Whether commands can be run at once, so far as one short attempt tells.
  default boolean isAtHand() {
    return true;
  }

  /// Runs a command with this process's own standard streams, for programs that talk to the user.
  ///
  /// @return its exit code
  int runAttached(Command command) throws TransportException;
}
