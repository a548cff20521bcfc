package io.karez.inspect;

import io.karez.text.Decimals;

/// Amounts in the short forms in which they are asked for.
public final class Amounts {
  private static final String UNITS = "KMGTPE";

  private Amounts() {}

  /// `310M`, `3.9G`; `0.5K` is the least.
  public static String memory(long bytes) {
    double value = bytes / 1024.0;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.length() - 1) {
      value /= 1024;
      unit++;
    }
    String text = Decimals.fixed(value, value < 99.95 ? 1 : 0);
    return text.replaceFirst("\\.0$", "") + UNITS.charAt(unit);
  }

  /// `1.1`, `16`, `0.02`.
  public static String cores(double cores) {
    return cores > 0 && cores < 0.095
        ? Decimals.fixed(Math.max(cores, 0.01), 2)
        : Decimals.fixed(cores, 1).replaceFirst("\\.0$", "");
  }

  /// `48%`.
  public static String share(double share) {
    return Decimals.fixed(share * 100, share < 0.0995 && share > 0 ? 1 : 0) + "%";
  }
}
