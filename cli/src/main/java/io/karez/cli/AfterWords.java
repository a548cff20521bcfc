package io.karez.cli;

import io.karez.define.After;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunStore;
import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The words of `--after`.
final class AfterWords {
  private AfterWords() {}

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
}
