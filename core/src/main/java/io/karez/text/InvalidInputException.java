package io.karez.text;

import java.util.List;
import java.util.stream.Collectors;

/// The input cannot be used; nothing was done. The command line ends with exit code 2.
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public InvalidInputException(List<Problem> problems) {
    super(problems.stream().map(Problem::sentence).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public InvalidInputException(Problem problem) {
    this(List.of(problem));
  }

  /// At least one, in the order they were found.
  public List<Problem> problems() {
    return problems;
  }
}
