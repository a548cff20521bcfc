package io.karez.cli;

/// How many columns of a terminal text takes: wide characters take two, combining marks none
/// (Unicode's East Asian Width, as wcwidth(3) knows it).
final class DisplayWidth {
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private DisplayWidth() {}

  static int of(String text) {
    int width = 0;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      width += of(text.codePointAt(at));
    }
    return width;
  }

  /// The text, or as much of it as fits with `…` at its end.
  static String cut(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    int width = 0;
    int at = 0;
    while (at < text.length()) {
      int next = text.codePointAt(at);
      if (width + of(next) > columns - 1) {
        break;
      }
      width += of(next);
      at += Character.charCount(next);
    }
    return text.substring(0, at) + "…";
  }

  /// The text, or as much of its end as fits with `…` before it.
  static String cutStart(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    int width = 0;
    int at = text.length();
    while (at > 0) {
      int before = text.codePointBefore(at);
      if (width + of(before) > columns - 1) {
        break;
      }
      width += of(before);
      at -= Character.charCount(before);
    }
    // A mark must not be combined with the `…`.
    while (at < text.length() && of(text.codePointAt(at)) == 0) {
      at += Character.charCount(text.codePointAt(at));
    }
    return "…" + text.substring(at);
  }

  private static int of(int c) {
    if (c < 0x300) {
      return 1;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT
        || c == ZERO_WIDTH_JOINER
        || (c >= 0x1160 && c <= 0x11FF)) {
      return 0;
    }
    return isWide(c) || Character.isEmojiPresentation(c) ? 2 : 1;
  }

  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115F)
        || (c >= 0x2E80 && c <= 0x303E)
        || (c >= 0x3041 && c <= 0x4DBF)
        || (c >= 0x4E00 && c <= 0xA4CF)
        || (c >= 0xA960 && c <= 0xA97F)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF01 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6)
        || (c >= 0x20000 && c <= 0x3FFFD);
  }
}
