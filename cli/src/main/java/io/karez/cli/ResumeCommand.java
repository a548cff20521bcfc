package io.karez.cli;

import io.karez.launch.Delivery;
import io.karez.launch.Leases;
import io.karez.launch.RunTrust;
import io.karez.project.Project;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.store.EventLog;
import io.karez.store.Lease;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.RunStore;
import io.karez.submit.Drip;
import io.karez.submit.NextSubmission;
import io.karez.submit.Recovery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Goes on submitting a run whose submission was interrupted before it was begun.
final class ResumeCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();
  private final StayOptions stay = new StayOptions();

  private List<String> names = List.of();

  @Override
  public void declare(Options options) {
    project.declare(options);
    stay.declare(options);
    options
        .words("[NAME] RUN", "1..2", "a run", words -> names = words)
        .footer(
            "",
            "Submits the jobs that were never submitted, because Karez was killed before it could."
                + " Where that happened while it submitted, the batch system is asked, and gets those"
                + " jobs again that it does not know. On this machine they count as lost after a"
                + " while: `karez retry` is for them, as for all that were submitted and failed.",
            "",
            "Example: karez resume 4");
  }

  @Override
  public int run(Console console) throws Exception {
    Project here = project.project();
    RunDirectory run = RunWords.one(names, new RunStore(here.results())).whole("resumed");
    RunTrust.requireToExecute(here, run);
    RunDocument document = RunDocument.read(run);
    stay.require(document);
    Delivery delivery = Delivery.of(here);
    Dialect dialect = Dialects.named(document.runner());
    try (Lease _ = Leases.takeSubmitting(run)) {
      recover(
          console,
          run,
          new Recovery(dialect, delivery.clock()).of(delivery.reach().to(run, document), document));
    }
    RunHistory history = RunHistory.of(new EventLog(run).read());
    SortedMap<Integer, Integer> jobs =
        NextSubmission.left(run, NextSubmission.all(document, history), history);
    if (jobs.isEmpty()) {
      boolean refused = history.isRefused(history.lastSubmission());
      console
          .err()
          .println(
              "run %s: %s"
                  .formatted(
                      run.id(),
                      refused
                          ? "`%s` has refused the last jobs: `karez retry %s` asks again"
                              .formatted(document.runner(), run.id())
                          : "all jobs are submitted"));
      return refused ? ExitCode.DONE : stay.toTheEnd(console, delivery, run);
    }
    Optional<AtWork> atWork = AtWork.of(run, document, delivery.runs().detail(run).jobs());
    atWork.ifPresent(AtWork::requireNothingOfItsOwn);
    atWork.ifPresent(work -> work.say(console, jobs.size()));
    int ended =
        new Launch(console, delivery)
            .rest(
                run,
                new Drip.Wanted(jobs, document.directives(), Optional.empty(), false, false),
                stay.stays(dialect));
    return stay.fetched(ended, console, delivery, run);
  }

  private static void recover(Console console, RunDirectory run, Recovery.Outcome outcome) {
    for (int submission : outcome.found()) {
      console
          .err()
          .println("run %s: found the jobs of submission %d again".formatted(run.id(), submission));
    }
    for (int submission : outcome.missing()) {
      console
          .err()
          .println(
              "run %s: the scheduler does not know submission %d: its jobs are submitted again"
                  .formatted(run.id(), submission));
    }
    if (!outcome.unknown().isEmpty()) {
      throw new UncheckedIOException(
          new IOException(
              ("nobody can tell whether the scheduler has the jobs of run %s, so nothing was"
                      + " submitted: %s; try again later")
                  .formatted(run.id(), outcome.unknown().getFirst())));
    }
  }
}
