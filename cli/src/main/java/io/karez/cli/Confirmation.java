package io.karez.cli;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;

/// Asks before something goes.
final class Confirmation {
  private Confirmation() {}

  /// @param what the question, such as `remove this?`
  /// @param isGiven whether the user has said `--yes`
  /// @throws InvalidInputException when nobody can be asked
  static boolean of(Console console, String what, boolean isGiven) {
    if (isGiven) {
      return true;
    }
    if (!console.inTerminal()) {
      throw new InvalidInputException(
          Problem.of("nobody can be asked, so nothing was removed").hint("say `--yes`"));
    }
    boolean answer = new Questions(console).confirm(what, false);
    if (!answer) {
      console.err().println("nothing was removed");
    }
    return answer;
  }
}
