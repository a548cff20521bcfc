package io.karez.scheduler;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.util.List;
import java.util.Optional;

/// Asks which limit keeps a job waiting, when its reason is one: questions that build on what the
/// scheduler says of the job, if that is needed.
public interface LimitQuery {

  /// Empty when nothing has to be known of the job itself.
  Optional<Command> askJob(NativeId id);

  /// @param job the reply to {@link #askJob}, if that was asked
  /// @return none when the reply does not help
  List<Command> ask(Optional<Completed> job);

  /// What was asked against what is allowed, a line each, such as `time: 3-00:00:00 asked,
  /// partition ``debug`` allows 1-00:00:00`; none when the replies do not tell.
  ///
  /// @param asked by the job's directives
  /// @param replies one for each command of {@link #ask}
  List<String> read(Asked asked, Optional<Completed> job, List<Completed> replies);
}
