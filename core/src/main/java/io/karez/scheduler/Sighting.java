package io.karez.scheduler;

import io.karez.define.Cause;
import io.karez.define.JobFacts;
import io.karez.define.JobState;
import java.util.Optional;

/// What a scheduler says of one job.
public sealed interface Sighting {

  /// It knows the job.
  ///
  /// @param word the scheduler's own for the state, kept also when we do not know it
  record Listed(JobState state, Optional<Cause> cause, String word, JobFacts facts)
      implements Sighting {

    public Listed(JobState state, Optional<Cause> cause, String word) {
      this(state, cause, word, JobFacts.NONE);
    }
  }

  /// It answered, and does not list the job. That is not an end: it may not list it yet, or no
  /// longer.
  record Absent() implements Sighting {}

  /// It answered, and the job cannot be running any more.
  ///
  /// @param how what proves it
  record Gone(String how) implements Sighting {}

  /// It could not be asked from here or gave no usable answer.
  ///
  /// @param why in a few words
  record Silent(String why) implements Sighting {}
}
