package io.karez.template;

import java.math.BigInteger;
import java.util.AbstractList;

/// Python's `range`.
///
/// @param step not 0
record Range(BigInteger start, BigInteger stop, BigInteger step) {
  /// More than any template means.
  private static final BigInteger MOST = BigInteger.valueOf(10_000_000);

  /// @throws Failure when it is longer than anything that is meant
  AbstractList<Object> list() {
    BigInteger between = step.signum() > 0 ? stop.subtract(start) : start.subtract(stop);
    BigInteger count =
        between.signum() <= 0
            ? BigInteger.ZERO
            : between.add(step.abs()).subtract(BigInteger.ONE).divide(step.abs());
    if (count.compareTo(MOST) > 0) {
      throw Failure.of("a range of %s numbers is too long".formatted(count));
    }
    int size = count.intValueExact();
    return new AbstractList<>() {
      @Override
      public Object get(int index) {
        java.util.Objects.checkIndex(index, size);
        return start.add(step.multiply(BigInteger.valueOf(index)));
      }

      @Override
      public int size() {
        return size;
      }
    };
  }
}
