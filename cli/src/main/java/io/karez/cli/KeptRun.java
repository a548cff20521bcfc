package io.karez.cli;

import io.karez.project.Project;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.SubmitReply;
import io.karez.store.EventLog;
import io.karez.store.Lease;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.submit.Drip;
import io.karez.submit.Limits;
import io.karez.submit.NextSubmission;
import io.karez.submit.Recovery;
import io.karez.transport.Transport;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;

/// A run that is kept going.
record KeptRun(
    Console console,
    Project project,
    Launch launch,
    Transport transport,
    InstantSource clock,
    RunDirectory run,
    Interrupts interrupts) {

  /// Does what can be done now.
  ///
  /// @return whether somebody has to come back
  boolean isLeftToDo() throws Exception {
    RunDocument document = RunDocument.read(run);
    boolean policy = !document.conduct().retry().rules().isEmpty();
    RunHistory history = RunHistory.of(new EventLog(run).read());
    if (!policy && (history.settled().isPresent() || !isOpen(document, history))) {
      return false;
    }
    RunTrust.requireToExecute(project, run);
    return switch (Leases.attempt(run.path().resolve("submitting"))) {
      case Lease.Attempt.Held held -> true;
      case Lease.Attempt.Taken(Lease lease) -> {
        try (lease) {
          LaunchPatience patience = patience(document);
          patience.renewing(lease);
          boolean waits = isWaiting(document, patience);
          yield policy
              ? launch.again(run, document, patience) != Launch.Again.NOTHING || waits
              : waits;
        }
      }
    };
  }

  /// Whether some jobs are not handed over, or nobody knows whether they are.
  private boolean isOpen(RunDocument document, RunHistory history) {
    return !left(document, history).isEmpty()
        || (Dialects.named(document.runner()).isBatch()
            && history.submissions().values().stream()
                .anyMatch(one -> one.nativeId().isEmpty() && one.refusal().isEmpty()));
  }

  private SortedMap<Integer, Integer> left(RunDocument document, RunHistory history) {
    return NextSubmission.left(run, NextSubmission.all(document, history), history);
  }

  private LaunchPatience patience(RunDocument document) {
    return new LaunchPatience(
        console,
        run,
        document,
        new CodeNow(project, transport),
        interrupts,
        LaunchPatience.Stay.NOT);
  }

  private boolean isWaiting(RunDocument document, LaunchPatience patience) throws Exception {
    Dialect dialect = Dialects.named(document.runner());
    if (!new Recovery(dialect, transport, clock).of(run, document).unknown().isEmpty()) {
      return true;
    }
    SortedMap<Integer, Integer> left = left(document, RunHistory.of(new EventLog(run).read()));
    if (left.isEmpty()) {
      return false;
    }
    Drip.Outcome outcome =
        launch.hand(
            run,
            document,
            new Drip.Wanted(left, document.directives(), Optional.empty(), false, false),
            Limits.jobsOf(dialect, transport, document.conduct().pack()),
            patience);
    return switch (outcome.state()) {
      case Drip.Outcome.State.Done done -> {
        console.err().println("run %s is submitted".formatted(run.id()));
        yield false;
      }
      case Drip.Outcome.State.Stopped(SubmitReply reply) -> {
        boolean later = !(reply instanceof SubmitReply.Refused);
        if (!later) {
          launch.stopped(run, document, reply, true);
        }
        yield later;
      }
      case Drip.Outcome.State.Waiting waiting -> true;
      case Drip.Outcome.State.Abandoned(String why) -> {
        launch.abandoned(run, why);
        yield false;
      }
    };
  }
}
