package io.karez.track;

import io.karez.define.Cause;
import io.karez.define.JobState;
import java.util.Optional;

/// How a job stands, and what that rests on.
///
/// @param settled whether nothing more is expected; late evidence may still correct it
/// @param exitCode the program's, when it ended by itself
/// @param signal that ended it; a guess from the status unless {@code evidence} says otherwise
/// @param nativeState the scheduler's own word
/// @param evidence in a few words, without a full stop
public record Verdict(
    JobState state,
    boolean settled,
    Optional<Cause> cause,
    Optional<Integer> exitCode,
    Optional<Integer> signal,
    Optional<String> nativeState,
    String evidence) {

  static Verdict open(JobState state, Optional<String> word, String evidence) {
    return new Verdict(
        state, false, Optional.empty(), Optional.empty(), Optional.empty(), word, evidence);
  }

  /// The same, of which more is expected.
  ///
  /// @param remark added to the evidence
  Verdict unsettled(String remark) {
    return new Verdict(state, false, cause, exitCode, signal, nativeState, evidence + remark);
  }

  static Verdict end(JobState state, Cause cause, String evidence) {
    return new Verdict(
        state,
        true,
        Optional.of(cause),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        evidence);
  }
}
