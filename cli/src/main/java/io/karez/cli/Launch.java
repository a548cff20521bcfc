package io.karez.cli;

import io.karez.inspect.Runs;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.SubmitReply;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.submit.Submitter;
import io.karez.transport.Transport;
import java.time.InstantSource;

/// Hands a prepared submission to its scheduler, and stays until its end unless that is not wanted.
record Launch(Console console, Transport transport, InstantSource clock) {

  /// @param input whether the program reads what this process reads
  /// @return the exit code
  int go(RunDirectory run, int submission, boolean detach, boolean input) throws Exception {
    RunDocument document = RunDocument.read(run);
    Dialect dialect = Dialects.named(document.runner());
    Foreground foreground =
        new Foreground(console, run, new Runs(transport, clock), transport, clock);
    String token = document.uid() + "." + submission;
    SubmitReply reply =
        new Submitter(dialect, transport, clock).submit(run, submission, token, input);
    return switch (reply) {
      case SubmitReply.Accepted accepted -> detach ? detached(run) : foreground.watch(submission);
      case SubmitReply.Refused refused -> refused(dialect, run, refused.text());
      case SubmitReply.Full full -> full(dialect, run, full.text());
      case SubmitReply.Uncertain uncertain -> uncertain(dialect, run, uncertain.text());
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
