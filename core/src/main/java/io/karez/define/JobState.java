package io.karez.define;

/// Where a job stands. A run has the state of its liveliest unsettled job, see `inspect`.
public enum JobState {
  /// Made, not handed to a scheduler yet.
  PREPARED,
  QUEUED,
  HELD,
  RUNNING,
  SUSPENDED,
  /// Its program has ended; the scheduler or the wrapper is still at work.
  COMPLETING,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  /// There is no evidence, which is neither success nor failure.
  UNKNOWN;

  /// Whether it is one of the three ends.
  public boolean isEnd() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }
}
