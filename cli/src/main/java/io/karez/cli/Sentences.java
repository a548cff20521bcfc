package io.karez.cli;

import io.karez.define.ExperimentName;
import io.karez.define.JobState;
import io.karez.define.RunId;
import io.karez.inspect.Counts;
import io.karez.inspect.Missing;
import io.karez.inspect.Runs;
import io.karez.store.RunDocument;
import io.karez.store.SubmissionCode;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.stream.Collectors;

/// Numbers as people say them.
final class Sentences {
  /// So many runs are named.
  private static final int MOST = 8;

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

  /// `commit 1234567`, `commit 1234567 with uncommitted changes`.
  static String code(SubmissionCode code) {
    String changes = code.dirty() ? "with uncommitted changes" : "";
    return code.commit()
        .map(commit -> "commit %.7s %s".formatted(commit, changes).strip())
        .orElse(code.dirty() ? "changes before the first commit" : "no commit");
  }

  /// As {@link #code(SubmissionCode)}, where the same words would stand for something else.
  static String code(SubmissionCode code, SubmissionCode then) {
    String said = code(code);
    return said.equals(code(then)) ? said.replace("changes", "other changes") : said;
  }

  /// `2 of 5 jobs have already succeeded with this code, in runs 3 and 5; 3 remain`.
  static String leftOut(Missing.LeftOut all) {
    long remain = all.sets() - all.leftOut();
    if (all.leftOut() == 0) {
      return "%s with this code"
          .formatted(
              all.sets() == 1
                  ? "the job has not succeeded yet"
                  : "none of the %d jobs has succeeded yet".formatted(all.sets()));
    }
    String which =
        all.sets() == 1
            ? "the job has"
            : remain == 0
                ? "all %d jobs have".formatted(all.sets())
                : "%d of %d jobs %s"
                    .formatted(all.leftOut(), all.sets(), all.leftOut() == 1 ? "has" : "have");
    return "%s already succeeded with this code, in %s; %s"
        .formatted(
            which,
            runs(all.runs()),
            remain == 0 ? "nothing remains" : remain + (remain == 1 ? " remains" : " remain"));
  }

  /// `run 3 is left out of what has succeeded: results/_/run_3/run.json: not valid JSON: ...`.
  static String notCounted(Runs.Line.Broken run) {
    return "run %s is left out of what has succeeded: %s"
        .formatted(run.directory().id(), Printable.onLine(run.problem()));
  }

  /// `run 4`, `runs 3, 4 and 5`, `12 runs, the last of them 40`.
  static String runs(NavigableSet<RunId> runs) {
    List<String> names = runs.stream().map(RunId::toString).toList();
    int last = names.size() - 1;
    if (last == 0) {
      return "run " + names.getFirst();
    }
    return names.size() > MOST
        ? "%d runs, the last of them %s".formatted(names.size(), names.getLast())
        : "runs %s and %s".formatted(String.join(", ", names.subList(0, last)), names.getLast());
  }
}
