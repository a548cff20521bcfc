package io.karez.cli;

import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.track.TrackedJob;
import java.util.List;
import java.util.Optional;

/// A run on this machine that gets a further submission while an earlier one is at work: each has
/// slots of its own.
record AtWork(RunDirectory run, RunDocument document) {

  /// Empty when nothing of the run is at work, or its scheduler shares the machine out itself.
  static Optional<AtWork> of(RunDirectory run, RunDocument document, List<TrackedJob> jobs) {
    boolean atWork =
        document.runner().equals("local")
            && jobs.stream().anyMatch(job -> job.submission() > 0 && !job.verdict().settled());
    return atWork ? Optional.of(new AtWork(run, document)) : Optional.empty();
  }

  /// @throws InvalidInputException when its jobs have something to themselves that others would
  ///   take too
  void requireNothingOfItsOwn() {
    boolean gpus = !document.devices().isEmpty();
    if (gpus || document.resources().containsKey("memory")) {
      throw new InvalidInputException(
          Problem.of(
                  "run %s is at work, and more jobs at the same time would share its %s"
                      .formatted(run.id(), gpus ? "GPUs" : "memory"))
              .hint("`karez wait %s` waits for its end".formatted(run.id())));
    }
  }

  /// @param jobs how many are submitted
  void say(Console console, int jobs) {
    console
        .err()
        .println(
            "run %s is at work: up to %d more at a time"
                .formatted(run.id(), Math.min(document.slots(), jobs)));
  }
}
