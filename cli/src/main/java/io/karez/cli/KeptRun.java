package io.karez.cli;

import io.karez.inspect.Runs;
import io.karez.project.Project;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.SubmitReply;
import io.karez.store.EventLog;
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
    if (history.settled().isPresent() && !policy) {
      return false;
    }
    SortedMap<Integer, Integer> left =
        NextSubmission.left(run, NextSubmission.all(document, history), history);
    if (left.isEmpty() && !policy) {
      return false;
    }
    RunTrust.requireToExecute(project, run);
    if (!left.isEmpty()) {
      return isWaiting(document, left) || policy;
    }
    return launch.again(run, document, patience(document)) > 0
        || !new Runs(transport, clock).view(run).settled();
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

  private boolean isWaiting(RunDocument document, SortedMap<Integer, Integer> left)
      throws Exception {
    Dialect dialect = Dialects.named(document.runner());
    Recovery.Outcome recovered = new Recovery(dialect, transport, clock).of(run, document);
    if (!recovered.unknown().isEmpty()) {
      return true;
    }
    Drip.Outcome outcome =
        launch.handAlone(
            run,
            document,
            new Drip.Wanted(left, document.directives(), Optional.empty(), false),
            Limits.jobsOf(dialect, transport, document.conduct().pack()),
            patience(document));
    return switch (outcome.state()) {
      case Drip.Outcome.State.Done done -> {
        console.err().println("run %s is submitted".formatted(run.id()));
        yield false;
      }
      case Drip.Outcome.State.Stopped(SubmitReply reply) -> {
        boolean later = !(reply instanceof SubmitReply.Refused);
        if (!later) {
          launch.stopped(run, document, reply);
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
