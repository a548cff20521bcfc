package io.karez.transfer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Counts what has been copied, and tells how fast that goes.
public final class Tally {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration SOONEST = Duration.ofMillis(500);

  private final InstantSource clock;
  private final Progress progress;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long allFiles;
  private long allBytes;

  private record Sample(Instant time, long bytes) {}

  public Tally(InstantSource clock, Progress progress) {
    this.clock = clock;
    this.progress = progress;
  }

  /// What has to be copied in all.
  public synchronized void expect(long files, long bytes) {
    allFiles = files;
    allBytes = bytes;
    samples.clear();
  }

  /// @param files that are there whole
  /// @param bytes that are there
  public synchronized void at(long files, long bytes) {
    long there = Math.min(bytes, allBytes);
    Instant now = clock.instant();
    if (samples.isEmpty() || samples.getLast().bytes() <= there) {
      samples.addLast(new Sample(now, there));
    }
    while (samples.size() > 2 && samples.getFirst().time().isBefore(now.minus(WINDOW))) {
      samples.removeFirst();
    }
    Optional<Long> rate = rate(now);
    progress.at(
        new Progress.Step(
            Math.min(files, allFiles),
            allFiles,
            there,
            allBytes,
            rate,
            rate.filter(speed -> speed > 0)
                .map(speed -> Duration.ofSeconds(Math.ceilDiv(allBytes - there, speed)))));
  }

  private Optional<Long> rate(Instant now) {
    Duration time = Duration.between(samples.getFirst().time(), now);
    return time.compareTo(SOONEST) < 0
        ? Optional.empty()
        : Optional.of(
            (samples.getLast().bytes() - samples.getFirst().bytes()) * 1000 / time.toMillis());
  }
}
