package io.karez.git;

import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.nio.file.Path;
import java.util.List;

/// A commit as the user names it: a full or short object name, a tag, a branch.
final class Revision {
  private static final Place OPTION = Place.of("--commit");

  private Revision() {}

  /// @throws InvalidInputException when git could take the name for an option
  static Command ask(Path directory, String name) {
    if (name.isEmpty() || name.startsWith("-")) {
      throw new InvalidInputException(
          Problem.at(OPTION, "`%s` is not the name of a commit".formatted(name))
              .hint("give a commit, a tag or a branch"));
    }
    return Git.command(directory, "rev-parse", "--verify", "--end-of-options", name + "^{commit}");
  }

  /// Every branch and tag, one a line, for the hint when a name is unknown.
  static Command askNames(Path directory) {
    return Git.command(
        directory, "for-each-ref", "--format=%(refname:strip=2)", "refs/heads", "refs/tags");
  }

  /// @return the full object name, or nothing but a refusal through [#unknown]
  static String read(Completed reply) {
    return reply.text().strip();
  }

  /// @param names the reply to [#askNames]
  static Problem unknown(String name, Completed reply, Completed names) {
    String words = reply.errorText();
    if (words.contains("is ambiguous")) {
      return Problem.at(OPTION, "`%s` names more than one object".formatted(name))
          .hint("give more digits of the commit");
    }
    Problem problem = Problem.at(OPTION, "no commit `%s` in this repository".formatted(name));
    List<String> known = names.text().lines().toList();
    return Nearest.to(name, known)
        .map(near -> problem.hint("did you mean `%s`?".formatted(near)))
        .orElseGet(() ->
            problem.hint(
                "`git log --oneline --all` lists the commits; one that is known only elsewhere has to be"
                    + " fetched first"));
  }
}
