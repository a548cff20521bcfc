package io.karez.transport;

import java.time.Duration;
import java.util.Optional;

/// A command at work.
public interface Running {

  /// Waits for its end.
  ///
  /// @return empty when it has not ended by then
  Optional<Completed> await(Duration time) throws TransportException, InterruptedException;

  /// Asks it to end (TERM).
  void end();
}
