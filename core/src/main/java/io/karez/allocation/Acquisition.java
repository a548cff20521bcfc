package io.karez.allocation;

import io.karez.scheduler.Allocation;
import io.karez.scheduler.AllocationRequest;
import io.karez.scheduler.Allocations;
import io.karez.scheduler.GetReply;
import io.karez.scheduler.NativeId;
import io.karez.transport.Completed;
import io.karez.transport.Running;
import io.karez.transport.Starter;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gets an allocation, or leaves none behind.
///
/// What is asked for carries a token, so that it can be found again whatever becomes of the command
/// that asks; nothing has to be written down, because it counts only while the scheduler lists it.
public final class Acquisition {
  /// How long the command may take to withdraw its request.
  private static final Duration WITHDRAWAL = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofMillis(100);

  private final Allocations allocations;
  private final Starter starter;
  private final Inquiry inquiry;

  public Acquisition(Allocations allocations, Transport transport, Starter starter) {
    this.allocations = allocations;
    this.starter = starter;
    this.inquiry = new Inquiry(allocations, transport);
  }

  /// Whoever waits for it.
  public interface Patience {
    /// @param id is waited for
    void waits(NativeId id);

    /// Whether enough was waited.
    boolean isOver();
  }

  /// What came of it.
  public sealed interface Outcome {
    record Granted(NativeId id) implements Outcome {}

    /// @param text what the scheduler said
    /// @param rest what became of the request
    record Failed(String text, Rest rest) implements Outcome {}

    /// The patience was over.
    record Withdrawn(Rest rest) implements Outcome {}
  }

  /// What became of a request that led to nothing.
  public sealed interface Rest {
    /// The scheduler has nothing of it.
    record Nothing() implements Rest {}

    /// It was still there, and was given back.
    record Released(NativeId id) implements Rest {}

    /// @param id when it is known
    /// @param why it may still be there
    record Doubtful(Optional<NativeId> id, String why) implements Rest {}
  }

  /// 64 random bits.
  public static String token() {
    byte[] bits = new byte[8];
    new SecureRandom().nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  /// @throws TransportException when the command cannot be started: then nothing was asked for
  public Outcome get(AllocationRequest request, Patience patience)
      throws TransportException, InterruptedException {
    Running command =
        starter.start(
            allocations.get(request),
            line -> allocations.readWaiting(line).ifPresent(patience::waits));
    Optional<Completed> reply = Optional.empty();
    while (reply.isEmpty() && !patience.isOver()) {
      reply = command.await(LOOK);
    }
    if (reply.isEmpty()) {
      command.end();
      boolean ended = command.await(WITHDRAWAL).isPresent();
      Rest rest = withdraw(request.token());
      return new Outcome.Withdrawn(
          rest instanceof Rest.Nothing && !ended
              ? new Rest.Doubtful(Optional.empty(), "the command that asks has not ended")
              : rest);
    }
    return switch (allocations.readGet(reply.get())) {
      case GetReply.Granted granted -> granted(granted.id(), request.token());
      case GetReply.Failed failed -> new Outcome.Failed(failed.text(), withdraw(request.token()));
    };
  }

  /// The command can be told to say nothing, or a site's own may say something else.
  private Outcome granted(Optional<NativeId> said, String token) {
    if (said.isPresent()) {
      return new Outcome.Granted(said.get());
    }
    String mute = "it did not say which allocation it has given";
    try {
      return find(token)
          .<Outcome>map(found -> new Outcome.Granted(found.id()))
          .orElseGet(() -> new Outcome.Failed(mute, new Rest.Nothing()));
    } catch (TransportException e) {
      return new Outcome.Failed(
          mute, new Rest.Doubtful(Optional.empty(), String.valueOf(e.getMessage())));
    }
  }

  private Optional<Allocation> find(String token) throws TransportException {
    return inquiry.mine().stream()
        .filter(Allocation::isLive)
        .filter(allocation -> allocation.token().equals(Optional.of(token)))
        .findFirst();
  }

  /// A command that failed or was ended may have left its request behind.
  private Rest withdraw(String token) throws InterruptedException {
    Optional<NativeId> id = Optional.empty();
    try {
      id = find(token).map(Allocation::id);
      if (id.isEmpty()) {
        return new Rest.Nothing();
      }
      Map<NativeId, Release.Outcome> outcome = new Release(inquiry).release(List.of(id.get()));
      return outcome.get(id.get()) instanceof Release.Outcome.Refused refused
          ? new Rest.Doubtful(id, refused.text())
          : new Rest.Released(id.get());
    } catch (TransportException e) {
      return new Rest.Doubtful(id, String.valueOf(e.getMessage()));
    }
  }
}
