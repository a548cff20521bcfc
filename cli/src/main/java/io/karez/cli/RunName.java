package io.karez.cli;

import io.karez.define.RunId;
import io.karez.store.RunDirectory;
import io.karez.store.RunStore;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.track.TrackedJob;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;

/// A run or one of its jobs as a person names it: `4`, `4/17`, `last`, `last/0`.
///
/// @param id empty for `last`
/// @param job its index
record RunName(Optional<RunId> id, OptionalInt job) {

  static final class Converter implements ITypeConverter<RunName> {
    @Override
    public RunName convert(String text) {
      return RunName.parse(text);
    }
  }

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
  RunDirectory in(RunStore store) {
    Optional<RunDirectory> found = id.isPresent() ? store.find(id.get()) : store.last();
    return found.orElseThrow(() ->
        new InvalidInputException(
            Problem.of(id.map(number -> "there is no run " + number).orElse("there is no run yet"))
                .hint("`karez status` lists the runs")));
  }

  /// The job meant, or all.
  ///
  /// @param jobs of the run
  /// @throws InvalidInputException when the run has no such job
  List<TrackedJob> pick(List<TrackedJob> jobs) {
    if (job.isEmpty()) {
      return jobs;
    }
    if (job.getAsInt() >= jobs.size()) {
      throw new InvalidInputException(
          Problem.of("there is no job `%s`".formatted(this))
              .hint("its jobs are 0 to " + (jobs.size() - 1)));
    }
    return List.of(jobs.get(job.getAsInt()));
  }

  @Override
  public String toString() {
    return id.map(RunId::toString).orElse("last") + (job.isPresent() ? "/" + job.getAsInt() : "");
  }
}
