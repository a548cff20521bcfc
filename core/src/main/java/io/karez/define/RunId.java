package io.karez.define;

/// A run's number: unique in its tree and never used again.
///
/// @param value from 1
public record RunId(long value) implements Comparable<RunId> {

  public RunId {
    if (value < 1) {
      throw new IllegalArgumentException("a run's number is at least 1, not " + value);
    }
  }

  @Override
  public int compareTo(RunId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
