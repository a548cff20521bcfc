package io.karez.template;

import io.karez.text.Place;

/// A piece of a template.
///
/// @param text of data and strings what they say, of everything else how it is written
record Token(Kind kind, String text, Place at) {
  enum Kind {
    DATA,
    BLOCK_BEGIN,
    BLOCK_END,
    VARIABLE_BEGIN,
    VARIABLE_END,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  boolean is(Kind other) {
    return kind == other;
  }

  boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /// As a message shows it.
  String shown() {
    return switch (kind) {
      case DATA -> "text";
      case STRING -> "a string";
      case END -> "the end of the template";
      default -> "`%s`".formatted(text);
    };
  }
}
