package io.karez.cli;

import io.karez.define.ExperimentName;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.RunStore;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Words that begin with the runs they are about: `4/17 last`, or as in the seeds, after the
/// experiment that they must belong to: `NAME 4`.
final class RunWords {
  private final RunStore store;
  private final Optional<ExperimentName> experiment;
  private final List<String> words;

  private RunWords(RunStore store, Optional<ExperimentName> experiment, List<String> words) {
    this.store = store;
    this.experiment = experiment;
    this.words = words;
  }

  private static RunWords of(List<String> words, RunStore store) {
    boolean named = words.size() > 1 && !isRun(words.getFirst()) && isRun(words.get(1));
    return named
        ? new RunWords(
            store,
            Optional.of(new ExperimentName(words.getFirst())),
            words.subList(1, words.size()))
        : new RunWords(store, Optional.empty(), words);
  }

  /// @param word names a run of this experiment
  static NamedRun of(ExperimentName experiment, String word, RunStore store) {
    return new RunWords(store, Optional.of(experiment), List.of(word)).find(word);
  }

  /// Whether a word means a run, and not an experiment.
  static boolean isRun(String word) {
    return word.matches("last(/.*)?|[0-9].*");
  }

  /// @param words all of them name runs
  /// @throws InvalidInputException with every word that names none
  static List<NamedRun> all(List<String> words, RunStore store) {
    RunWords given = of(words, store);
    Problems problems = new Problems();
    List<NamedRun> runs = new ArrayList<>();
    for (String word : given.words) {
      try {
        runs.add(given.find(word));
      } catch (InvalidInputException e) {
        e.problems().forEach(problems::add);
      }
    }
    problems.throwIfAny();
    return runs;
  }

  /// @param words name one run
  static NamedRun one(List<String> words, RunStore store) {
    RunWords given = of(words, store);
    if (given.words.size() > 1) {
      throw new InvalidInputException(
          Problem.of("`%s` is one word too many".formatted(given.words.get(1)))
              .hint("name one run"));
    }
    return given.find(given.words.getFirst());
  }

  /// A run, and the words after it.
  record First(NamedRun run, List<String> rest) {}

  static First first(List<String> words, RunStore store) {
    RunWords given = of(words, store);
    List<String> rest = given.words.subList(1, given.words.size());
    return new First(given.find(given.words.getFirst()), List.copyOf(rest));
  }

  /// The jobs that are meant of each run, in the order of the words; none for all of them.
  ///
  /// @throws InvalidInputException with every word that names nothing
  static Map<RunDirectory, Set<Integer>> jobs(List<String> words, RunStore store) {
    List<NamedRun> all = all(words, store);
    Map<RunDirectory, Set<Integer>> jobs = new LinkedHashMap<>();
    for (NamedRun named : all) {
      Set<Integer> meant = jobs.computeIfAbsent(named.run(), ignored -> new TreeSet<>());
      named.job().ifPresent(meant::add);
    }
    // A run that is named as a whole is meant as a whole.
    all.stream()
        .filter(named -> named.job().isEmpty())
        .forEach(named -> jobs.put(named.run(), Set.of()));
    return jobs;
  }

  private NamedRun find(String word) {
    NamedRun found = RunName.parse(word).in(store);
    experiment.ifPresent(name -> requireOf(name, found.run()));
    found.job().ifPresent(job -> requireJob(found.run(), job));
    return found;
  }

  private static void requireJob(RunDirectory run, int job) {
    int jobs = RunHistory.of(new EventLog(run).read()).jobs(RunDocument.read(run));
    if (job >= jobs) {
      throw new InvalidInputException(
          Problem.of("run %s has no job %d".formatted(run.id(), job))
              .hint(jobs == 1 ? "its only job is 0" : "its jobs are 0 to " + (jobs - 1)));
    }
  }

  /// A run is of the experiment in whose folder it lies, as for `status NAME`.
  private static void requireOf(ExperimentName experiment, RunDirectory run) {
    String folder = String.valueOf(run.path().resolveSibling(".").normalize().getFileName());
    if (!experiment.value().equals(folder)) {
      throw new InvalidInputException(
          Problem.of("run %s is of `%s`, not of `%s`".formatted(run.id(), folder, experiment))
              .hint("`karez status %s` lists the runs of `%s`".formatted(experiment, experiment)));
    }
  }
}
