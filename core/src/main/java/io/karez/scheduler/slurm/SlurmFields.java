package io.karez.scheduler.slurm;

import io.karez.define.Memory;
import io.karez.scheduler.IndexRanges;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The small notations of Slurm's replies. What cannot be read is empty: it spoils nothing else.
final class SlurmFields {
  private static final Pattern CLOCK =
      Pattern.compile(
          "(?:([0-9]{1,6})-)?(?:([0-9]{1,6}):)?([0-9]{1,6}):([0-9]{1,2})(?:\\.([0-9]{3})?[0-9]*)?");
  private static final int MOST = IndexRanges.MOST;

  private SlurmFields() {}

  /// `2-03:04:05`, `03:04:05`, `04:05`, `04:05.678`; not `UNLIMITED` and the like.
  static Optional<Duration> duration(String text) {
    Matcher m = CLOCK.matcher(text.strip());
    return m.matches()
        ? Optional.of(
            Duration.ofDays(part(m, 1))
                .plusHours(part(m, 2))
                .plusMinutes(part(m, 3))
                .plusSeconds(part(m, 4))
                .plusMillis(part(m, 5)))
        : Optional.empty();
  }

  private static long part(Matcher m, int group) {
    return m.group(group) == null ? 0 : Long.parseLong(m.group(group));
  }

  /// Seconds since the epoch, as `SLURM_TIME_FORMAT=%s` makes them.
  static Optional<Instant> moment(String text) {
    return text.strip().matches("[0-9]{1,11}")
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text.strip())))
        : Optional.empty();
  }

  static Optional<Integer> count(String text) {
    return text.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  /// `4G`, `3412K`, `1.5G`; MiB where no unit stands. Nothing and `0`, which stands for all that a
  /// node has, are no amounts.
  static Optional<Memory> memory(String text) {
    String amount = text.strip().matches("[0-9]+") ? text.strip() + "M" : text;
    try {
      return Optional.of(Memory.parse(amount, Place.of("memory")));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  /// The value of `KEY=VALUE` among others on a line; empty also when it says that there is none.
  static Optional<String> named(String line, String key) {
    Matcher m = Pattern.compile("(?:^|\\s)" + Pattern.quote(key) + "=(\\S*)").matcher(line);
    return m.find()
        ? Optional.of(m.group(1)).filter(value -> !value.isEmpty() && !value.equals("(null)"))
        : Optional.empty();
  }

  /// The names in `n[01-03,7],login`, in their order; none when that cannot be read.
  static List<String> hosts(String text) {
    List<String> hosts = new ArrayList<>();
    Matcher part = HOSTS.matcher(text.strip());
    int end = 0;
    while (part.lookingAt()) {
      List<String> some = ranges(part.group(2), part.group(1), part.group(3));
      if (some.isEmpty() || hosts.size() + some.size() > MOST) {
        return List.of();
      }
      hosts.addAll(some);
      end = part.end();
      part.region(end, text.strip().length());
    }
    return end == text.strip().length() ? hosts : List.of();
  }

  private static final Pattern HOSTS =
      Pattern.compile("([A-Za-z0-9._-]+)(?:\\[([0-9,-]+)]([A-Za-z0-9._-]*))?(?:,|$)");

  /// @param ranges null for the name alone
  private static List<String> ranges(@Nullable String ranges, String before, String after) {
    if (ranges == null) {
      return List.of(before);
    }
    List<String> names = new ArrayList<>();
    for (String range : ranges.split(",")) {
      String[] ends = range.split("-", 2);
      Optional<Integer> first = count(ends[0]);
      Optional<Integer> last = count(ends[ends.length - 1]);
      if (first.isEmpty() || last.isEmpty() || last.get() - first.get() > MOST) {
        return List.of();
      }
      for (int number = first.get(); number <= last.get(); number++) {
        String digits = Integer.toString(number);
        String zeros = "0".repeat(Math.max(0, ends[0].length() - digits.length()));
        names.add(before + zeros + digits + after);
      }
    }
    return names;
  }
}
