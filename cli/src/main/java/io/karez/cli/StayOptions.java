package io.karez.cli;

import io.karez.launch.Delivery;
import io.karez.scheduler.Dialect;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;

/// Whether a command that starts jobs of a run that is there stays until their end, as `run` does.
final class StayOptions {
  private boolean detach;
  private boolean wait;
  private boolean fetch;

  void declare(Options options) {
    options
        .flag("--detach", "return at once; the jobs go on", () -> detach = true)
        .flag("--wait", "wait for the end of all jobs", () -> wait = true)
        .flag(
            "--fetch",
            "of a run on a site: wait for the end, then bring the results here",
            () -> fetch = true);
  }

  /// @throws InvalidInputException when they exclude each other, or there is nothing to bring
  void require(RunDocument run) {
    if (detach && (wait || fetch)) {
      throw new InvalidInputException(
          Problem.of(
              "`--detach` returns at once and `%s` waits: give one of them"
                  .formatted(wait ? "--wait" : "--fetch")));
    }
    if (fetch && run.site().isEmpty()) {
      throw new InvalidInputException(
          Problem.of(
              "`--fetch` brings results from a site, and run %s is on this machine"
                  .formatted(run.id())));
    }
  }

  boolean stays(Dialect dialect) {
    return Launch.stays(dialect, detach, wait || fetch);
  }

  /// Waits for jobs that somebody has submitted before, when that is wanted.
  ///
  /// @return the exit code
  int toTheEnd(Console console, Delivery delivery, RunDirectory run) throws Exception {
    if (!wait && !fetch) {
      return ExitCode.DONE;
    }
    int ended = new Foreground(console, run, delivery.reach(), new Interrupts()).watch(1);
    return fetched(ended, console, delivery, run);
  }

  /// Brings the results when that is wanted.
  ///
  /// @param ended the exit code until then
  /// @return the exit code
  int fetched(int ended, Console console, Delivery delivery, RunDirectory run) throws Exception {
    return fetch ? DownloadCommand.after(ended, console, delivery.reach(), run) : ended;
  }
}
