package io.karez.cli;

import io.karez.launch.Delivery;
import io.karez.launch.Leases;
import io.karez.launch.RunTrust;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.SubmitReply;
import io.karez.store.EventLog;
import io.karez.store.Lease;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.submit.Drip;
import io.karez.submit.NextSubmission;
import io.karez.submit.Recovery;
import java.util.Optional;
import java.util.SortedMap;

/// A run that is kept going.
record KeptRun(Console console, Delivery delivery, RunDirectory run, Interrupts interrupts) {

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
    RunTrust.requireToExecute(delivery.project(), run);
    return switch (Leases.attemptSubmitting(run)) {
      case Lease.Attempt.Held held -> true;
      case Lease.Attempt.Taken(Lease lease) -> {
        try (lease) {
          LaunchPatience patience = patience(document);
          patience.renewing(lease);
          boolean waits = isWaiting(document, patience);
          yield policy
              ? new RetryRounds(console, delivery).hand(run, document, patience)
                      != RetryRounds.Outcome.NOTHING
                  || waits
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
        new CodeNow(delivery.project(), delivery.reach().here()),
        interrupts,
        LaunchPatience.Stay.NOT);
  }

  private boolean isWaiting(RunDocument document, LaunchPatience patience) throws Exception {
    Dialect dialect = Dialects.named(document.runner());
    if (!new Recovery(dialect, delivery.clock())
        .of(delivery.reach().to(run, document), document)
        .unknown()
        .isEmpty()) {
      return true;
    }
    SortedMap<Integer, Integer> left = left(document, RunHistory.of(new EventLog(run).read()));
    if (left.isEmpty()) {
      return false;
    }
    Drip.Outcome outcome =
        delivery.hand(
            run,
            document,
            new Drip.Wanted(left, document.directives(), Optional.empty(), false, false),
            delivery.most(run, document),
            patience);
    return switch (outcome.state()) {
      case Drip.Outcome.State.Done done -> {
        console.err().println("run %s is submitted".formatted(run.id()));
        yield false;
      }
      case Drip.Outcome.State.Stopped(SubmitReply reply) -> {
        boolean later = !(reply instanceof SubmitReply.Refused);
        if (!later) {
          new LaunchReport(console).stopped(run, document, reply, true);
        }
        yield later;
      }
      case Drip.Outcome.State.Waiting waiting -> true;
      case Drip.Outcome.State.Abandoned(String why) -> {
        new LaunchReport(console).abandoned(run, why);
        yield false;
      }
    };
  }
}
