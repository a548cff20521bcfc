package io.karez.scheduler;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.util.List;

/// One way to ask a scheduler about many jobs at once.
public interface StatusQuery {

  /// @param ids at least one
  Command ask(List<NativeId> ids);

  /// @param asked the ids that {@link #ask} was given
  StatusReply read(List<NativeId> asked, Completed reply);
}
