package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads and writes limits of wall clock time.
///
/// - with units: `1h`, `30m`, `45s`, `2d`, and descending sums such as `1d12h` or `1h30m`
/// - as Slurm reads them (sbatch manual, `--time`): `MINUTES`, `MINUTES:SECONDS`,
///   `HOURS:MINUTES:SECONDS`, `DAYS-HOURS`, `DAYS-HOURS:MINUTES`, `DAYS-HOURS:MINUTES:SECONDS`; so
///   `90` is an hour and a half and `10:00` is ten minutes, whatever the scheduler
public final class WallTime {
  private static final Pattern UNITS =
      Pattern.compile("(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,7})m)?(?:([0-9]{1,9})s)?");
  private static final Pattern DAYS =
      Pattern.compile("([0-9]{1,6})-([0-9]{1,2})(?::([0-9]{1,2}))?(?::([0-9]{1,2}))?");
  private static final Pattern HOURS = Pattern.compile("([0-9]{1,6}):([0-9]{1,2}):([0-9]{1,2})");
  private static final Pattern MINUTES = Pattern.compile("([0-9]{1,7})(?::([0-9]{1,2}))?");

  private WallTime() {}

  /// @throws InvalidInputException when the text is no time, or none at all
  public static Duration parse(String text, Place place) {
    String time = text.strip();
    Optional<Duration> duration =
        time.isEmpty()
            ? Optional.empty()
            : days(time).or(() -> hours(time)).or(() -> minutes(time)).or(() -> units(time));
    if (duration.isEmpty()) {
      throw new InvalidInputException(
          Problem.at(place, "`%s` is not a time limit".formatted(text))
              .hint(
                  "write it as `90m`, `1h30m`, `10:00:00` or `1-00:00:00` (days-hours:minutes:seconds)"));
    }
    if (duration.get().isZero()) {
      throw new InvalidInputException(
          Problem.at(place, "a time limit of zero leaves the program no time"));
    }
    return duration.get();
  }

  /// As `HH:MM:SS`, from a day on as `D-HH:MM:SS`; part of a second counts as a second. {@link
  /// #parse} reads it back.
  public static String format(Duration time) {
    Duration whole = time.getNano() == 0 ? time : Duration.ofSeconds(time.getSeconds() + 1);
    String clock =
        "%02d:%02d:%02d"
            .formatted(whole.toHoursPart(), whole.toMinutesPart(), whole.toSecondsPart());
    return whole.toDaysPart() == 0 ? clock : whole.toDaysPart() + "-" + clock;
  }

  /// For people: `0:10:00`, `1-00:00:00`; part of a second is left out.
  public static String shown(Duration time) {
    return format(Duration.ofSeconds(time.toSeconds())).replaceFirst("^0", "");
  }

  /// In minutes, rounded up.
  public static long minutes(Duration time) {
    long seconds = time.getNano() == 0 ? time.getSeconds() : time.getSeconds() + 1;
    return Math.ceilDiv(seconds, 60L);
  }

  private static Optional<Duration> days(String text) {
    Matcher m = DAYS.matcher(text);
    return m.matches()
        ? clock(part(m, 1), 24, part(m, 2), part(m, 3), part(m, 4))
        : Optional.empty();
  }

  private static Optional<Duration> hours(String text) {
    Matcher m = HOURS.matcher(text);
    return m.matches()
        ? clock(0, Long.MAX_VALUE, part(m, 1), part(m, 2), part(m, 3))
        : Optional.empty();
  }

  private static Optional<Duration> minutes(String text) {
    Matcher m = MINUTES.matcher(text);
    return m.matches() && part(m, 2) < 60
        ? Optional.of(Duration.ofMinutes(part(m, 1)).plusSeconds(part(m, 2)))
        : Optional.empty();
  }

  private static Optional<Duration> units(String text) {
    Matcher m = UNITS.matcher(text);
    return m.matches()
        ? Optional.of(
            Duration.ofDays(part(m, 1))
                .plusHours(part(m, 2))
                .plusMinutes(part(m, 3))
                .plusSeconds(part(m, 4)))
        : Optional.empty();
  }

  private static Optional<Duration> clock(
      long days, long hoursBelow, long hours, long minutes, long seconds) {
    return hours < hoursBelow && minutes < 60 && seconds < 60
        ? Optional.of(
            Duration.ofDays(days).plusHours(hours).plusMinutes(minutes).plusSeconds(seconds))
        : Optional.empty();
  }

  private static long part(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
