package io.karez.cli;

import io.karez.text.Place;
import io.karez.text.ShellWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Runs the command lines of a file one after another in one JVM, from which the start-up cache is made: it holds the
/// classes that were used here. Exit code: the number of lines that failed.
public final class Training {
  private Training() {}

  public static void main(String[] args) throws IOException {
    int failed = 0;
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> words = ShellWords.split(line, Place.of(args[0]));
      int code = Main.run(words.toArray(String[]::new));
      if (code != 0) {
        System.err.println("training: `" + line + "` exited " + code);
        failed++;
      }
    }
    System.exit(failed);
  }
}
