package io.karez.cli;

import io.karez.text.Place;
import io.karez.text.ShellWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/// Runs the command lines of a file one after another in one JVM, from which the start-up cache is
/// made: it holds the classes that were used here. Ends with 1 when a line failed.
public final class Training {
  private Training() {}

  public static void main(String[] args) throws IOException {
    List<String> failures = run(Path.of(args[0]), words -> Main.run(words.toArray(String[]::new)));
    failures.forEach(System.err::println);
    System.exit(failures.isEmpty() ? 0 : 1);
  }

  /// What went wrong, one line for each command that did not end with 0. Empty lines and those that
  /// begin with `#` are skipped; a command after `- ` may fail.
  static List<String> run(Path file, ToIntFunction<List<String>> karez) throws IOException {
    List<String> failures = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        boolean mayFail = line.startsWith("- ");
        String command = mayFail ? line.substring(2) : line;
        int code = karez.applyAsInt(ShellWords.split(command, Place.of(file.toString())));
        if (code != 0 && !mayFail) {
          failures.add("training: `%s` exited %d".formatted(line, code));
        }
      }
    }
    return failures;
  }
}
