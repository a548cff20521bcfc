package io.karez.cli;

import java.time.Duration;

/// How long to pause between looks: short at first, so that a short wait ends at once.
final class Pace {
  private static final long SHORTEST = 20;
  private static final long LONGEST = 500;

  private long millis = SHORTEST;

  Duration next() {
    long now = millis;
    millis = Math.min(LONGEST, millis * 5 / 4);
    return Duration.ofMillis(now);
  }
}
