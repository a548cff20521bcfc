package io.karez.submit;

import io.karez.scheduler.Dialect;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.util.Optional;

/// What a site lets one submission be.
public final class Limits {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Limits() {}

  /// How many jobs one submission may carry.
  ///
  /// @param pack how many of them one job of the scheduler carries
  public static int jobsOf(Dialect dialect, Transport transport, int pack) {
    return (int) Math.min((long) carriersOf(dialect, transport) * pack, Integer.MAX_VALUE);
  }

  private static int carriersOf(Dialect dialect, Transport transport) {
    Optional<Command> question = dialect.askLimit();
    if (question.isEmpty()) {
      return Integer.MAX_VALUE;
    }
    try {
      return dialect.readLimit(transport.run(question.get(), LIMIT));
    } catch (TransportException e) {
      // The submission will tell what is wrong; until then the scheduler's default holds.
      return dialect.readLimit(new Completed(1, new byte[0], new byte[0]));
    }
  }
}
