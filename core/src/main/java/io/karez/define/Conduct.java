package io.karez.define;

import java.util.List;

/// How a run's jobs are handed over, when, and what follows their ends.
///
/// @param pack how many of them one job of a batch system carries, at least 1
/// @param requeue whether a job that ends with failure after its warning is put back into the queue
/// @param after runs that have to end before
/// @param retry which jobs are tried again by whoever stays
public record Conduct(int pack, boolean requeue, List<After> after, RetryPolicy retry) {
  /// Each by itself, at once, and nothing follows.
  public static final Conduct PLAIN = new Conduct(1, false, List.of(), RetryPolicy.NONE);

  public Conduct {
    after = List.copyOf(after);
  }

  /// The same, waiting for nothing.
  public Conduct now() {
    return new Conduct(pack, requeue, List.of(), retry);
  }
}
