package io.karez.template;

/// Python's escapes in the strings of a template: `\n`, `\x41`, `\u00e9`; an unknown one stays as
/// it is.
final class Escapes {
  private Escapes() {}

  static String read(String text) {
    StringBuilder read = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '\\' || i == text.length()) {
        read.append(c);
        continue;
      }
      char kind = text.charAt(i++);
      switch (kind) {
        case 'n' -> read.append('\n');
        case 't' -> read.append('\t');
        case 'r' -> read.append('\r');
        case 'a' -> read.append('\u0007');
        case 'b' -> read.append('\b');
        case 'f' -> read.append('\f');
        case 'v' -> read.append('\u000b');
        case '\n' -> {}
        case '\\', '\'', '"' -> read.append(kind);
        case 'x' -> i = code(text, i, 2, kind, read);
        case 'u' -> i = code(text, i, 4, kind, read);
        case 'U' -> i = code(text, i, 8, kind, read);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> i = octal(text, i - 1, read);
        default -> read.append('\\').append(kind);
      }
    }
    return read.toString();
  }

  private static int octal(String text, int from, StringBuilder read) {
    int to = from;
    while (to < text.length() && to < from + 3 && "01234567".indexOf(text.charAt(to)) >= 0) {
      to++;
    }
    read.append((char) Integer.parseInt(text.substring(from, to), 8));
    return to;
  }

  private static int code(String text, int from, int digits, char kind, StringBuilder read) {
    int to = from + digits;
    if (to <= text.length() && text.substring(from, to).matches("[0-9a-fA-F]+")) {
      int point = Integer.parseUnsignedInt(text.substring(from, to), 16);
      if (Character.isValidCodePoint(point)) {
        read.appendCodePoint(point);
        return to;
      }
    }
    read.append('\\').append(kind);
    return from;
  }
}
