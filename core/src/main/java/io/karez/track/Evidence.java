package io.karez.track;

import io.karez.scheduler.Sighting;
import io.karez.store.JobRecord;
import java.time.Duration;
import java.util.Optional;

/// All that is known of one job when it is judged.
///
/// @param record what the job says of itself
/// @param claimed whether a wrapper has taken it
/// @param withdrawn whether it was taken to keep it from starting
/// @param handedOver how far its submission got
/// @param supervisorEnd the word that a local supervisor left at its end: `ended`, `stopped` or
///   `setup`
/// @param cancelRequested whether its cancellation was asked for
/// @param sighting what the scheduler says; empty when it was not asked
/// @param askable whether the scheduler may know more and is still to be asked
/// @param heartbeatAge how long ago something of the job last showed life, by the file system's
///   clock
/// @param patience how long silence is borne before a job counts as lost
public record Evidence(
    Optional<JobRecord> record,
    boolean claimed,
    boolean withdrawn,
    HandOver handedOver,
    Optional<String> supervisorEnd,
    boolean cancelRequested,
    Optional<Sighting> sighting,
    boolean askable,
    Optional<Duration> heartbeatAge,
    Duration patience) {

  /// How far a submission got.
  public enum HandOver {
    /// Nothing was submitted.
    NOT_YET,
    /// The submit command was begun, and nothing is known of its end.
    UNCERTAIN,
    ACCEPTED,
    REFUSED
  }
}
