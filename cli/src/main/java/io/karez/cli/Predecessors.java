package io.karez.cli;

import io.karez.define.After;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.inspect.Runs;
import io.karez.scheduler.Dialect;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.RunStore;
import io.karez.submit.Gate;
import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.track.Before;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The runs that a run waits for.
record Predecessors(RunStore store, Runs runs) {

  /// Reads `--after` as it was typed.
  ///
  /// @throws InvalidInputException with every word that names no run or no way to end
  static List<After> read(List<String> words, RunStore store) {
    Problems problems = new Problems();
    List<After> after = new ArrayList<>();
    for (String word : words) {
      problems.attempt(() -> after.add(read(word, store)));
    }
    problems.throwIfAny();
    return after;
  }

  private static After read(String word, RunStore store) {
    int colon = word.lastIndexOf(':');
    String when = colon < 0 ? After.When.OK.word() : word.substring(colon + 1);
    if (!After.When.WORDS.contains(when)) {
      throw new InvalidInputException(
          Problem.at(Place.of("--after"), "a run cannot end `%s`".formatted(when))
              .hint(
                  Nearest.to(when, After.When.WORDS)
                      .map("did you mean `%s`?"::formatted)
                      .orElse("it is `ok`, `any` or `failed`")));
    }
    RunDirectory run =
        RunWords.one(List.of(colon < 0 ? word : word.substring(0, colon)), store)
            .whole("waited for");
    return new After(
        run.id(), RunDocument.read(run).uid(), After.When.valueOf(when.toUpperCase(Locale.ROOT)));
  }

  /// Whether a run may be handed over now.
  ///
  /// @param after the runs it waits for
  /// @param directives what it asks of its scheduler
  Gate gate(List<After> after, Dialect dialect, List<Directive> directives) {
    if (after.isEmpty()) {
      return Gate.FREE;
    }
    List<Before> before = new ArrayList<>();
    for (After one : after) {
      Optional<RunDirectory> run = store.find(one.run()).filter(found -> isSame(found, one));
      if (run.isEmpty()) {
        return new Gate.Never(
            "run %s is not there any more, so nobody knows how it ended".formatted(one.run()));
      }
      RunDirectory found = run.get();
      Runs.Detail detail = runs.detail(found);
      before.add(
          new Before(
              one,
              detail.view().document(),
              RunHistory.of(new EventLog(found).read()),
              detail.jobs()));
    }
    return Before.gate(before, dialect, directives);
  }

  private static boolean isSame(RunDirectory run, After after) {
    return RunDocument.read(run).uid().equals(after.uid());
  }
}
