package io.karez.text;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/// Decimal numbers as people write them: `10`, `10.`, `.5`, `-1e-3`.
public final class Decimals {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?");
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  private Decimals() {}

  /// The exact value, or empty when the text is no decimal number; `nan` and `inf` are none.
  public static Optional<BigDecimal> read(String text) {
    return DECIMAL.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  /// Whether the text is written as an integer: `10` is, `10.` and `1e3` are not.
  public static boolean isWhole(String text) {
    return WHOLE.matcher(text).matches();
  }

  /// With so many decimals, rounded half up. Neither `String.format` nor `BigDecimal`: what they
  /// load took a tenth of a command's start-up.
  ///
  /// @param value not negative, and small enough for a `long` of its last decimals
  public static String fixed(double value, int decimals) {
    long unit = 1;
    for (int i = 0; i < decimals; i++) {
      unit *= 10;
    }
    long scaled = (long) Math.floor(value * unit + 0.5);
    String fraction = Long.toString(unit + scaled % unit).substring(1);
    return scaled / unit + (decimals == 0 ? "" : "." + fraction);
  }
}
