package io.karez.expand;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;

/// Numbers of jobs.
final class Counts {
  private Counts() {}

  /// @throws InvalidInputException when the product is more than a `long` holds
  static long times(long some, long each) {
    try {
      return Math.multiplyExact(some, each);
    } catch (ArithmeticException e) {
      throw new InvalidInputException(
          Problem.of("the sweep has more combinations than can be counted, above 9.2e18"));
    }
  }
}
