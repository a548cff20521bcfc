package io.karez.launch;

import io.karez.store.Lease;
import io.karez.store.RunDirectory;
import io.karez.submit.NewRun;
import java.nio.file.Path;
import java.time.Duration;

/// What only one process does at a time.
public final class Leases {
  /// Longer than the time between two renewals, in which a submit command may take ten minutes.
  private static final Duration LIFE = Duration.ofMinutes(15);

  private Leases() {}

  public static Lease.Attempt attempt(Path file) {
    return Lease.take(file, NewRun.uid(), Authors.me().host(), ProcessHandle.current().pid(), LIFE);
  }

  /// The submission of a run.
  public static Lease.Attempt attemptSubmitting(RunDirectory run) {
    return attempt(submitting(run));
  }

  /// Whether somebody submits jobs of a run.
  public static Lease.Standing submittingNow(RunDirectory run) {
    return Lease.standing(submitting(run), Authors.me().host(), LIFE);
  }

  /// The submission of a run.
  ///
  /// @throws IllegalStateException when somebody else has it
  public static Lease takeSubmitting(RunDirectory run) {
    return switch (attemptSubmitting(run)) {
      case Lease.Attempt.Taken(Lease lease) -> lease;
      case Lease.Attempt.Held(String holder) ->
          throw new IllegalStateException(
              "run %s is being submitted by %s".formatted(run.id(), holder));
    };
  }

  private static Path submitting(RunDirectory run) {
    return run.path().resolve("submitting");
  }
}
