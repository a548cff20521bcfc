package io.karez.scheduler;

import io.karez.define.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Nodes that a batch system has given to somebody for a while, or is asked for.
///
/// @param id as the scheduler calls it
/// @param isBatch whether it is there for a script of its own, and not to be used from outside
/// @param token what Karez has asked for it with; empty when somebody else has
/// @param state `QUEUED` while it is waited for, `RUNNING` when it can be used
/// @param word the scheduler's own word for that
/// @param reason why it waits
/// @param nodes how many
/// @param hosts their names, in order; none while it is waited for
/// @param cpus in all
/// @param submitted when it was asked for
/// @param started when it was given, or is expected to be
/// @param elapsed since it was given
/// @param remaining until it is taken back; empty when that is not known, or never
public record Allocation(
    NativeId id,
    String name,
    boolean isBatch,
    Optional<String> token,
    JobState state,
    String word,
    Optional<String> reason,
    int nodes,
    List<String> hosts,
    int cpus,
    String queue,
    String account,
    Optional<Instant> submitted,
    Optional<Instant> started,
    Optional<Duration> elapsed,
    Optional<Duration> remaining) {

  public Allocation {
    hosts = List.copyOf(hosts);
  }

  /// Whether it is waited for or there; not when it is being given back.
  public boolean isLive() {
    return !state.isEnd() && state != JobState.COMPLETING;
  }
}
