package io.karez.inspect;

import io.karez.define.JobState;
import io.karez.store.Event;
import io.karez.track.TrackedJob;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How many jobs of a run are in which state.
///
/// @param byState only states that some job is in
/// @param unsettledUnknown how many of the unknown may still turn out to be something else by
///   themselves
public record Counts(Map<JobState, Integer> byState, int unsettledUnknown) {

  public Counts {
    byState = Collections.unmodifiableMap(new EnumMap<>(byState));
  }

  public static Counts of(List<TrackedJob> jobs) {
    Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
    int unsettled = 0;
    for (TrackedJob job : jobs) {
      counts.merge(job.verdict().state(), 1, Integer::sum);
      if (job.verdict().state() == JobState.UNKNOWN && !job.verdict().settled()) {
        unsettled++;
      }
    }
    return new Counts(counts, unsettled);
  }

  static Counts of(Event.Settled settled) {
    Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
    for (JobState state : JobState.values()) {
      Integer count = settled.counts().get(state.name());
      if (count != null) {
        counts.put(state, count);
      }
    }
    return new Counts(counts, 0);
  }

  public int of(JobState state) {
    return byState.getOrDefault(state, 0);
  }

  public int jobs() {
    int jobs = 0;
    for (int count : byState.values()) {
      jobs += count;
    }
    return jobs;
  }

  /// How many have come to their end, lost ones included.
  public int settled() {
    return of(JobState.SUCCEEDED)
        + of(JobState.FAILED)
        + of(JobState.CANCELLED)
        + of(JobState.UNKNOWN)
        - unsettledUnknown;
  }

  /// The run's state: the liveliest of its unsettled jobs', or else the worst end.
  public JobState state() {
    for (JobState state : LIVELIEST_FIRST) {
      int count = state == JobState.UNKNOWN ? unsettledUnknown : of(state);
      if (count > 0) {
        return state;
      }
    }
    for (JobState state : WORST_FIRST) {
      if (of(state) > 0) {
        return state;
      }
    }
    return JobState.PREPARED;
  }

  private static final List<JobState> LIVELIEST_FIRST =
      List.of(
          JobState.RUNNING,
          JobState.COMPLETING,
          JobState.SUSPENDED,
          JobState.QUEUED,
          JobState.HELD,
          JobState.PREPARED,
          JobState.UNKNOWN);

  private static final List<JobState> WORST_FIRST =
      List.of(JobState.FAILED, JobState.UNKNOWN, JobState.CANCELLED, JobState.SUCCEEDED);
}
