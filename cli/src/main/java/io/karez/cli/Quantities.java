package io.karez.cli;

import io.karez.text.Decimals;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;

/// Times and sizes as people read them.
final class Quantities {
  private static final String UNITS = "KMGTPE";

  private Quantities() {}

  /// `2026-01-31 09:05:00`, at the reader's place. A `ZoneId` would look for providers of time
  /// zones in every jar.
  static String moment(Instant instant, TimeZone zone) {
    long offset = zone.getOffset(instant.toEpochMilli()) / 1000;
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond() + offset, 0, ZoneOffset.UTC);
    return time.getSecond() == 0
        ? time.toString().replace('T', ' ') + ":00"
        : time.toString().replace('T', ' ');
  }

  /// `0.32 s`, `11.3 s`, `4 min 05 s`, `2 h 05 min`, `3 d 04 h`.
  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      long millis = Math.max(0, duration.toMillis());
      return Decimals.fixed(millis / 1000.0, millis < 10_000 ? 2 : 1) + " s";
    }
    if (seconds < 3600) {
      return pair(seconds / 60, "min", seconds % 60, "s");
    }
    return seconds < 86_400
        ? pair(seconds / 3600, "h", seconds / 60 % 60, "min")
        : pair(seconds / 86_400, "d", seconds / 3600 % 24, "h");
  }

  /// `512 B`, `1.5 KiB`, `3.0 GiB`.
  static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1023.95 && unit < UNITS.length() - 1) {
      value /= 1024;
      unit++;
    }
    return Decimals.fixed(value, 1) + " " + UNITS.charAt(unit) + "iB";
  }

  /// `1 job`, `3 jobs`.
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String pair(long large, String largeUnit, long small, String smallUnit) {
    return large + " " + largeUnit + (small < 10 ? " 0" : " ") + small + " " + smallUnit;
  }
}
