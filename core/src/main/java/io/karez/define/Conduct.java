package io.karez.define;

import java.util.List;

/// When a run's jobs are handed over, and what follows their ends.
///
/// @param after runs that have to end before
public record Conduct(List<After> after) {
  /// At once, and nothing.
  public static final Conduct PLAIN = new Conduct(List.of());

  public Conduct {
    after = List.copyOf(after);
  }
}
