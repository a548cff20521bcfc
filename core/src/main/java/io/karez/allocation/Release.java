package io.karez.allocation;

import io.karez.scheduler.Allocation;
import io.karez.scheduler.NativeId;
import io.karez.transport.Completed;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Gives allocations back. To do it twice does no harm.
public record Release(Inquiry inquiry) {
  /// How long the scheduler is given to do what it was asked for.
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(200);

  /// What came of one of them.
  public sealed interface Outcome {
    /// It is given back, or no longer waited for.
    record Released(Allocation before) implements Outcome {}

    /// It had been before.
    record Ended() implements Outcome {}

    /// The scheduler does not know it, or not any more.
    record Unknown() implements Outcome {}

    /// It is a job with a script of its own, which is left alone.
    record NotOne() implements Outcome {}

    /// @param text what the scheduler said
    record Refused(String text) implements Outcome {}
  }

  /// @param ids at least one
  /// @return what came of each, in their order
  /// @throws TransportException also when the scheduler does not tell how they stand; none is given
  ///   back before it has
  public Map<NativeId, Outcome> release(List<NativeId> ids)
      throws TransportException, InterruptedException {
    Map<NativeId, Allocation> known = known(ids);
    List<NativeId> strange = ids.stream().filter(id -> !known.containsKey(id)).toList();
    Set<NativeId> ended = strange.isEmpty() ? Set.of() : inquiry.ended(strange);
    List<Allocation> live =
        known.values().stream().filter(a -> a.isLive() && !a.isBatch()).toList();
    Map<NativeId, String> refused = live.isEmpty() ? Map.of() : end(live);
    Map<NativeId, Outcome> outcomes = new LinkedHashMap<>();
    for (NativeId id : ids) {
      Allocation allocation = known.get(id);
      if (allocation == null) {
        outcomes.put(id, ended.contains(id) ? new Outcome.Ended() : new Outcome.Unknown());
      } else if (allocation.isBatch()) {
        outcomes.put(id, new Outcome.NotOne());
      } else if (!allocation.isLive()) {
        outcomes.put(id, new Outcome.Ended());
      } else {
        String why = refused.get(id);
        outcomes.put(id, why == null ? new Outcome.Released(allocation) : new Outcome.Refused(why));
      }
    }
    return outcomes;
  }

  /// Waits until the scheduler shows that they are given back.
  ///
  /// @return why some are not
  private Map<NativeId, String> end(List<Allocation> live)
      throws TransportException, InterruptedException {
    List<NativeId> open = new ArrayList<>(live.stream().map(Allocation::id).toList());
    Completed reply =
        inquiry
            .transport()
            // To do it twice does no harm.
            .run(inquiry.allocations().release(List.copyOf(open)).asking(), LIMIT);
    String said = (reply.text() + reply.errorText()).strip();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Map<NativeId, Allocation> now = known(open);
      open.removeIf(id -> now.get(id) == null || !now.get(id).isLive());
      // What it has refused it will not do later.
      if (open.isEmpty() || !reply.succeeded() || System.nanoTime() > end) {
        String why = said.isEmpty() ? "it was asked, and has not done it yet" : said;
        return open.stream().collect(Collectors.toMap(id -> id, id -> why));
      }
      Thread.sleep(PAUSE);
    }
  }

  private Map<NativeId, Allocation> known(List<NativeId> ids) throws TransportException {
    return inquiry.these(ids).stream()
        .filter(allocation -> ids.contains(allocation.id()))
        .collect(Collectors.toMap(Allocation::id, Function.identity(), (one, same) -> one));
  }
}
