package io.karez.cli;

/// Text from jobs, schedulers and files as a terminal may show it.
final class Printable {
  private Printable() {}

  /// Control characters as `\xNN`, but for newline and tab.
  static String of(String text) {
    return isPlain(text) ? text : escaped(text);
  }

  private static String escaped(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\n' || c == '\t' || !(Character.isISOControl(c) || isFormat(c))) {
            shown.appendCodePoint(c);
          } else {
            shown.append(c < 0x100 ? "\\x%02x".formatted(c) : "\\u%04x".formatted(c));
          }
        });
    return shown.toString();
  }

  /// Nearly all text is.
  private static boolean isPlain(String text) {
    char[] characters = text.toCharArray();
    for (char c : characters) {
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /// As {@link #of}, on one line.
  static String onLine(String text) {
    return isPlain(text) ? text : escaped(text).replace("\n", "\\n").replace("\t", " ");
  }

  /// As {@link #onLine}, lines of somebody else's set off by `; `.
  static String joined(String text) {
    return onLine(text.strip().replaceAll(":\\s*\\R\\s*", ": ").replaceAll("\\s*\\R\\s*", "; "));
  }

  /// Characters that turn the direction of what follows.
  private static boolean isFormat(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }
}
