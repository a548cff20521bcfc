package io.karez.cli;

import io.karez.scheduler.Dialects;
import io.karez.scheduler.SubmitReply;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;

/// What is said of a run that was handed over, or was not.
record LaunchReport(Console console) {

  /// @return the exit code
  int detached(RunDirectory run, RunDocument document) {
    console.out().println(run.id());
    console
        .err()
        .println("run " + run.id() + " goes on by itself: `karez status " + run.id() + "`");
    if (!document.conduct().retry().rules().isEmpty()) {
      console.err().println("hint: while `karez keep` runs, jobs are tried again as they shall be");
    }
    return ExitCode.DONE;
  }

  /// @return the exit code
  int waiting(RunDirectory run, String why) {
    console.out().println(run.id());
    console
        .err()
        .println(
            "run %s is not submitted: %s; `karez keep` waits and submits it"
                .formatted(run.id(), why));
    return ExitCode.DONE;
  }

  void abandoned(RunDirectory run, String why) {
    console.err().println("run %s does not start: %s".formatted(run.id(), why));
    console
        .err()
        .println("hint: `karez retry %s --cause dependency` tries again".formatted(run.id()));
  }

  /// Says what the scheduler answered, which is no yes.
  ///
  /// @param first whether the jobs were to be handed over for the first time
  void stopped(RunDirectory run, RunDocument document, SubmitReply reply, boolean first) {
    String scheduler = document.runner();
    switch (reply) {
      case SubmitReply.Refused(String text) ->
          say(
              "error: `%s` refused run %s".formatted(scheduler, run.id()),
              text,
              Dialects.named(scheduler).startsAtOnce()
                  ? ""
                  : "`karez doctor%s` shows the queues, accounts and limits that there are"
                      .formatted(document.site().map(place -> " " + place.site()).orElse("")));
      case SubmitReply.Full(String text) ->
          say(
              "error: `%s` takes no more jobs for now".formatted(scheduler),
              text,
              "`karez %s %s` submits what is left".formatted(first ? "resume" : "retry", run.id()));
      case SubmitReply.Uncertain(String text) ->
          say(
              "error: nobody knows whether `%s` has run %s".formatted(scheduler, run.id()),
              text,
              Dialects.named(scheduler).searches().isEmpty()
                  ? "`karez status %s` tells when something is known".formatted(run.id())
                  : "`karez resume %s` asks it, and submits what it does not have"
                      .formatted(run.id()));
      case SubmitReply.Accepted accepted -> {}
    }
  }

  private void say(String error, String text, String hint) {
    console.err().println(error);
    console.err().println(Printable.of(text).indent(2).stripTrailing());
    if (!hint.isEmpty()) {
      console.err().println("hint: " + hint);
    }
  }
}
