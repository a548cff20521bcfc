package io.karez.cli;

import io.karez.store.RunDirectory;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.track.TrackedJob;
import java.util.List;
import java.util.OptionalInt;

/// A run that was found by its name, or one of its jobs.
///
/// @param job the index of a job that the run has; empty for the whole run
record NamedRun(RunDirectory run, OptionalInt job) {

  /// The job meant, or all.
  ///
  /// @param jobs of the run
  List<TrackedJob> pick(List<TrackedJob> jobs) {
    return job.isPresent() ? List.of(jobs.get(job.getAsInt())) : jobs;
  }

  /// The run, for what cannot be done with one job.
  ///
  /// @param what `deleted`
  /// @throws InvalidInputException when a job is named
  RunDirectory whole(String what) {
    if (job.isPresent()) {
      throw new InvalidInputException(
          Problem.of("`%s` is a job, and only whole runs can be %s".formatted(this, what))
              .hint("the run itself is `%s`".formatted(run.id())));
    }
    return run;
  }

  /// `run 4`, `job 4/17`.
  String shown() {
    return (job.isPresent() ? "job " : "run ") + this;
  }

  @Override
  public String toString() {
    return run.id() + (job.isPresent() ? "/" + job.getAsInt() : "");
  }
}
