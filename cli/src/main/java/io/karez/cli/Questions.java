package io.karez.cli;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/// Asks a person at a terminal, one line a question.
final class Questions {
  private final Console console;
  private final BufferedReader answers;

  /// @param console its input is read from now on by nobody else
  Questions(Console console) {
    this.console = console;
    this.answers = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
  }

  /// Asks until the answer can be read.
  ///
  /// @param preset what an empty line means; shown in brackets unless it is empty
  /// @param read throws InvalidInputException for an answer that will not do
  <T> T ask(String question, String preset, Function<String, T> read) {
    String shown = preset.isEmpty() ? "" : " [" + Printable.onLine(preset) + "]";
    while (true) {
      String answer = line(question + shown + ": ");
      try {
        return read.apply(answer.isEmpty() ? preset : answer);
      } catch (InvalidInputException e) {
        new ErrorReport(console, false).problems(e.problems(), ExitCode.USAGE);
      }
    }
  }

  /// Asks for a yes or a no.
  ///
  /// @param preset what an empty line means
  boolean confirm(String question, boolean preset) {
    return ask(question + (preset ? " [Y/n]" : " [y/N]"), "", answer -> truth(answer, preset));
  }

  private static boolean truth(String answer, boolean preset) {
    String word = answer.toLowerCase(Locale.ROOT);
    if (word.isEmpty()) {
      return preset;
    }
    if (Set.of("y", "yes", "n", "no").contains(word)) {
      return word.startsWith("y");
    }
    throw new InvalidInputException(Problem.of("`%s` is neither yes nor no".formatted(answer)));
  }

  private String line(String prompt) {
    console.err().print(prompt);
    console.err().flush();
    try {
      String line = answers.readLine();
      if (line == null) {
        console.err().println();
        throw new EndOfAnswers();
      }
      return line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the answer", e);
    }
  }
}
