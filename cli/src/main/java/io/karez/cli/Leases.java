package io.karez.cli;

import io.karez.store.Lease;
import io.karez.submit.NewRun;
import java.nio.file.Path;
import java.time.Duration;

/// What only one process does at a time.
final class Leases {
  /// Longer than the time between two renewals, in which a submit command may take ten minutes.
  private static final Duration LIFE = Duration.ofMinutes(15);

  private Leases() {}

  static Lease.Attempt attempt(Path file) {
    return Lease.take(file, NewRun.uid(), Authors.me().host(), ProcessHandle.current().pid(), LIFE);
  }

  /// @param what is done, and by whom not twice: `run 4 is being submitted`
  /// @throws IllegalStateException when somebody else has it
  static Lease take(Path file, String what) {
    return switch (attempt(file)) {
      case Lease.Attempt.Taken(Lease lease) -> lease;
      case Lease.Attempt.Held(String holder) ->
          throw new IllegalStateException("%s by %s".formatted(what, holder));
    };
  }
}
