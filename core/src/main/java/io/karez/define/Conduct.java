package io.karez.define;

import java.util.List;

/// When a run's jobs are handed over, and what follows their ends.
///
/// @param after runs that have to end before
/// @param retry which jobs are tried again by whoever stays
public record Conduct(List<After> after, RetryPolicy retry) {
  /// At once, and nothing.
  public static final Conduct PLAIN = new Conduct(List.of(), RetryPolicy.NONE);

  public Conduct {
    after = List.copyOf(after);
  }
}
