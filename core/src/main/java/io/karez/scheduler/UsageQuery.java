package io.karez.scheduler;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.util.List;
import java.util.Map;

/// Asks an accounting what jobs have used. That may be slow: ask about few.
public interface UsageQuery {

  /// @param ids at least one
  Command ask(List<NativeId> ids);

  /// @param asked the ids that {@link #ask} was given
  /// @return of each job that it knows; empty when it gave no usable answer
  Map<NativeId, Usage> read(List<NativeId> asked, Completed reply);
}
