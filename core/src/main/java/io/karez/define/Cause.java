package io.karez.define;

import java.util.Locale;

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

  /// As written in JSON and on the command line.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
