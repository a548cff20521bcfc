package io.karez.cli;

import io.karez.inspect.Runs;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.SubmitReply;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.Task;
import io.karez.submit.Drip;
import io.karez.submit.Submitter;
import io.karez.transport.Transport;
import java.time.Duration;
import java.time.InstantSource;

/// Hands a prepared submission to its scheduler, and stays until its end unless that is not wanted.
record Launch(Console console, Transport transport, InstantSource clock) {

  /// How long to wait until a full queue is tried again.
  private static final Duration UNTIL_NEXT_TRY =
      Duration.ofSeconds(Long.getLong("karez.drip.seconds", 30));

  /// Whether to stay until the jobs have ended: where they run by themselves, only if that is asked
  /// for.
  static boolean stays(Dialect dialect, boolean detach, boolean wait) {
    return wait || !(detach || dialect.isBatch());
  }

  /// @param stay until the jobs have ended, or return when they are submitted
  /// @param input whether the program reads what this process reads
  /// @return the exit code
  int go(RunDirectory run, int submission, boolean stay, boolean input) throws Exception {
    RunDocument document = RunDocument.read(run);
    Dialect dialect = Dialects.named(document.runner());
    Foreground foreground =
        new Foreground(console, run, new Runs(transport, clock), transport, clock);
    String token = Submitter.token(document.uid(), submission);
    Submitter submitter = new Submitter(dialect, transport, clock);
    SubmitReply reply = submitter.submit(run, submission, token, input);
    if (dialect.isBatch()) {
      reply = drip(run, document, dialect, submitter, submission, reply);
    }
    return switch (reply) {
      case SubmitReply.Accepted accepted -> stay ? foreground.watch(submission) : detached(run);
      case SubmitReply.Refused refused -> refused(dialect, run, refused.text());
      case SubmitReply.Full full -> full(dialect, run, full.text());
      case SubmitReply.Uncertain uncertain -> uncertain(dialect, run, uncertain.text());
    };
  }

  /// Submits the rest of the run as well.
  private SubmitReply drip(
      RunDirectory run,
      RunDocument document,
      Dialect dialect,
      Submitter submitter,
      int submission,
      SubmitReply reply)
      throws Exception {
    int size = Task.read(run, submission).size();
    Drip drip = new Drip(run, document, dialect, submitter, size);
    return switch (reply) {
      case SubmitReply.Accepted accepted -> drip.submit(reply, size, waiting(run));
      case SubmitReply.Full full -> drip.submit(reply, size / 2, waiting(run));
      case SubmitReply.Refused refused -> reply;
      case SubmitReply.Uncertain uncertain -> reply;
    };
  }

  private Drip.Patience waiting(RunDirectory run) throws ReflectiveOperationException {
    Interrupts interrupts = new Interrupts();
    return new Drip.Patience() {
      private String said = "";

      @Override
      public boolean isWorthWaiting(String text, int left) throws InterruptedException {
        if (!said.equals(text)) {
          said = text;
          console
              .err()
              .println(
                  "run %s: %s wait, because the scheduler takes no more for now:"
                      .formatted(run.id(), Quantities.count(left, "job")));
          console.err().println(Printable.of(text).indent(2).stripTrailing());
          console.err().println("hint: after Ctrl-C `karez resume %s` goes on".formatted(run.id()));
        }
        return !interrupts.await(UNTIL_NEXT_TRY.toMillis());
      }

      @Override
      public void submitted(int submission, int left) {
        if (!said.isEmpty()) {
          console
              .err()
              .println(
                  "run %s: %s left to submit".formatted(run.id(), Quantities.count(left, "job")));
        }
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

  private int refused(Dialect dialect, RunDirectory run, String text) {
    console.err().println("error: `" + dialect.name() + "` refused run " + run.id());
    console.err().println(Printable.of(text).indent(2).stripTrailing());
    return ExitCode.FAILED;
  }

  private int full(Dialect dialect, RunDirectory run, String text) {
    console.err().println("error: `" + dialect.name() + "` takes no more jobs for now");
    console.err().println(Printable.of(text).indent(2).stripTrailing());
    console.err().println("hint: `karez resume " + run.id() + "` submits what is left");
    return ExitCode.FAILED;
  }

  private int uncertain(Dialect dialect, RunDirectory run, String text) {
    console
        .err()
        .println("error: nobody knows whether `" + dialect.name() + "` has run " + run.id());
    console.err().println(Printable.of(text).indent(2).stripTrailing());
    console.err().println("hint: `karez status " + run.id() + "` tells when something is known");
    return ExitCode.FAILED;
  }
}
