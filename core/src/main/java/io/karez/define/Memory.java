package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An amount of memory.
///
/// @param bytes at least 1
public record Memory(long bytes) implements Comparable<Memory> {
  private static final Pattern TEXT =
      Pattern.compile(
          "([0-9]{1,19}(?:\\.[0-9]{1,15})?) *([KMGTP])(?:i?B)?", Pattern.CASE_INSENSITIVE);
  private static final String UNITS = "KMGTP";
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1L << 60);

  public Memory {
    if (bytes < 1) {
      throw new IllegalArgumentException("an amount of memory is at least 1 byte, not " + bytes);
    }
  }

  public static Memory ofMebibytes(long mebibytes) {
    return new Memory(Math.multiplyExact(mebibytes, 1L << 20));
  }

  /// Reads `2G`, `2GB`, `2GiB`, `1.5g`: units are powers of 1024 whatever their spelling, as
  /// schedulers count them, and part of a byte counts as a byte.
  ///
  /// A bare number is refused: Slurm would take it for megabytes, PBS for bytes, LSF for what its
  /// site has set.
  ///
  /// @throws InvalidInputException when the text is no amount of memory
  public static Memory parse(String text, Place place) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      Problem problem = Problem.at(place, "`%s` is not an amount of memory".formatted(text));
      boolean bare = text.strip().matches("[0-9]+");
      throw new InvalidInputException(
          problem.hint(
              bare
                  ? "say the unit, such as `%sM` or `%sG`".formatted(text.strip(), text.strip())
                  : "write a number and a unit, such as `512M`, `2G` or `1.5T`"));
    }
    int power = 1 + UNITS.indexOf(matcher.group(2).toUpperCase(Locale.ROOT));
    BigDecimal bytes =
        new BigDecimal(matcher.group(1))
            .multiply(BigDecimal.valueOf(1024).pow(power))
            .setScale(0, RoundingMode.CEILING);
    if (bytes.signum() == 0 || bytes.compareTo(LARGEST) > 0) {
      throw new InvalidInputException(
          Problem.at(place, "`%s` is not an amount of memory that a machine has".formatted(text)));
    }
    return new Memory(bytes.longValueExact());
  }

  /// In KiB, rounded up.
  public long kibibytes() {
    return Math.ceilDiv(bytes, 1L << 10);
  }

  /// In MiB, rounded up.
  public long mebibytes() {
    return Math.ceilDiv(bytes, 1L << 20);
  }

  /// In GiB, rounded up: 2049 MiB are 3.
  public long gibibytes() {
    return Math.ceilDiv(bytes, 1L << 30);
  }

  /// Part of a byte counts as a byte.
  public Memory times(BigDecimal factor) {
    BigDecimal product = BigDecimal.valueOf(bytes).multiply(factor);
    return new Memory(product.setScale(0, RoundingMode.CEILING).longValueExact());
  }

  @Override
  public int compareTo(Memory other) {
    return Long.compare(bytes, other.bytes);
  }

  /// Exact, in the largest unit that keeps it short, such as `2049M`; {@link #parse} reads it back.
  @Override
  public String toString() {
    int power = Math.min(UNITS.length(), Long.numberOfTrailingZeros(bytes) / 10);
    if (power > 0) {
      return (bytes >> (10 * power)) + UNITS.substring(power - 1, power);
    }
    return BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(1024)).toPlainString() + "K";
  }
}
