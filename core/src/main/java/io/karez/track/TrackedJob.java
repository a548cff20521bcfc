package io.karez.track;

import io.karez.define.JobFacts;
import io.karez.scheduler.NativeId;
import io.karez.scheduler.Sighting;
import io.karez.store.JobRecord;
import java.util.Optional;

/// A job as it stands.
///
/// @param index in its run
/// @param attempt the latest that was submitted, from 1
/// @param submission that carried it; 0 when none did
/// @param nativeId the scheduler's name of it
/// @param record what it says of itself, of that attempt
/// @param sighting what the scheduler said when it was asked about this job
public record TrackedJob(
    int index,
    int attempt,
    int submission,
    Optional<NativeId> nativeId,
    Optional<JobRecord> record,
    Optional<Sighting> sighting,
    Verdict verdict) {

  /// What the scheduler says of it besides its state; nothing when it was not asked or does not
  /// know the job.
  public JobFacts facts() {
    return sighting.isPresent() && sighting.get() instanceof Sighting.Listed listed
        ? listed.facts()
        : JobFacts.NONE;
  }
}
