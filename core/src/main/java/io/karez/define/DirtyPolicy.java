package io.karez.define;

/// What a run does about changes in the work tree that are not committed.
public enum DirtyPolicy {
  /// Runs, and keeps the difference in the run.
  RECORD,
  /// Does not run.
  REFUSE,
  /// Commits them first.
  COMMIT
}
