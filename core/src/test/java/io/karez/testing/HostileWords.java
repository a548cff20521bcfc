package io.karez.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Words that a careless quoting would change.
public final class HostileWords {
  private static final List<String> PIECES =
      List.of(
          " ",
          "  ",
          "\t",
          "\n",
          "\n\n",
          "\r",
          "\r\n",
          "'",
          "\"",
          "'\\''",
          "`",
          "`date`",
          "$",
          "$HOME",
          "${PATH}",
          "$(echo x)",
          "$((1+1))",
          "\\",
          "\\\\",
          "\\n",
          "\\'",
          "-",
          "--",
          "-n",
          "-e",
          "=",
          "a=b",
          "*",
          "?",
          "[a-z]",
          "{a,b}",
          "~",
          "~root",
          "!",
          "!!",
          "#",
          "# x",
          "&",
          "&&",
          "|",
          ";",
          "<",
          ">",
          "<<EOF",
          "(",
          ")",
          "%",
          "%s",
          "%%",
          "\u0001",
          "\u0007",
          "\u001b[31m",
          "\u007f",
          "é",
          "ß",
          "漢字",
          "日本語",
          "表",
          "ソ",
          "🜁",
          "👩‍🔬",
          "e\u0301",
          "\u00a0",
          "\u2028",
          "\ufeff",
          "\uffff",
          "a",
          "b c",
          "0",
          "kz_row",
          "$kz_nl",
          "\"$kz_nl\"",
          "$NL",
          ".");

  private HostileWords() {}

  /// Up to six words.
  public static List<String> some(Random random) {
    List<String> words = new ArrayList<>();
    for (int count = random.nextInt(7); count > 0; count--) {
      words.add(one(random));
    }
    return words;
  }

  /// One word in ten is empty.
  public static String one(Random random) {
    StringBuilder word = new StringBuilder();
    if (random.nextInt(10) > 0) {
      for (int pieces = 1 + random.nextInt(6); pieces > 0; pieces--) {
        word.append(piece(random));
      }
    }
    return word.toString();
  }

  /// About 100 kB.
  public static String large(Random random) {
    StringBuilder word = new StringBuilder();
    while (word.length() < 30_000) {
      word.append(piece(random)).append("word ".repeat(random.nextInt(40)));
    }
    return word.toString();
  }

  /// Every character from U+0001 to U+00FF.
  public static String latin() {
    StringBuilder word = new StringBuilder();
    for (char c = 1; c < 0x100; c++) {
      word.append(c);
    }
    return word.toString();
  }

  private static String piece(Random random) {
    return random.nextInt(4) == 0
        ? Character.toString((char) (1 + random.nextInt(0xff)))
        : PIECES.get(random.nextInt(PIECES.size()));
  }
}
