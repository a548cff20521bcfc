package io.karez.transport;

import java.time.Duration;
import java.util.List;

/// Attempts to make a connection: one that fails for a reason that may pass is made again after a
/// while, a login that was refused is not.
///
/// @param pauses between them; one attempt more than there are
record SshAttempts(List<Duration> pauses) {
  /// As multiples of a second.
  private static final List<Integer> PAUSES = List.of(1, 4, 10);

  SshAttempts {
    pauses = List.copyOf(pauses);
  }

  static SshAttempts usual() {
    Duration one = Duration.ofMillis(Long.getLong("karez.ssh.pause.millis", 1000));
    return new SshAttempts(PAUSES.stream().map(one::multipliedBy).toList());
  }

  interface Attempt<T> {
    T make() throws TransportException;
  }

  <T> T run(Attempt<T> attempt) throws TransportException {
    for (Duration pause : pauses) {
      try {
        return attempt.make();
      } catch (SshUnreachableException e) {
        if (!e.mayPass()) {
          throw e;
        }
        sleep(pause);
      }
    }
    return attempt.make();
  }

  private static void sleep(Duration pause) throws TransportException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted while waiting for a connection", e);
    }
  }
}
