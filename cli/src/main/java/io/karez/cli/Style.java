package io.karez.cli;

/// Colours by what they mean. None says anything that a word beside it does not.
enum Style {
  PLAIN(""),
  HEAD("1"),
  FAINT("2"),
  GOOD("32"),
  ACTIVE("36"),
  BAD("31"),
  ODD("33");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  String paint(String text, boolean color) {
    return color && !code.isEmpty() && !text.isEmpty()
        ? "\033[" + code + "m" + text + "\033[0m"
        : text;
  }
}
