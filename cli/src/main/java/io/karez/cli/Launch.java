package io.karez.cli;

import io.karez.define.SubmitTemplate.Directive;
import io.karez.launch.Delivery;
import io.karez.launch.Leases;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.SubmitReply;
import io.karez.store.Lease;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.submit.Drip;
import java.time.Duration;
import java.util.List;

/// Hands jobs of a run to its scheduler, and stays until their end unless that is not wanted.
final class Launch {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Console console;
  private final Delivery delivery;
  private final LaunchReport report;

  Launch(Console console, Delivery delivery) {
    this.console = console;
    this.delivery = delivery;
    this.report = new LaunchReport(console);
  }

  /// Whether to stay until the jobs have ended: where they run by themselves, only if that is asked
  /// for.
  static boolean stays(Dialect dialect, boolean detach, boolean wait) {
    return wait || (dialect.startsAtOnce() && !detach);
  }

  /// Hands over all jobs of a run that was just made.
  ///
  /// @param waits what its first submission tells its scheduler to wait for
  /// @param most how many jobs one submission may carry
  /// @param stay until the jobs have ended, or return when they are submitted
  /// @param input whether the program reads what this process reads
  /// @return the exit code
  int all(RunDirectory run, List<Directive> waits, int most, boolean stay, boolean input)
      throws Exception {
    RunDocument document = RunDocument.read(run);
    Drip.Wanted wanted = Delivery.all(document, waits, input);
    return go(run, document, wanted, most, stay, true);
  }

  /// Hands over all jobs that nobody has handed over yet. Only one does it at a time.
  ///
  /// @return the exit code
  int rest(RunDirectory run, Drip.Wanted wanted, boolean stay) throws Exception {
    RunDocument document = RunDocument.read(run);
    return go(run, document, wanted, delivery.most(run, document), stay, true);
  }

  /// Hands over jobs that nobody else would, because they were not known before.
  ///
  /// @param most how many jobs one submission may carry
  /// @return the exit code
  int some(RunDirectory run, Drip.Wanted wanted, int most, boolean stay) throws Exception {
    RunDocument document = RunDocument.read(run);
    return go(run, document, wanted, most, stay, false);
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
    CodeNow code = new CodeNow(delivery.project(), delivery.reach().here());
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
            ? delivery.handAlone(run, document, wanted, most, patience, patience::renewing)
            : delivery.hand(run, document, wanted, most, patience);
    int failed = interrupts.exitCode().orElse(ExitCode.FAILED);
    return switch (outcome.state()) {
      case Drip.Outcome.State.Done done ->
          stay && outcome.first().isPresent()
              ? stay(run, document, outcome.first().getAsInt(), patience, interrupts)
              : report.detached(run, document);
      case Drip.Outcome.State.Stopped(SubmitReply reply) -> {
        report.stopped(run, document, reply, alone);
        yield failed;
      }
      case Drip.Outcome.State.Waiting(String why) ->
          interrupts.exitCode().orElseGet(() -> report.waiting(run, why));
      case Drip.Outcome.State.Abandoned(String why) -> {
        report.abandoned(run, why);
        yield ExitCode.JOB_FAILED;
      }
    };
  }

  /// Until the jobs have ended, and those that the run's policy tries again have ended as well.
  private int stay(
      RunDirectory run,
      RunDocument document,
      int first,
      LaunchPatience patience,
      Interrupts interrupts)
      throws Exception {
    while (true) {
      int code = new Foreground(console, run, delivery.reach(), interrupts).watch(first);
      if (code != ExitCode.JOB_FAILED || document.conduct().retry().rules().isEmpty()) {
        return code;
      }
      switch (Leases.attemptSubmitting(run)) {
        case Lease.Attempt.Held held -> {
          // Somebody else tries them again.
          if (interrupts.await(PAUSE.toMillis())) {
            return interrupts.exitCode().orElse(code);
          }
        }
        case Lease.Attempt.Taken(Lease lease) -> {
          try (lease) {
            patience.renewing(lease);
            if (new RetryRounds(console, delivery).hand(run, document, patience)
                != RetryRounds.Outcome.HANDED_OVER) {
              return code;
            }
          }
        }
      }
    }
  }
}
