package io.karez.cli;

/// One command.
interface Verb {

  /// Says what it takes.
  void declare(Options options);

  /// @return the exit code
  /// @throws Exception any; {@link Main} says it and chooses the exit code
  int run(Console console) throws Exception;
}
