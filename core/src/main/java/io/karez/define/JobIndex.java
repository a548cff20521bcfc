package io.karez.define;

/// A job's position in its run.
///
/// @param value from 0, in the order of expansion
public record JobIndex(int value) implements Comparable<JobIndex> {

  public JobIndex {
    if (value < 0) {
      throw new IllegalArgumentException("a job's index is at least 0, not " + value);
    }
  }

  @Override
  public int compareTo(JobIndex other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
