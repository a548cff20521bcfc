package io.karez.cli;

import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunStore;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A run as the seeds name it, after its experiment: `summary_iris 4`; or by its number alone.
///
/// @param jobs their indices; empty for all
record NamedRun(RunDirectory run, Set<Integer> jobs) {

  /// @param words the run, or the experiment and the run
  static NamedRun of(List<String> words, RunStore store) {
    Map<RunDirectory, Set<Integer>> found = JobNames.of(List.of(words.getLast()), store);
    Map.Entry<RunDirectory, Set<Integer>> only = found.entrySet().iterator().next();
    if (words.size() > 1) {
      requireOf(words.getFirst(), only.getKey());
    }
    return new NamedRun(only.getKey(), only.getValue());
  }

  /// @throws InvalidInputException when the run is of another experiment
  static void requireOf(String experiment, RunDirectory run) {
    String real = RunDocument.read(run).experiment().value();
    if (!real.equals(experiment)) {
      throw new InvalidInputException(
          Problem.of("run %s is of `%s`, not of `%s`".formatted(run.id(), real, experiment))
              .hint("`karez status %s` lists the runs of `%s`".formatted(experiment, experiment)));
    }
  }
}
