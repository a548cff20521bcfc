package io.karez.cli;

import io.karez.define.ExperimentName;
import io.karez.store.RunDirectory;
import io.karez.store.RunStore;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Words that begin with the runs they are about: `4/17 last`, or as in the seeds `NAME 4`.
///
/// @param experiment the runs must belong to
/// @param rest what follows them
record RunWords(Optional<ExperimentName> experiment, List<RunName> runs, List<String> rest) {

  /// All words name runs.
  static RunWords all(List<String> words) {
    return parse(words, words.size());
  }

  /// One run, then whatever follows.
  static RunWords one(List<String> words) {
    return parse(words, 1);
  }

  private static RunWords parse(List<String> words, int most) {
    Optional<ExperimentName> experiment = Optional.empty();
    List<String> left = words;
    if (words.size() > 1 && !isRun(words.getFirst()) && isRun(words.get(1))) {
      experiment = Optional.of(new ExperimentName(words.getFirst()));
      left = words.subList(1, words.size());
    }
    int count = Math.min(most, left.size());
    List<RunName> runs = new ArrayList<>();
    left.subList(0, count).forEach(word -> runs.add(RunName.parse(word)));
    return new RunWords(experiment, runs, List.copyOf(left.subList(count, left.size())));
  }

  /// Whether a word means a run, and not an experiment.
  static boolean isRun(String word) {
    return word.matches("last(/.*)?|[0-9].*");
  }

  /// @throws InvalidInputException when there is no such run, or not of that experiment
  RunDirectory find(RunName run, RunStore store) {
    RunDirectory found = run.in(store);
    String folder = String.valueOf(found.path().resolveSibling(".").normalize().getFileName());
    if (experiment.isPresent() && !experiment.get().value().equals(folder)) {
      throw new InvalidInputException(
          Problem.of(
              "run %s belongs to `%s`, not to `%s`"
                  .formatted(found.id(), folder, experiment.get())));
    }
    return found;
  }
}
