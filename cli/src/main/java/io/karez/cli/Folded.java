package io.karez.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Text that is broken at blanks alone, to be as wide as a terminal. A word that is longer than a
/// line, as a path may be, stays whole.
final class Folded {
  private static final String ESCAPES = "\033\\[[0-9;]*m";

  private Folded() {}

  /// Lines as a command prints them: on a terminal no wider than that.
  static Stream<String> lines(List<String> lines, Console console) {
    return console.outTerminal()
        ? lines.stream().flatMap(line -> line(line, console.columns()).stream())
        : lines.stream();
  }

  /// What does not fit goes on below the value that a line gives after a name and at least two
  /// blanks; without such a name further in than the line begins, if that is indented.
  static List<String> line(String line, int width) {
    String plain = line.replaceAll(ESCAPES, "");
    if (DisplayWidth.of(plain) <= width) {
      return List.of(line);
    }
    int begin = plain.length() - plain.stripLeading().length();
    int gap = plain.indexOf("  ", begin);
    int value = gap < 0 ? 0 : plain.length() - plain.substring(gap).stripLeading().length();
    int indent =
        value > 0 && value <= width / 2
            ? DisplayWidth.of(plain.substring(0, value))
            : begin == 0 ? 0 : begin + 2;
    List<String> folded = new ArrayList<>();
    StringBuilder now = new StringBuilder();
    int used = 0;
    boolean fresh = true;
    for (String word : line.split("(?<= )(?! )")) {
      int columns = DisplayWidth.of(word.replaceAll(ESCAPES, "").stripTrailing());
      if (!fresh && used > indent && used + columns > width) {
        folded.add(now.toString().stripTrailing());
        now = new StringBuilder(" ".repeat(indent));
        used = indent;
      }
      now.append(word);
      used += DisplayWidth.of(word.replaceAll(ESCAPES, ""));
      fresh = false;
    }
    folded.add(now.toString());
    return folded;
  }
}
