package io.karez.track;

import io.karez.define.Cause;
import io.karez.store.Event;
import io.karez.store.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sums up a run whose jobs have all come to their end.
final class Settlement {
  private Settlement() {}

  static Event.Settled of(
      List<TrackedJob> jobs, int submissions, Instant now, Optional<Progress> progress) {
    Map<String, Integer> counts = new HashMap<>();
    List<Integer> lost = new ArrayList<>();
    for (TrackedJob job : jobs) {
      counts.merge(job.verdict().state().name(), 1, Integer::sum);
      if (job.verdict().cause().equals(Optional.of(Cause.LOST))) {
        lost.add(job.index());
      }
    }
    return new Event.Settled(
        now, submissions, counts, lost, Moments.started(jobs), Moments.ended(jobs), progress);
  }
}
