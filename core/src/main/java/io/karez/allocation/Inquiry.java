package io.karez.allocation;

import io.karez.scheduler.Allocation;
import io.karez.scheduler.Allocations;
import io.karez.scheduler.AllocationsReply;
import io.karez.scheduler.NativeId;
import io.karez.transport.Command;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Asks the scheduler about allocations. It alone knows which there are: nothing of them is kept.
public record Inquiry(Allocations allocations, Transport transport) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// All of the user's that are waited for, are there, or are being given back.
  ///
  /// @throws TransportException also when the scheduler gives no usable answer
  public List<Allocation> mine() throws TransportException {
    return ask(allocations.list());
  }

  /// Those of these ids that the scheduler still has in mind, ended ones included.
  ///
  /// @param ids at least one
  /// @throws TransportException also when the scheduler gives no usable answer
  public List<Allocation> these(List<NativeId> ids) throws TransportException {
    return ask(allocations.find(ids));
  }

  /// Those of these ids that ended long ago; an accounting that does not answer knows none.
  ///
  /// @param ids at least one
  Set<NativeId> ended(List<NativeId> ids) throws TransportException {
    return allocations.readHistory(transport.run(allocations.history(ids).asking(), LIMIT));
  }

  private List<Allocation> ask(Command question) throws TransportException {
    return switch (allocations.readFound(transport.run(question.asking(), LIMIT))) {
      case AllocationsReply.Silent silent -> throw new TransportException(silent.why());
      case AllocationsReply.Listed listed when !listed.unread().isEmpty() ->
          throw new TransportException(
              "the scheduler's answer has a line that cannot be read: `%s`"
                  .formatted(listed.unread().getFirst()));
      case AllocationsReply.Listed listed -> listed.allocations();
    };
  }
}
