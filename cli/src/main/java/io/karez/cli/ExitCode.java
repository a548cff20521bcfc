package io.karez.cli;

/// What the exit codes mean.
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;

  /// The command line or a file cannot be used; nothing was done.
  static final int USAGE = 2;

  /// Some job failed.
  static final int JOB_FAILED = 3;

  /// A site could not be reached, or refused the login.
  static final int UNREACHABLE = 4;

  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
