package io.karez.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Floating-point numbers with a chosen number of digits, as C's `printf` writes them.
final class Numbers {
  private Numbers() {}

  /// With so many digits after the point; of two equally near the even one, as the binary number
  /// is.
  static String fixed(double value, int digits) {
    return isSpecial(value)
        ? Texts.number(value)
        : sign(value)
            + new BigDecimal(Math.abs(value))
                .setScale(digits, RoundingMode.HALF_EVEN)
                .toPlainString();
  }

  static String scientific(double value, int digits) {
    if (isSpecial(value)) {
      return Texts.number(value);
    }
    BigDecimal rounded = rounded(value, digits + 1);
    int exponent = value == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    StringBuilder shown = new StringBuilder(rounded.unscaledValue().toString());
    while (shown.length() < digits + 1) {
      shown.append('0');
    }
    shown.setLength(digits + 1);
    if (digits > 0) {
      shown.insert(1, '.');
    }
    return "%s%se%s%02d"
        .formatted(sign(value), shown, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /// With so many digits in all, and an exponent only where that is shorter.
  static String general(double value, int digits) {
    if (isSpecial(value)) {
      return Texts.number(value);
    }
    int significant = Math.max(1, digits);
    BigDecimal rounded = rounded(value, significant);
    int exponent = value == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < significant) {
      return withoutZeros(fixed(value, significant - 1 - exponent));
    }
    String text = scientific(value, significant - 1);
    int e = text.indexOf('e');
    return withoutZeros(text.substring(0, e)) + text.substring(e);
  }

  private static BigDecimal rounded(double value, int digits) {
    return new BigDecimal(Math.abs(value)).round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private static boolean isSpecial(double value) {
    return Double.isNaN(value) || Double.isInfinite(value);
  }

  private static String sign(double value) {
    return value < 0 || (value == 0 && 1 / value < 0) ? "-" : "";
  }

  private static String withoutZeros(String text) {
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
