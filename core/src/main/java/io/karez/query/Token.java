package io.karez.query;

/// A word of a query.
///
/// @param text of a TEXT its contents, without quotes and escapes; else as written
/// @param column 1-based
record Token(Kind kind, String text, int column) {
  enum Kind {
    NAME,
    NUMBER,
    TEXT,
    SIGN,
    END
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  /// For messages: what stands there.
  String shown() {
    return switch (kind) {
      case NAME, NUMBER, SIGN -> "`" + text + "`";
      case TEXT -> "the text `" + text + "`";
      case END -> "the end";
    };
  }
}
