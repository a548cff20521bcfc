package io.karez.submit;

/// How many jobs to hand over next, where a limit that is not known lets in only so many: fewer
/// while they do not fit, more when they do, and when as many as fit are in, nothing for a while.
/// Whoever asks a busy scheduler often makes it slower for everybody.
final class Portions {
  /// Fewer are not worth a submission of their own.
  static final int LEAST = 50;

  private final int most;
  private int next;
  private int fitting = LEAST;
  private boolean rising;

  Portions(int most) {
    this.most = most;
    this.next = most;
  }

  /// At least 1.
  int next() {
    return Math.clamp(next, 1, most);
  }

  void accepted(int size) {
    fitting = size;
    rising = true;
    next = next > most / 2 ? most : next * 2;
  }

  /// So many did not fit.
  ///
  /// @return whether to wait before the next
  boolean full(int size) {
    if (size > LEAST && !rising) {
      next = size / 2;
      return false;
    }
    rising = false;
    next = Math.max(fitting, LEAST);
    return true;
  }
}
