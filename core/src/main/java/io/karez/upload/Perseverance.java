package io.karez.upload;

import io.karez.transport.SshUnreachableException;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.util.List;

/// Tries again when a connection has broken, as long as that leads anywhere.
///
/// @param pauses before each further attempt; they begin anew whenever something has arrived
record Perseverance(List<Duration> pauses) {
  static final Perseverance USUAL =
      new Perseverance(
          List.of(
              Duration.ofSeconds(1),
              Duration.ofSeconds(4),
              Duration.ofSeconds(10),
              Duration.ofSeconds(30)));

  Perseverance {
    pauses = List.copyOf(pauses);
  }

  /// Looks what is there, and does what is left.
  interface Attempt<R> {

    /// @param interruptions how many attempts there were before
    /// @throws TransportException when the connection broke
    R run(int interruptions) throws TransportException, InterruptedException;

    /// How much has arrived, as the last attempt saw it; it never falls.
    long arrived();
  }

  /// @throws SshUnreachableException when there is no connection any more
  /// @throws TransportException when it breaks each time before anything has arrived
  <R> R run(Attempt<R> attempt) throws TransportException, InterruptedException {
    int vain = 0;
    long arrived = -1;
    for (int interruptions = 0; ; interruptions++) {
      try {
        return attempt.run(interruptions);
      } catch (SshUnreachableException e) {
        throw e;
      } catch (TransportException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        vain = attempt.arrived() > arrived ? 0 : vain + 1;
        arrived = attempt.arrived();
        if (vain >= pauses.size()) {
          throw e;
        }
        Thread.sleep(pauses.get(vain));
      }
    }
  }
}
