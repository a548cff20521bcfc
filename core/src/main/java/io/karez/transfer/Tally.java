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

  /// More nobody can watch, and thousands of small files a second cost more to tell of than to
  /// copy.
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final InstantSource clock;
  private final Progress progress;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long allFiles;
  private long allBytes;
  private long most;
  private Instant told = Instant.MIN;

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
    told = Instant.MIN;
  }

  /// The most bytes that were there at any time.
  public synchronized long most() {
    return most;
  }

  /// Tells the first of many calls, one now and then, and the last.
  ///
  /// @param files that are there whole
  /// @param bytes that are there
  public synchronized void at(long files, long bytes) {
    long there = Math.min(bytes, allBytes);
    most = Math.max(most, there);
    Instant now = clock.instant();
    boolean isLast = there == allBytes && files >= allFiles;
    if (!isLast && Duration.between(told, now).compareTo(PAUSE) < 0) {
      return;
    }
    told = now;
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
