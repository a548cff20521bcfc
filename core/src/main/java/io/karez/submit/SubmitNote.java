package io.karez.submit;

import io.karez.site.SiteScripts;
import io.karez.store.RunDirectory;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a submit command leaves in the submission's directory for those whom its answer does not
/// reach, because Karez was killed or the connection broke.
///
/// @param directory of the submission, where the scheduler's commands run
/// @param begun when the submit command was about to be run, as the run's events tell
record SubmitNote(String directory, Instant begun) {
  /// How `submit.sh` says that the command was not run.
  private static final int NOT_RUN = 73;

  private static final String NOT_RUN_WORDS = "karez: not submitted\n";

  /// What the note tells.
  sealed interface State {
    /// The command was not run, and will not be.
    record Never() implements State {}

    /// @param where the process, and its host
    record Running(String where) implements State {}

    /// Nobody can say from here whether it is still at work.
    ///
    /// @param where the process, and its host
    record Elsewhere(String where) implements State {}

    /// It was ended before it could answer.
    record Gone() implements State {}

    /// @param reply with what it printed; what it said on standard error is not known
    record Answered(Completed reply) implements State {}

    /// There is no note to be had.
    record Missing(String why) implements State {}
  }

  static SubmitNote of(RunDirectory original, int submission, Instant begun) {
    return new SubmitNote(original.submission(submission).toString(), begun);
  }

  /// Runs a submit command so that it leaves a note.
  Command around(Command submit) {
    List<String> words = new ArrayList<>(List.of(directory, stamp()));
    words.addAll(submit.words());
    return SiteScripts.command("submit", words);
  }

  /// What was said when the command was not run; empty when it was.
  static Optional<String> refusal(Completed reply) {
    return reply.exitCode() == NOT_RUN && reply.errorText().endsWith(NOT_RUN_WORDS)
        ? Optional.of(reply.errorText().replace(NOT_RUN_WORDS, "").strip())
        : Optional.empty();
  }

  /// Asks for the note. A command that has not been run by then is never run.
  Command question() {
    return SiteScripts.command("submitted", List.of(directory, stamp()));
  }

  static State read(Completed reply) {
    List<String> lines = reply.text().lines().toList();
    if (!reply.succeeded() || lines.isEmpty()) {
      return new State.Missing(reply.errorText().strip());
    }
    String word = lines.getFirst();
    if (word.equals("never")) {
      return new State.Never();
    }
    if (lines.size() > 3 && lines.getLast().equals(".") && lines.get(2).matches("[0-9]{1,3}")) {
      byte[] printed =
          String.join("\n", lines.subList(3, lines.size() - 1)).getBytes(StandardCharsets.UTF_8);
      return new State.Answered(
          new Completed(Integer.parseInt(lines.get(2)), printed, new byte[0]));
    }
    String[] who = lines.size() > 1 ? lines.get(1).split(" ") : new String[0];
    String where =
        who.length == 2 ? "process %s on `%s`".formatted(who[1], who[0]) : "a process of no name";
    return switch (word) {
      case "running" -> new State.Running(where);
      case "elsewhere" -> new State.Elsewhere(where);
      case "gone" -> new State.Gone();
      default -> new State.Missing("`%s` is no answer".formatted(word));
    };
  }

  private String stamp() {
    return Long.toString(begun.toEpochMilli(), 36);
  }
}
