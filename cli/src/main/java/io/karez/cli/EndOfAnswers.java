package io.karez.cli;

/// The person has closed the input (Ctrl-D) instead of answering.
final class EndOfAnswers extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EndOfAnswers() {
    super("no answer, so nothing was changed");
  }
}
