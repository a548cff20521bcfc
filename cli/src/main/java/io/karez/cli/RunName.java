package io.karez.cli;

import io.karez.define.RunId;
import io.karez.store.RunDirectory;
import io.karez.store.RunStore;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.util.Optional;
import java.util.OptionalInt;

/// A run or one of its jobs as a person names it: `4`, `4/17`, `last`, `last/0`.
///
/// @param id empty for `last`
/// @param job its index
record RunName(Optional<RunId> id, OptionalInt job) {

  static RunName parse(String text) {
    if (!text.matches("(last|[1-9][0-9]{0,17})(/[0-9]{1,9})?")) {
      throw new InvalidInputException(
          Problem.of("`%s` names no run".formatted(text))
              .hint("a run is a number (`4`), a job of it `4/17`, the newest run `last`"));
    }
    String[] parts = text.split("/");
    return new RunName(
        parts[0].equals("last")
            ? Optional.empty()
            : Optional.of(new RunId(Long.parseLong(parts[0]))),
        parts.length == 1 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(parts[1])));
  }

  /// @throws InvalidInputException when there is no such run
  NamedRun in(RunStore store) {
    Optional<RunDirectory> found = id.isPresent() ? store.find(id.get()) : store.last();
    return found
        .map(run -> new NamedRun(run, job))
        .orElseThrow(() ->
            new InvalidInputException(
                Problem.of(
                        id.map(number -> "there is no run " + number).orElse("there is no run yet"))
                    .hint("`karez status` lists the runs")));
  }
}
