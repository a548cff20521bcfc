package io.karez.runner;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Something could not be done. The message says what, on what, why, and after `hint:` what to do.
public final class RunnerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final long run;

  /// What has gone wrong, as far as what to do about it goes.
  public enum Reason {
    /// The template, a value, a file or a setting is not usable; nothing was done.
    INPUT,
    /// The host cannot be reached, or refuses the login, or its key is not known.
    UNREACHABLE,
    /// A file could not be brought over; nothing was submitted.
    TRANSFER,
    /// The scheduler refused the run.
    REFUSED,
    /// Nobody knows whether the scheduler has the run. It is not submitted again by itself.
    UNCERTAIN,
    /// A command, the connection or the disk failed on the way.
    BROKEN
  }

  private RunnerException(Reason reason, String message, long run, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.run = run;
  }

  static RunnerException of(Reason reason, String message, String hint) {
    return new RunnerException(reason, message + "\nhint: " + hint, 0, null);
  }

  static RunnerException of(Reason reason, Exception cause) {
    return new RunnerException(reason, String.valueOf(cause.getMessage()), 0, cause);
  }

  static RunnerException of(InvalidInputException cause) {
    return new RunnerException(
        Reason.INPUT,
        cause.problems().stream().map(RunnerException::shown).collect(Collectors.joining("\n")),
        0,
        cause);
  }

  private static String shown(Problem problem) {
    return problem.sentence() + problem.hint().map("\nhint: "::concat).orElse("");
  }

  /// The same, of a run that was made before.
  RunnerException of(long made, Optional<String> hint) {
    return new RunnerException(
        reason, getMessage() + hint.map("\nhint: "::concat).orElse(""), made, this);
  }

  public Reason reason() {
    return reason;
  }

  /// The run that was made and not handed over; empty when there is none.
  public OptionalLong run() {
    return run == 0 ? OptionalLong.empty() : OptionalLong.of(run);
  }
}
