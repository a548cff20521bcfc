package io.karez.inspect;

import io.karez.scheduler.Asked;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.LimitQuery;
import io.karez.scheduler.NativeId;
import io.karez.track.TrackedJob;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out against which limits jobs have run that wait. Nothing is asked when their reasons are
/// no limits, and no question twice.
public final class Limits {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Dialect dialect;
  private final Map<Integer, Asked> asked;
  private final Transport transport;
  private final Map<Command, Optional<Completed>> replies = new HashMap<>();

  public Limits(RunView run, Transport transport) {
    this.dialect = Dialects.named(run.document().runner());
    this.asked = Uses.asked(run, dialect);
    this.transport = transport;
  }

  /// What was asked against what is allowed, a line each; none when that is not the reason, or
  /// nobody tells.
  public List<String> of(Pending group) {
    TrackedJob job = group.jobs().getFirst();
    Optional<LimitQuery> query = dialect.limit(group.reason());
    return query
        .flatMap(limit -> job.nativeId().map(id -> lines(limit, job, id)))
        .orElse(List.of());
  }

  private List<String> lines(LimitQuery query, TrackedJob job, NativeId id) {
    Optional<Completed> told = query.askJob(id).flatMap(this::ask);
    List<Completed> all = new ArrayList<>();
    for (Command command : query.ask(told)) {
      Optional<Completed> reply = ask(command);
      if (reply.isEmpty()) {
        return List.of();
      }
      all.add(reply.get());
    }
    Asked own = asked.getOrDefault(job.submission(), Asked.NOTHING);
    return all.isEmpty() ? List.of() : query.read(own.or(listed(job)), told, all);
  }

  /// What the queue says of a limit that was left to the site.
  private static Asked listed(TrackedJob job) {
    return new Asked(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        job.facts().timeLimit(),
        Optional.empty());
  }

  private Optional<Completed> ask(Command command) {
    return replies.computeIfAbsent(
        command,
        words -> {
          try {
            return Optional.of(transport.run(words, LIMIT)).filter(Completed::succeeded);
          } catch (TransportException e) {
            return Optional.empty();
          }
        });
  }
}
