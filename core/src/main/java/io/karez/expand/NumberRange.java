package io.karez.expand;

import io.karez.text.Decimals;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.math.BigDecimal;
import java.util.Optional;

/// Numbers at equal distances, as exact text.
///
/// Integers when start and step are written as integers; else decimals with as many places as the
/// longer of the two, at least one: `0 1 0.1` is `0.0, 0.1, ..., 0.9`.
///
/// @param size how many there are: the stop itself is not reached
record NumberRange(BigDecimal start, BigDecimal step, int places, long size) {
  /// Beyond the range of a double; exact arithmetic over more digits than that takes forever.
  private static final int MAX_SCALE = 400;

  String at(long index) {
    return start.add(step.multiply(BigDecimal.valueOf(index))).setScale(places).toPlainString();
  }

  /// Reads the three texts; all problems go to the collector, and then nothing comes back.
  ///
  /// @param what the range as written, for messages
  static Optional<NumberRange> read(
      String start, String stop, String step, String what, Place place, Problems problems) {
    Optional<BigDecimal> first = number(start, "start", what, place, problems);
    Optional<BigDecimal> end = number(stop, "stop", what, place, problems);
    Optional<BigDecimal> by = number(step, "step", what, place, problems);
    if (first.isEmpty() || end.isEmpty() || by.isEmpty()) {
      return Optional.empty();
    }
    if (by.get().signum() == 0) {
      problems.add(Problem.at(place, "the range `" + what + "` has step 0, so it would never end"));
      return Optional.empty();
    }
    BigDecimal length = end.get().subtract(first.get());
    if (length.signum() != by.get().signum()) {
      problems.add(
          Problem.at(
                  place,
                  "the range `"
                      + what
                      + "` is empty: from "
                      + start
                      + " to "
                      + stop
                      + " by "
                      + step)
              .hint("the stop is not part of a range, and a falling range needs a negative step"));
      return Optional.empty();
    }
    BigDecimal[] steps = length.divideAndRemainder(by.get());
    BigDecimal size = steps[1].signum() == 0 ? steps[0] : steps[0].add(BigDecimal.ONE);
    if (size.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      problems.add(
          Problem.at(place, "the range `" + what + "` has more values than can be counted"));
      return Optional.empty();
    }
    boolean whole = Decimals.isWhole(start) && Decimals.isWhole(step);
    int places = whole ? 0 : Math.max(1, Math.max(first.get().scale(), by.get().scale()));
    return Optional.of(new NumberRange(first.get(), by.get(), places, size.longValueExact()));
  }

  private static Optional<BigDecimal> number(
      String text, String role, String what, Place place, Problems problems) {
    Optional<BigDecimal> number =
        Decimals.read(text)
            .filter(n -> Math.abs(n.scale()) <= MAX_SCALE && n.precision() <= MAX_SCALE);
    if (number.isEmpty()) {
      problems.add(
          Problem.at(
              place,
              text.isEmpty()
                  ? "the %s of the range `%s` is missing".formatted(role, what)
                  : "the %s `%s` of the range `%s` is not a number".formatted(role, text, what)));
    }
    return number;
  }
}
