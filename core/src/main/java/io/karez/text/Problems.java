package io.karez.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Collects every problem of an input, so that all are reported at once and nothing is half-done.
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void add(Problem problem) {
    found.add(problem);
  }

  /// Something that can be refused; the next thing can be looked at all the same.
  public interface Attempt<T, E extends Exception> {
    T make() throws E;
  }

  /// What comes of it; empty when it is refused, with the reasons among the problems.
  public <T, E extends Exception> Optional<T> attempt(Attempt<T, E> attempt) throws E {
    try {
      return Optional.of(attempt.make());
    } catch (InvalidInputException e) {
      found.addAll(e.problems());
      return Optional.empty();
    }
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
