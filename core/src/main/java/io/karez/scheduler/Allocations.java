package io.karez.scheduler;

import io.karez.define.SubmitTemplate.Directive;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How nodes are got from one batch system for a while, used and given back. All functions of their
/// arguments, as those of a {@link Dialect}.
public interface Allocations extends Directives.Spelling {

  /// Why a directive cannot be handed over; empty when it can.
  Optional<String> refusal(Directive directive);

  /// The command that asks for an allocation, and ends when it is there.
  Command get(AllocationRequest request);

  /// The allocation that the command is waiting for, when this line of its standard error says so.
  Optional<NativeId> readWaiting(String line);

  GetReply readGet(Completed reply);

  /// What of the user's is waited for, is there, or is being given back.
  Command list();

  /// The same of these alone, those included that ended not long ago, and those of others.
  ///
  /// @param ids at least one
  Command find(List<NativeId> ids);

  /// Reads the answers to both.
  AllocationsReply readFound(Completed reply);

  /// The question which of these have ended, for those that {@link #find} does not tell of.
  Command history(List<NativeId> ids);

  /// @return those that have ended; none also when there is no answer
  Set<NativeId> readHistory(Completed reply);

  /// A program inside an allocation, with the standard streams of the command.
  ///
  /// @param directives what is asked for it, in the scheduler's own words; none for one process
  ///   that shares the allocation with whatever else runs in it
  /// @param variables the names of the variables that the command would find in its environment;
  ///   none of them may change what is asked for
  Command step(
      NativeId id, List<Directive> directives, List<String> program, Set<String> variables);

  /// How the jobs of a run are spoken of that run inside an allocation.
  Dialect jobs();

  /// The question what one of them has room for.
  Command askRoom(NativeId id);

  /// @return without nodes when the answer does not tell
  Room readRoom(Completed reply);

  /// Gives allocations back, or stops waiting for them; what runs in them is ended.
  ///
  /// @param ids at least one
  Command release(List<NativeId> ids);
}
