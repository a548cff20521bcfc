package io.karez.runner;

import io.karez.define.JobState;
import io.karez.inspect.Counts;
import io.karez.track.TrackedJob;
import java.util.List;
import java.util.Optional;

/// How a run stands.
///
/// @param state that of the liveliest of its jobs that have not ended, or else the worst end
/// @param jobs in the order of their indices
/// @param silence why its scheduler or its host did not answer, when it did not; all else is then
///   what was known before
public record RunStatus(JobState state, List<JobStatus> jobs, Optional<String> silence) {
  public RunStatus {
    jobs = List.copyOf(jobs);
  }

  static RunStatus of(List<TrackedJob> jobs, Optional<String> silence) {
    return new RunStatus(
        Counts.of(jobs).state(), jobs.stream().map(JobStatus::of).toList(), silence);
  }

  /// Whether nothing more is expected of any job.
  public boolean settled() {
    return jobs.stream().allMatch(JobStatus::settled);
  }

  public boolean succeeded() {
    return state == JobState.SUCCEEDED;
  }

  /// That of the first job that did not succeed, or 0 when all did; empty while that is not known.
  public Optional<Integer> exitCode() {
    return succeeded()
        ? Optional.of(0)
        : jobs.stream()
            .filter(job -> job.state() != JobState.SUCCEEDED)
            .findFirst()
            .flatMap(JobStatus::exitCode);
  }
}
