package io.karez.query;

import io.karez.text.Decimals;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// A value written in a query.
public sealed interface Literal {

  record Text(String text) implements Literal {}

  /// A number; `10`, `10.` and `1e1` are the same one.
  record Numeral(BigDecimal value) implements Literal {}

  record Truth(boolean value) implements Literal {}

  /// `None` or `null`.
  enum None implements Literal {
    NONE
  }

  /// The sign of `value - this`, or empty when the two cannot be compared.
  ///
  /// - a number and text that reads as a number compare as numbers: `10.` equals 10
  /// - text compares by its characters
  /// - truth values and None have no order: equal, or a difference without meaning
  default OptionalInt compare(Object value) {
    return switch (this) {
      case Text(String text) -> OptionalInt.of(value.toString().compareTo(text));
      case Numeral(BigDecimal number) -> compareNumber(value, number);
      case Truth(boolean truth) ->
          truth(value)
              .map(other -> OptionalInt.of(Boolean.compare(other, truth)))
              .orElse(OptionalInt.empty());
      case None.NONE -> OptionalInt.of(isNone(value) ? 0 : 1);
    };
  }

  private static OptionalInt compareNumber(Object value, BigDecimal number) {
    String text = value instanceof Boolean ? "" : value.toString();
    Optional<BigDecimal> exact = Decimals.read(text);
    if (exact.isPresent()) {
      return OptionalInt.of(exact.get().compareTo(number));
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> OptionalInt.of(1);
      case "-inf", "-infinity" -> OptionalInt.of(-1);
      default -> OptionalInt.empty();
    };
  }

  private static Optional<Boolean> truth(Object value) {
    return switch (value.toString().toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static boolean isNone(Object value) {
    return value == None.NONE || value.equals("None") || value.equals("null");
  }
}
