package io.karez.cli;

/// One command, as picocli has filled it.
interface Verb {

  /// @return the exit code
  /// @throws Exception any; {@link Main} says it and chooses the exit code
  int run(Console console) throws Exception;
}
