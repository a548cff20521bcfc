package io.karez.text;

import java.util.ArrayList;
import java.util.List;

/// Collects every problem of an input, so that all are reported at once and nothing is half-done.
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void add(Problem problem) {
    found.add(problem);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /// In the order they were found.
  public List<Problem> list() {
    return List.copyOf(found);
  }

  /// @throws InvalidInputException with all problems, if there is any
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidInputException(list());
    }
  }
}
