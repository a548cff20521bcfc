package io.karez.inspect;

import io.karez.define.JobState;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Sighting;
import io.karez.scheduler.Waiting;
import io.karez.track.TrackedJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Jobs that wait for the same reason.
///
/// @param reason the scheduler's own words; empty when it says none
/// @param waiting the same in plain words; empty when nobody knows them
/// @param silent whether the scheduler did not answer
/// @param expected when the first of them is expected to start
/// @param jobs at least one, in the order of their indices
public record Pending(
    JobState state,
    String reason,
    Optional<Waiting> waiting,
    boolean silent,
    Optional<Instant> expected,
    List<TrackedJob> jobs) {

  private record Reason(JobState state, String text, boolean silent) {}

  /// All that wait, in the order of their first jobs.
  public static List<Pending> groups(List<TrackedJob> jobs, Dialect dialect) {
    Map<Reason, List<TrackedJob>> byReason = new LinkedHashMap<>();
    for (TrackedJob job : jobs) {
      JobState state = job.verdict().state();
      if (state == JobState.QUEUED || state == JobState.HELD) {
        boolean silent = job.sighting().filter(Sighting.Silent.class::isInstance).isPresent();
        Reason reason = new Reason(state, job.facts().reason().orElse(""), silent);
        byReason.computeIfAbsent(reason, ignored -> new ArrayList<>()).add(job);
      }
    }
    List<Pending> groups = new ArrayList<>();
    byReason.forEach((reason, alike) ->
        groups.add(
            new Pending(
                reason.state(),
                reason.text(),
                reason.silent() ? Optional.empty() : dialect.explain(reason.text()),
                reason.silent(),
                alike.stream()
                    .flatMap(job -> job.facts().started().stream())
                    .min(Instant::compareTo),
                alike)));
    return groups;
  }
}
