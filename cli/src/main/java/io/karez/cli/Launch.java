package io.karez.cli;

import io.karez.inspect.Runs;
import io.karez.project.Project;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.SubmitReply;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.RunStore;
import io.karez.submit.Drip;
import io.karez.submit.Limits;
import io.karez.submit.NextSubmission;
import io.karez.submit.Submitter;
import io.karez.transport.Transport;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Hands jobs of a run to its scheduler, and stays until their end unless that is not wanted.
record Launch(Console console, Project project, Transport transport, InstantSource clock) {

  /// Whether to stay until the jobs have ended: where they run by themselves, only if that is asked
  /// for.
  static boolean stays(Dialect dialect, boolean detach, boolean wait) {
    return wait || !(detach || dialect.isBatch());
  }

  /// Hands over all jobs of a run that was just made.
  ///
  /// @param prepared its first submission
  /// @param most how many jobs one submission may carry
  /// @param stay until the jobs have ended, or return when they are submitted
  /// @param input whether the program reads what this process reads
  /// @return the exit code
  int all(RunDirectory run, Drip.Prepared prepared, int most, boolean stay, boolean input)
      throws Exception {
    RunDocument document = RunDocument.read(run);
    Drip.Wanted wanted =
        new Drip.Wanted(
            NextSubmission.all(document, RunHistory.of(List.of())),
            document.directives(),
            Optional.of(prepared),
            input);
    return go(run, document, wanted, most, stay);
  }

  /// Hands over some jobs, of which none is handed over yet.
  ///
  /// @return the exit code
  int some(RunDirectory run, Drip.Wanted wanted, boolean stay) throws Exception {
    RunDocument document = RunDocument.read(run);
    int most = Limits.jobsOf(Dialects.named(document.runner()), transport);
    return go(run, document, wanted, most, stay);
  }

  private int go(RunDirectory run, RunDocument document, Drip.Wanted wanted, int most, boolean stay)
      throws Exception {
    Dialect dialect = Dialects.named(document.runner());
    Runs runs = new Runs(transport, clock);
    Interrupts interrupts = new Interrupts();
    Predecessors predecessors = new Predecessors(new RunStore(project.results()), runs);
    Drip drip =
        new Drip(
            run,
            document,
            dialect,
            new Submitter(dialect, transport, clock),
            most,
            () -> predecessors.gate(document.conduct().after(), dialect, wanted.directives()),
            clock);
    CodeNow code = new CodeNow(project, transport);
    Drip.Outcome outcome =
        drip.submit(wanted, new LaunchPatience(console, run, document, code, interrupts, stay));
    int failed = interrupts.exitCode().orElse(ExitCode.FAILED);
    return switch (outcome.state()) {
      case Drip.Outcome.State.Done done ->
          stay && outcome.first().isPresent()
              ? new Foreground(console, run, runs, transport, clock, interrupts)
                  .watch(outcome.first().getAsInt())
              : detached(run);
      case Drip.Outcome.State.Stopped(SubmitReply reply) -> {
        stopped(dialect, run, reply);
        yield failed;
      }
      case Drip.Outcome.State.Waiting(String why) ->
          interrupts.exitCode().orElseGet(() -> waiting(run, why));
      case Drip.Outcome.State.Abandoned(String why) -> {
        console.err().println("run %s does not start: %s".formatted(run.id(), why));
        console
            .err()
            .println("hint: `karez retry %s --cause dependency` tries again".formatted(run.id()));
        yield ExitCode.JOB_FAILED;
      }
    };
  }

  private int detached(RunDirectory run) {
    console.out().println(run.id());
    console
        .err()
        .println("run " + run.id() + " goes on by itself: `karez status " + run.id() + "`");
    return ExitCode.DONE;
  }

  private int waiting(RunDirectory run, String why) {
    console.out().println(run.id());
    console
        .err()
        .println(
            "run %s is not submitted: %s; `karez resume %s` goes on"
                .formatted(run.id(), why, run.id()));
    return ExitCode.DONE;
  }

  private void stopped(Dialect dialect, RunDirectory run, SubmitReply reply) {
    switch (reply) {
      case SubmitReply.Refused(String text) ->
          say("error: `%s` refused run %s".formatted(dialect.name(), run.id()), text, "");
      case SubmitReply.Full(String text) ->
          say(
              "error: `%s` takes no more jobs for now".formatted(dialect.name()),
              text,
              "`karez resume %s` submits what is left".formatted(run.id()));
      case SubmitReply.Uncertain(String text) ->
          say(
              "error: nobody knows whether `%s` has run %s".formatted(dialect.name(), run.id()),
              text,
              "`karez status %s` tells when something is known".formatted(run.id()));
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
