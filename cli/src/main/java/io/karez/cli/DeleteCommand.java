package io.karez.cli;

import io.karez.inspect.Counts;
import io.karez.inspect.RunView;
import io.karez.scheduler.Sighting;
import io.karez.store.RunDirectory;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.track.Supervisors;
import io.karez.transport.LocalTransport;
import io.karez.transport.TransportException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Deletes runs, after it has said what goes.
final class DeleteCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();

  private List<String> words = List.of();
  private boolean yes;
  private boolean dryRun;
  private boolean here;

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words("[NAME] RUN...", "1..*", "the runs", given -> words = given)
        .flag("--yes -y", "do not ask", () -> yes = true)
        .flag("--dry-run --dry_run", "only say what would go", () -> dryRun = true)
        .flag(
            "--here",
            "of runs on a site delete the copy on this machine alone, without asking the site",
            () -> here = true)
        .footer(
            "",
            "A run on a site goes here and there. With `--here` the site keeps its own, which Karez knows"
                + " only there from then on. A run's number is never used again.",
            "",
            "Examples:",
            "  karez delete 4 5",
            "  karez delete --here 6");
  }

  @Override
  public int run(Console console) throws TransportException {
    Inspection inspection = Inspection.of(project.project());
    Set<RunDirectory> runs = new LinkedHashSet<>();
    for (NamedRun named : RunWords.all(words, inspection.store())) {
      runs.add(named.whole("deleted"));
    }
    List<Doomed> doomed;
    try {
      doomed = requireDeletable(inspection, runs);
    } catch (TransportException e) {
      new ErrorReport(console, false).failure(e, ExitCode.UNREACHABLE);
      console
          .err()
          .println(
              "hint: nothing was deleted; `karez delete --here` deletes the copy on this machine alone");
      return ExitCode.UNREACHABLE;
    }
    if (dryRun || !yes) {
      String would = dryRun ? "would delete " : "";
      for (Doomed run : doomed) {
        run.lines().forEach(line -> console.err().println(would + line));
      }
    }
    if (dryRun) {
      return ExitCode.DONE;
    }
    if (!Confirmation.of(
        console, "delete %s?".formatted(doomed.size() == 1 ? "it" : "them"), yes)) {
      return ExitCode.FAILED;
    }
    for (Doomed run : doomed) {
      run.delete(inspection.store());
      run.lines().forEach(line -> console.err().println("deleted " + line));
    }
    return ExitCode.DONE;
  }

  /// Every reason against it is said before anything goes.
  ///
  /// @throws TransportException when a site does not tell
  private List<Doomed> requireDeletable(Inspection inspection, Set<RunDirectory> runs)
      throws TransportException {
    List<Problem> problems = new ArrayList<>();
    List<Doomed> doomed = new ArrayList<>();
    for (RunDirectory run : runs) {
      try {
        inspection.store().requireInside(run);
        Doomed each = Doomed.of(run, inspection, here);
        // What is only forgotten here goes on there.
        if (!here) {
          alive(inspection, run).ifPresent(problems::add);
        }
        doomed.add(each);
      } catch (InvalidInputException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return doomed;
  }

  private static Optional<Problem> alive(Inspection inspection, RunDirectory run) {
    try {
      RunView view = inspection.runs().view(run);
      if (view.settled() || view.history().submissions().isEmpty()) {
        return Optional.empty();
      }
      Counts counts = view.counts();
      return Optional.of(
          Problem.of(
                  counts.jobs() == 1
                      ? "the job of run %s has not ended".formatted(run.id())
                      : "%d of the %d jobs of run %s have not ended"
                          .formatted(counts.jobs() - counts.settled(), counts.jobs(), run.id()))
              .hint("cancel it first: `karez cancel %s`".formatted(run.id())));
    } catch (InvalidInputException | UncheckedIOException e) {
      return aliveUnread(run);
    }
  }

  /// Deleting is how to get rid of a run that cannot be read, unless something is at work on it.
  private static Optional<Problem> aliveUnread(RunDirectory run) {
    String hint =
        "make sure that none of its jobs is alive, then remove `%s`".formatted(run.path());
    try {
      for (Sighting seen : Supervisors.seen(run, new LocalTransport())) {
        switch (seen) {
          case Sighting.Listed listed -> {
            return Optional.of(
                Problem.of("run %s cannot be read, and its supervisor is alive".formatted(run.id()))
                    .hint(
                        "wait for its end, or end the processes that `%s/*/supervisor` names"
                            .formatted(run.submissions())));
          }
          case Sighting.Silent silent -> {
            return Optional.of(
                Problem.of(
                        "run %s cannot be read, and nobody can tell whether its jobs are alive: %s"
                            .formatted(run.id(), silent.why()))
                    .hint(hint));
          }
          case Sighting.Gone gone -> {}
          case Sighting.Absent absent -> {}
        }
      }
      return Optional.empty();
    } catch (InvalidInputException | UncheckedIOException e) {
      return Optional.of(
          Problem.of(
                  "run %s cannot be read, and nobody can tell whether its jobs are alive: %s"
                      .formatted(run.id(), e.getMessage()))
              .hint(hint));
    }
  }
}
