package io.karez.define;

/// When a run gets its own copy of the code.
public enum SnapshotPolicy {
  NEVER,
  /// For jobs that a scheduler starts later.
  BATCH,
  ALWAYS
}
