package io.karez.cli;

import io.karez.define.ExperimentName;
import io.karez.define.JobState;
import io.karez.inspect.Counts;
import io.karez.store.RunDocument;
import java.util.Map;
import java.util.stream.Collectors;

/// Numbers as people say them.
final class Sentences {
  private Sentences() {}

  /// `succeeded`, `3 succeeded, 1 failed`.
  static String counts(Counts counts) {
    Map<JobState, Integer> states = counts.byState();
    if (states.size() == 1 && counts.jobs() == 1) {
      return StateMark.word(states.keySet().iterator().next());
    }
    return states.entrySet().stream()
        .map(entry -> entry.getValue() + " " + StateMark.word(entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  /// `4 of summary_iris`; a command that is not registered is of nothing.
  static String name(RunDocument run) {
    return run.experiment().equals(ExperimentName.UNREGISTERED)
        ? run.id().toString()
        : run.id() + " of " + run.experiment();
  }
}
