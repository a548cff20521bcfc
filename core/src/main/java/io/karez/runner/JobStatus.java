package io.karez.runner;

import io.karez.define.Cause;
import io.karez.define.JobState;
import io.karez.scheduler.NativeId;
import io.karez.track.TrackedJob;
import io.karez.track.Verdict;
import java.util.Optional;

/// How one job of a run stands.
///
/// @param index from 0
/// @param settled whether nothing more is expected
/// @param cause why it did not succeed, if it has ended so
/// @param exitCode the script's, when it ended by itself
/// @param signal that ended it
/// @param nativeId what its scheduler calls it
/// @param evidence what that rests on, in a few words
public record JobStatus(
    int index,
    JobState state,
    boolean settled,
    Optional<Cause> cause,
    Optional<Integer> exitCode,
    Optional<Integer> signal,
    Optional<String> nativeId,
    String evidence) {

  static JobStatus of(TrackedJob job) {
    Verdict verdict = job.verdict();
    return new JobStatus(
        job.index(),
        verdict.state(),
        verdict.settled(),
        verdict.cause(),
        verdict.exitCode(),
        verdict.signal(),
        job.nativeId().map(NativeId::text),
        verdict.evidence());
  }
}
