package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.util.List;

/// Something to do with a finished run, such as plotting it.
///
/// @param name any text on one line that does not begin with `-`
/// @param description may be empty
/// @param executable as written: relative to the project's root, or absolute
/// @param executableCommand the program that runs the executable, with its arguments as for a shell
///   (`python -u`); empty when the executable runs by itself
public record Action(String name, String description, String executable, String executableCommand) {

  public Action {
    if (name.isBlank() || name.startsWith("-") || Texts.hasControl(name)) {
      throw new InvalidInputException(
          Problem.of("`%s` cannot name an action".formatted(name))
              .hint("write a name on one line that does not begin with `-`"));
    }
    Texts.requireWord("executable", executable);
    Texts.command(executableCommand, executable);
  }

  /// The words that start it.
  public List<String> command() {
    return Texts.command(executableCommand, executable);
  }
}
