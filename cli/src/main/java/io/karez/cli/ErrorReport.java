package io.karez.cli;

import io.karez.text.Problem;
import io.karez.transport.SshUnreachableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what went wrong: the error, its causes, then hints. Stack traces only with `--debug`.
record ErrorReport(Console console, boolean debug) {

  int problems(List<Problem> problems, int code) {
    for (Problem problem : problems) {
      console.err().println(label("error:") + " " + Printable.onLine(problem.sentence()));
      problem
          .hint()
          .ifPresent(hint -> console.err().println(label("hint:") + " " + Printable.of(hint)));
    }
    return code;
  }

  int usage(ParameterException e) {
    console
        .err()
        .println(label("error:") + " " + Printable.of(lower(String.valueOf(e.getMessage()))));
    List<String> near =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    String hint =
        near.isEmpty()
            ? "`%s --help` shows how it is used".formatted(e.getCommandLine().getCommandName())
            : "did you mean `%s`?".formatted(near.getFirst());
    console.err().println(label("hint:") + " " + hint);
    return ExitCode.USAGE;
  }

  int failure(Throwable failure, int code) {
    console.err().println(label("error:") + " " + Printable.of(sentence(failure)));
    for (@Nullable Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      console.err().println("  " + Printable.of(sentence(cause)));
    }
    if (isFull(failure)) {
      console
          .err()
          .println(
              label("hint:")
                  + " a disk or a quota is full: `df -h` and `df -i` show which; `karez delete` removes"
                  + " runs that are not needed");
    }
    if (failure instanceof SshUnreachableException unreachable) {
      advice(unreachable, false);
    }
    if (debug) {
      failure.printStackTrace(console.err());
    }
    return code;
  }

  /// What to do about a site that cannot be reached.
  ///
  /// @param jobs whether something was to be said of jobs there
  void advice(SshUnreachableException failure, boolean jobs) {
    String command = failure.command();
    String what =
        switch (failure.reason()) {
          case NETWORK ->
              "`%s` tries the same by hand".formatted(command)
                  + (jobs
                      ? "; jobs that are there go on, and are asked about again by the next command"
                      : "");
          case LOGIN ->
              failure
                      .passwordFile()
                      .map(
                          "a password is answered with the first line of `%s`, which may be wrong; "
                              ::formatted)
                      .orElse("")
                  + "`%s` shows what is asked for; a site's `username`, `key_filename` and `ssh_config` are options of it"
                      .formatted(command);
          case HOST_KEY ->
              "`%s` shows its fingerprint and learns the key, once you have compared it with what the site publishes"
                  .formatted(command);
          case CHANGED_HOST_KEY ->
              "somebody may be in between: ask those who run the site whether its key has changed before you forget"
                  + " the old one, as `ssh` says above";
        };
    console.err().println(label("hint:") + " " + Printable.of(what));
  }

  /// Nothing but the system's own words tells.
  private static boolean isFull(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
        return true;
      }
    }
    return false;
  }

  private static String sentence(Throwable failure) {
    String message = failure.getMessage();
    boolean plain = message != null && failure.getClass().getName().startsWith("io.karez");
    // What the system itself says needs no name of ours; a message that is only a path does.
    boolean system = message != null && failure.getClass() == IOException.class;
    return plain || system || failure instanceof UncheckedIOException
        ? String.valueOf(message)
        : failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private static String lower(String message) {
    return message.isEmpty()
        ? message
        : Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }

  private String label(String word) {
    return console.errTerminal() && console.color() ? "\033[1m" + word + "\033[0m" : word;
  }
}
