package io.karez.scheduler;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.time.Instant;

/// One way to look for a submission by its token.
public interface TokenQuery {

  /// What travels with the jobs, and may still be shown of them.
  ///
  /// @param name of the job
  /// @param script the path of the launch script
  /// @param begun when the submit command was about to be run
  record Sought(String token, String name, String script, Instant begun) {}

  /// What came of looking.
  sealed interface Reply {
    record Found(NativeId id) implements Reply {}

    /// It answered, and does not know it.
    record NotFound() implements Reply {}

    /// It could not be asked, or gave no usable answer.
    record Silent(String why) implements Reply {}
  }

  Command ask(Sought sought);

  Reply read(Sought sought, Completed reply);
}
