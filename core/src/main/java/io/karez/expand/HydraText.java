package io.karez.expand;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The lexical rules of a value in Hydra's override grammar (hydra.cc, "Basic Override syntax"):
/// quotes, brackets, escapes.
final class HydraText {
  /// Outside quotes a backslash makes these plain.
  private static final String ESCAPABLE = "\\()[]{}:=, \t";

  private HydraText() {}

  /// Either the parts, trimmed of blanks, or why the text cannot be split.
  record Split(List<String> parts, Optional<String> fault) {}

  /// Splits at the commas that stand in no quotes and no brackets.
  static Split split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int start = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> i++;
        case '\'', '"' -> {
          int end = closingQuote(text, i);
          if (end < 0) {
            return new Split(List.of(), Optional.of("the quote `" + c + "` is not closed"));
          }
          i = end;
        }
        case '(', '[', '{' -> open.append(c);
        case ')', ']', '}' -> {
          if (open.isEmpty() || partner(open.charAt(open.length() - 1)) != c) {
            return new Split(List.of(), Optional.of("`" + c + "` closes nothing"));
          }
          open.setLength(open.length() - 1);
        }
        case ',' -> {
          if (open.isEmpty()) {
            parts.add(text.substring(start, i).strip());
            start = i + 1;
          }
        }
        default -> {}
      }
      i++;
    }
    if (!open.isEmpty()) {
      return new Split(
          List.of(), Optional.of("`" + open.charAt(open.length() - 1) + "` is not closed"));
    }
    parts.add(text.substring(start).strip());
    return new Split(parts, Optional.empty());
  }

  /// The value as the program's code sees it: without the quotes or escapes that only protect it.
  static String unquoted(String value) {
    if (!value.isEmpty()
        && "'\"".indexOf(value.charAt(0)) >= 0
        && closingQuote(value, 0) == value.length() - 1) {
      return unescapedQuotes(value.substring(1, value.length() - 1), value.charAt(0));
    }
    if (value.startsWith("[") || value.startsWith("{")) {
      return value;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length() && ESCAPABLE.indexOf(value.charAt(i + 1)) >= 0) {
        i++;
        c = value.charAt(i);
      }
      plain.append(c);
    }
    return plain.toString();
  }

  /// A quote ends the text unless an odd number of backslashes stands before it.
  private static int closingQuote(String text, int start) {
    char quote = text.charAt(start);
    int backslashes = 0;
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote && backslashes % 2 == 0) {
        return i;
      }
      backslashes = c == '\\' ? backslashes + 1 : 0;
    }
    return -1;
  }

  /// Backslashes count only before a quote and at the end, where each two are one.
  private static String unescapedQuotes(String inner, char quote) {
    StringBuilder plain = new StringBuilder();
    int backslashes = 0;
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      if (c == '\\') {
        backslashes++;
        continue;
      }
      plain.repeat('\\', c == quote ? backslashes / 2 : backslashes).append(c);
      backslashes = 0;
    }
    return plain.repeat('\\', backslashes / 2).toString();
  }

  private static char partner(char opening) {
    return switch (opening) {
      case '(' -> ')';
      case '[' -> ']';
      default -> '}';
    };
  }
}
