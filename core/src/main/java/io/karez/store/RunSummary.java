package io.karez.store;

import io.karez.define.ExperimentName;
import io.karez.define.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A run as a line of a table.
///
/// @param directory absolute
/// @param description or what else tells people which one it is
/// @param site where it lies; empty for this machine
/// @param counts how many jobs in which state; only states that some job is in
/// @param settled whether nothing more is expected
/// @param started when its first job started; empty while none has
/// @param ended when its last job ended; empty while some job has not
/// @param progress as its jobs say; empty when none says anything
public record RunSummary(
    RunDirectory directory,
    ExperimentName experiment,
    String description,
    String runner,
    String site,
    List<String> tags,
    JobState state,
    Map<JobState, Integer> counts,
    boolean settled,
    Instant created,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<Progress> progress) {

  public int jobs() {
    int jobs = 0;
    for (int count : counts.values()) {
      jobs += count;
    }
    return jobs;
  }
}
