package io.karez.submit;

import io.karez.scheduler.Asked;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.LimitQuery;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  /// What jobs ask for beyond what they can ever get, a line each; none also when nobody tells.
  public static List<String> beyond(Dialect dialect, Transport transport, Asked asked) {
    Optional<LimitQuery> query = dialect.beforehand(asked);
    if (query.isEmpty()) {
      return List.of();
    }
    List<Completed> replies = new ArrayList<>();
    for (Command command : query.get().ask(Optional.empty())) {
      try {
        replies.add(transport.run(command, LIMIT));
      } catch (TransportException e) {
        return List.of();
      }
    }
    return replies.stream().allMatch(Completed::succeeded)
        ? query.get().read(asked, Optional.empty(), replies)
        : List.of();
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
