package io.karez.inspect;

import io.karez.define.JobState;
import io.karez.track.TrackedJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Jobs that ended for the same reason.
///
/// @param jobs at least one, in the order of their indices
public record Alike(JobState state, Explanation explanation, List<TrackedJob> jobs) {

  private static final List<JobState> ORDER =
      List.of(JobState.FAILED, JobState.UNKNOWN, JobState.CANCELLED);

  private record Reason(JobState state, Explanation explanation) {}

  /// All that have settled without success: those that failed first, then those whose end nobody
  /// knows, then those that were cancelled; of each the largest group first.
  public static List<Alike> groups(List<TrackedJob> jobs, Explanation.Started started) {
    Map<Reason, List<TrackedJob>> byReason = new LinkedHashMap<>();
    for (TrackedJob job : jobs) {
      if (job.verdict().settled() && job.verdict().state() != JobState.SUCCEEDED) {
        Reason reason = new Reason(job.verdict().state(), Explanation.of(job, started));
        byReason.computeIfAbsent(reason, ignored -> new ArrayList<>()).add(job);
      }
    }
    return byReason.entrySet().stream()
        .map(group ->
            new Alike(group.getKey().state(), group.getKey().explanation(), group.getValue()))
        .sorted(
            Comparator.comparingInt((Alike group) -> ORDER.indexOf(group.state()))
                .thenComparingInt(group -> -group.jobs().size()))
        .toList();
  }
}
