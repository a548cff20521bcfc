package io.karez.text;

import java.time.Instant;
import java.time.LocalDate;

/// Reads times as Karez writes them. `Instant.parse` is general, and at a start-up dear: it was a
/// quarter of `status` for a hundred runs.
final class Instants {
  private Instants() {}

  /// @param text ISO-8601 in UTC, `2026-01-31T09:30:47.123456789Z`, with any number of decimals or
  ///   none
  /// @throws java.time.DateTimeException when it is no time
  static Instant read(String text) {
    // an array, because `charAt` is four calls to an interpreter
    char[] c = text.toCharArray();
    if (!isOurs(c)) {
      return Instant.parse(text);
    }
    long day = LocalDate.of(number(c, 0, 4), number(c, 5, 7), number(c, 8, 10)).toEpochDay();
    long second = number(c, 11, 13) * 3600L + number(c, 14, 16) * 60L + number(c, 17, 19);
    int decimals = Math.max(0, c.length - 21);
    long nano = decimals == 0 ? 0 : number(c, 20, 20 + decimals);
    for (int i = decimals; i < 9; i++) {
      nano *= 10;
    }
    return Instant.ofEpochSecond(day * 86_400 + second, nano);
  }

  private static boolean isOurs(char[] c) {
    if (c.length < 20 || c.length == 21 || c.length > 30) {
      return false;
    }
    boolean separated =
        c[4] == '-'
            && c[7] == '-'
            && c[10] == 'T'
            && c[13] == ':'
            && c[16] == ':'
            && c[19] == (c.length == 20 ? 'Z' : '.')
            && c[c.length - 1] == 'Z';
    // whatever else is odd (24:00, a leap second) is left to the general reader
    return separated
        && number(c, 0, 4) >= 0
        && number(c, 5, 7) >= 0
        && number(c, 8, 10) >= 0
        && isBelow(number(c, 11, 13), 24)
        && isBelow(number(c, 14, 16), 60)
        && isBelow(number(c, 17, 19), 60)
        && (c.length == 20 || number(c, 20, c.length - 1) >= 0);
  }

  private static boolean isBelow(int number, int limit) {
    return number >= 0 && number < limit;
  }

  /// At most nine digits; -1 when they are others than 0 to 9.
  private static int number(char[] c, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = c[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
