package io.karez.cli;

import io.karez.define.Cause;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.inspect.Runs;
import io.karez.project.Project;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.SubmitReply;
import io.karez.store.Lease;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.RunStore;
import io.karez.store.SubmissionFiles;
import io.karez.submit.Drip;
import io.karez.submit.Escalation;
import io.karez.submit.Limits;
import io.karez.submit.NextSubmission;
import io.karez.submit.Submitter;
import io.karez.text.InvalidInputException;
import io.karez.track.Retry;
import io.karez.track.Round;
import io.karez.track.TrackedJob;
import io.karez.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Hands jobs of a run to its scheduler, and stays until their end unless that is not wanted.
record Launch(Console console, Project project, Transport transport, InstantSource clock) {

  /// Whether to stay until the jobs have ended: where they run by themselves, only if that is asked
  /// for.
  static boolean stays(Dialect dialect, boolean detach, boolean wait) {
    return wait || (dialect.startsAtOnce() && !detach);
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
            false,
            input);
    return go(run, document, wanted, most, stay, true);
  }

  /// Hands over all jobs that nobody has handed over yet. Only one does it at a time.
  ///
  /// @return the exit code
  int rest(RunDirectory run, Drip.Wanted wanted, boolean stay) throws Exception {
    RunDocument document = RunDocument.read(run);
    return go(run, document, wanted, most(document), stay, true);
  }

  /// Hands over jobs that nobody else would, because they were not known before.
  ///
  /// @return the exit code
  int some(RunDirectory run, Drip.Wanted wanted, boolean stay) throws Exception {
    RunDocument document = RunDocument.read(run);
    return go(run, document, wanted, most(document), stay, false);
  }

  /// How many jobs one submission may carry.
  private int most(RunDocument document) {
    return Limits.jobsOf(Dialects.named(document.runner()), transport, document.conduct().pack());
  }

  private int go(
      RunDirectory run,
      RunDocument document,
      Drip.Wanted wanted,
      int most,
      boolean stay,
      boolean alone)
      throws Exception {
    Interrupts interrupts = new Interrupts();
    CodeNow code = new CodeNow(project, transport);
    LaunchPatience patience =
        new LaunchPatience(
            console,
            run,
            document,
            code,
            interrupts,
            stay ? LaunchPatience.Stay.FOR_ALL : LaunchPatience.Stay.FOR_ROOM);
    Drip.Outcome outcome =
        alone
            ? handAlone(run, document, wanted, most, patience)
            : hand(run, document, wanted, most, patience);
    int failed = interrupts.exitCode().orElse(ExitCode.FAILED);
    return switch (outcome.state()) {
      case Drip.Outcome.State.Done done ->
          stay && outcome.first().isPresent()
              ? stay(run, document, outcome.first().getAsInt(), patience, interrupts)
              : detached(run, document);
      case Drip.Outcome.State.Stopped(SubmitReply reply) -> {
        stopped(run, document, reply, alone);
        yield failed;
      }
      case Drip.Outcome.State.Waiting(String why) ->
          interrupts.exitCode().orElseGet(() -> waiting(run, why));
      case Drip.Outcome.State.Abandoned(String why) -> {
        abandoned(run, why);
        yield ExitCode.JOB_FAILED;
      }
    };
  }

  /// Hands jobs over, and says nothing. Only one does it at a time.
  ///
  /// @param most how many jobs one submission may carry
  /// @throws IllegalStateException when somebody does it now
  Drip.Outcome handAlone(
      RunDirectory run, RunDocument document, Drip.Wanted wanted, int most, LaunchPatience patience)
      throws Exception {
    String what = "run " + run.id() + " is being submitted";
    try (Lease lease = Leases.take(submitting(run), what)) {
      patience.renewing(lease);
      return hand(run, document, wanted, most, patience);
    }
  }

  Drip.Outcome hand(
      RunDirectory run, RunDocument document, Drip.Wanted wanted, int most, LaunchPatience patience)
      throws Exception {
    Dialect dialect = Dialects.named(document.runner());
    Predecessors predecessors =
        new Predecessors(new RunStore(project.results()), new Runs(transport, clock));
    return new Drip(
            run,
            document,
            dialect,
            new Submitter(dialect, transport, clock),
            most,
            () -> predecessors.gate(wanted.after(document), dialect, wanted.directives()),
            clock)
        .submit(wanted, patience);
  }

  /// Until the jobs have ended, and those that the run's policy tries again have ended as well.
  private int stay(
      RunDirectory run,
      RunDocument document,
      int first,
      LaunchPatience patience,
      Interrupts interrupts)
      throws Exception {
    Runs runs = new Runs(transport, clock);
    while (true) {
      int code = new Foreground(console, run, runs, transport, clock, interrupts).watch(first);
      if (code != ExitCode.JOB_FAILED || document.conduct().retry().rules().isEmpty()) {
        return code;
      }
      switch (Leases.attempt(submitting(run))) {
        case Lease.Attempt.Held held -> {
          // Somebody else tries them again.
          if (interrupts.await(PAUSE.toMillis())) {
            return interrupts.exitCode().orElse(code);
          }
        }
        case Lease.Attempt.Taken(Lease lease) -> {
          try (lease) {
            patience.renewing(lease);
            if (again(run, document, patience) != Again.HANDED_OVER) {
              return code;
            }
          }
        }
      }
    }
  }

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private static Path submitting(RunDirectory run) {
    return run.path().resolve("submitting");
  }

  /// What a run's policy has come to.
  enum Again {
    /// Nothing is to be tried again, and nothing is open that might be.
    NOTHING,
    /// Jobs are handed over, or were before.
    HANDED_OVER,
    /// Somebody has to come back, because the scheduler did not take them.
    LATER
  }

  /// Hands over what the run's policy tries again. Whoever calls it has the lease.
  Again again(RunDirectory run, RunDocument document, LaunchPatience patience) throws Exception {
    Dialect dialect = Dialects.named(document.runner());
    List<TrackedJob> jobs = new Runs(transport, clock).detail(run).jobs();
    Again all =
        jobs.stream().allMatch(job -> job.verdict().settled()) ? Again.NOTHING : Again.HANDED_OVER;
    for (Round round : Round.of(document.conduct().retry(), jobs)) {
      Optional<List<Directive>> directives = directives(run, document, dialect, round);
      if (directives.isEmpty()) {
        continue;
      }
      Retry.supersede(run, jobs, round.attempts(), dialect.isBatch());
      console
          .err()
          .println(
              "run %s: %s again, after cause %s"
                  .formatted(
                      run.id(),
                      Quantities.count(round.attempts().size(), "job"),
                      round.cause().word()));
      Drip.Wanted wanted =
          new Drip.Wanted(
              round.attempts(),
              directives.get(),
              Optional.empty(),
              round.cause() == Cause.DEPENDENCY,
              false);
      Again one =
          switch (hand(run, document, wanted, most(document), patience).state()) {
            case Drip.Outcome.State.Done done -> Again.HANDED_OVER;
            case Drip.Outcome.State.Stopped(SubmitReply.Refused refused) -> {
              stopped(run, document, refused, false);
              yield Again.NOTHING;
            }
            case Drip.Outcome.State.Stopped stopped -> Again.LATER;
            case Drip.Outcome.State.Waiting waiting -> Again.LATER;
            case Drip.Outcome.State.Abandoned(String why) -> {
              abandoned(run, why);
              yield Again.NOTHING;
            }
          };
      all = one.compareTo(all) > 0 ? one : all;
    }
    return all;
  }

  /// What is asked for now; empty when the policy asks for more of what nobody has asked for.
  private Optional<List<Directive>> directives(
      RunDirectory run, RunDocument document, Dialect dialect, Round round) {
    List<Directive> before =
        new SubmissionFiles(run).directives(round.submission()).orElse(document.directives());
    if (!dialect.isBatch()) {
      return Optional.of(before);
    }
    try {
      return Optional.of(
          Escalation.of(dialect, before, round.again().memory(), round.again().time()));
    } catch (InvalidInputException e) {
      e.problems().forEach(problem -> console.err().println("warning: " + problem.message()));
      return Optional.empty();
    }
  }

  private int detached(RunDirectory run, RunDocument document) {
    console.out().println(run.id());
    console
        .err()
        .println("run " + run.id() + " goes on by itself: `karez status " + run.id() + "`");
    if (!document.conduct().retry().rules().isEmpty()) {
      console.err().println("hint: while `karez keep` runs, jobs are tried again as they shall be");
    }
    return ExitCode.DONE;
  }

  private int waiting(RunDirectory run, String why) {
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
          say("error: `%s` refused run %s".formatted(scheduler, run.id()), text, "");
      case SubmitReply.Full(String text) ->
          say(
              "error: `%s` takes no more jobs for now".formatted(scheduler),
              text,
              "`karez %s %s` submits what is left".formatted(first ? "resume" : "retry", run.id()));
      case SubmitReply.Uncertain(String text) ->
          say(
              "error: nobody knows whether `%s` has run %s".formatted(scheduler, run.id()),
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
