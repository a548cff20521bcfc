package io.karez.track;

import io.karez.scheduler.NativeId;
import io.karez.store.JobRecord;
import java.util.Optional;

/// A job as it stands.
///
/// @param index in its run
/// @param attempt the latest that was submitted, from 1
/// @param submission that carried it; 0 when none did
/// @param nativeId the scheduler's name of it
/// @param record what it says of itself, of that attempt
public record TrackedJob(
    int index,
    int attempt,
    int submission,
    Optional<NativeId> nativeId,
    Optional<JobRecord> record,
    Verdict verdict) {}
