package io.karez.define;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why a job ended as it did.
public enum Cause {
  /// The program returned a code other than 0.
  EXIT,
  /// A signal ended the program.
  SIGNAL,
  TIMEOUT,
  /// It used more memory than it may.
  OOM,
  /// Its node failed.
  NODE,
  PREEMPTED,
  /// It could not be started.
  LAUNCH,
  DEADLINE,
  DEPENDENCY,
  POLICY,
  /// Its owner asked for it.
  USER,
  /// Somebody else asked for it.
  ADMIN,
  /// Record, queue and accounting have fallen silent.
  LOST;

  /// The cause of a word; empty when there is none.
  public static Optional<Cause> of(String word) {
    return Arrays.stream(values()).filter(cause -> cause.word().equals(word)).findFirst();
  }

  /// As written in JSON and on the command line.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
