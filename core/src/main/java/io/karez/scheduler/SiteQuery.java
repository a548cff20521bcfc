package io.karez.scheduler;

import io.karez.define.Finding;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Asks a scheduler how its site is set up. The questions do not build on each other.
public interface SiteQuery {

  /// What a command has said.
  ///
  /// @param reply empty when there is none
  /// @param silence why there is none; empty when there is one
  /// @param asked by the clock of this machine
  /// @param answered by the clock of this machine
  record Answer(Optional<Completed> reply, String silence, Instant asked, Instant answered) {
    /// What it printed, when it succeeded.
    public Optional<String> text() {
      return reply.filter(Completed::succeeded).map(Completed::text);
    }

    /// Why it did not succeed, on one line.
    public String trouble() {
      return reply
          .map(said ->
              "exit code %d: %s"
                  .formatted(
                      said.exitCode(),
                      (said.errorText() + said.text()).strip().replaceAll("\\s*\\n\\s*", "; ")))
          .orElse(silence);
    }
  }

  /// The programs that are used, those without which nothing works first.
  List<String> programs();

  List<Command> ask();

  /// @param answers one for each command of {@link #ask}
  List<Finding> read(List<Answer> answers);
}
