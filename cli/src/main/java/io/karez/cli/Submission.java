package io.karez.cli;

import io.karez.expand.Sweep;
import io.karez.launch.Code;
import io.karez.launch.Delivery;
import io.karez.launch.PlannedRun;
import io.karez.render.RunRequest;
import io.karez.scheduler.Dialect;
import io.karez.store.RunDirectory;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.transport.TransportException;
import java.io.IOException;

/// Takes a run that a command has put together to its scheduler; shows, asks and tells on the way.
record Submission(Console console, Delivery delivery, RequestBuilder builder, RunOptions options) {
  /// More jobs than anybody starts by accident.
  static final long MANY = 100_000;

  /// A run as it is asked for, and the code that it runs.
  record Wanted(Code code, RunRequest request) {}

  /// Puts it together once more.
  @FunctionalInterface
  interface Again {
    Wanted ask() throws IOException, TransportException;
  }

  /// @param committed the same, after what was changed is committed
  /// @param json how it is shown, when it is only shown
  /// @return the exit code
  int go(Wanted wanted, Again committed, Sweep sweep, Dialect dialect, boolean json)
      throws Exception {
    requirePossible(sweep);
    PlannedRun plan = delivery.plan(wanted.request(), sweep, dialect);
    delivery
        .beyond(plan)
        .forEach(line ->
            console.err().println("warning: it may wait for ever: " + Printable.onLine(line)));
    if (options.dryRun) {
      return new DryRun(console, plan, delivery.transfers(plan)).show(delivery.store(), json);
    }
    requireMeant(sweep);
    long jobs = plan.check(delivery.store());
    if (!mayGo(plan, jobs)) {
      return ExitCode.FAILED;
    }
    Wanted meant = builder.commits() ? committed.ask() : wanted;
    PlannedRun last = plan.of(meant.request());
    if (delivery.makeProject()) {
      console
          .err()
          .println(
              "made a project in `%s`: its runs are kept in `results`"
                  .formatted(delivery.project().root()));
    }
    return stay(last, make(meant.code(), last), jobs);
  }

  private static void requirePossible(Sweep sweep) {
    long jobs = sweep.size().orElse(0);
    if (jobs > Integer.MAX_VALUE) {
      throw new InvalidInputException(
          Problem.of(
              "this makes %d jobs, and a run can have %d".formatted(jobs, Integer.MAX_VALUE)));
    }
  }

  /// A range with a nought too many is a typing error more often than a wish.
  private void requireMeant(Sweep sweep) {
    long jobs = sweep.size().orElse(0);
    if (jobs > MANY && !options.yes) {
      throw new InvalidInputException(
          Problem.of("this makes %d jobs".formatted(jobs))
              .hint("say `--yes` if that is meant; `--dry-run` shows them"));
    }
  }

  private boolean mayGo(PlannedRun plan, long jobs) {
    return plan.dialect().startsAtOnce()
        || Brakes.of(jobs, plan.request().conduct().pack(), plan.most(), plan.asked())
            .release(console, delivery.project().config(), options.yes);
  }

  private RunDirectory make(Code code, PlannedRun plan)
      throws IOException, TransportException, InterruptedException {
    CodeSending sending = new CodeSending(console, delivery.reach());
    return builder.withFiles(
        code,
        leftOut ->
            console
                .err()
                .println(
                    "warning: not in `uncommitted.patch`: " + Printable.onLine(leftOut.toString())),
        copies -> delivery.make(plan, copies, () -> sending.send(plan.request().site(), code)));
  }

  private int stay(PlannedRun plan, RunDirectory run, long jobs) throws Exception {
    Dialect dialect = plan.dialect();
    boolean stay = Launch.stays(dialect, options.detach, options.wait || options.fetch);
    boolean input =
        jobs == 1
            && stay
            && dialect.startsAtOnce()
            && plan.request().site().isEmpty()
            && !console.inTerminal();
    int ended = new Launch(console, delivery).all(run, plan.waits(), plan.most(), stay, input);
    return options.fetch ? DownloadCommand.after(ended, console, delivery.reach(), run) : ended;
  }
}
