package io.karez.cli;

import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.RunStore;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Runs and jobs as people name them, several at once.
final class JobNames {
  private JobNames() {}

  /// The jobs that are meant of each run, in the order of the words; none for all of them.
  ///
  /// @throws InvalidInputException with every word that names nothing
  static Map<RunDirectory, Set<Integer>> of(List<String> words, RunStore store) {
    Problems problems = new Problems();
    Map<RunDirectory, Set<Integer>> jobs = new LinkedHashMap<>();
    for (String word : words) {
      try {
        RunName name = RunName.parse(word);
        RunDirectory run = name.in(store);
        if (name.job().isEmpty()) {
          jobs.put(run, Set.of());
        } else {
          int job = name.job().getAsInt();
          requireJob(run, job);
          // A run that is named as a whole stays so.
          if (jobs.get(run) == null || !jobs.get(run).isEmpty()) {
            jobs.computeIfAbsent(run, ignored -> new TreeSet<>()).add(job);
          }
        }
      } catch (InvalidInputException e) {
        e.problems().forEach(problems::add);
      }
    }
    problems.throwIfAny();
    return jobs;
  }

  private static void requireJob(RunDirectory run, int job) {
    int count = RunHistory.of(new EventLog(run).read()).jobs(RunDocument.read(run));
    if (job >= count) {
      String known = count == 1 ? "its only job is 0" : "its jobs are 0 to " + (count - 1);
      throw new InvalidInputException(
          Problem.of("run %s has no job %d".formatted(run.id(), job)).hint(known));
    }
  }
}
