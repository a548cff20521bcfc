package io.karez.doctor;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What `survey.sh` has said of a site.
///
/// @param lines the values of each key, in the order in which they were said
record Survey(Map<String, List<String>> lines) {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,12})?");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
  private static final int ROUNDS = 20;

  static Survey read(String text) {
    Map<String, List<String>> lines = new HashMap<>();
    for (String line : text.lines().toList()) {
      String[] parts = line.split(" ", 2);
      if (parts.length == 2) {
        lines.merge(
            parts[0],
            List.of(parts[1]),
            (one, other) -> Stream.concat(one.stream(), other.stream()).toList());
      }
    }
    return new Survey(Map.copyOf(lines));
  }

  List<String> all(String key) {
    return lines.getOrDefault(key, List.of());
  }

  Optional<String> one(String key) {
    return all(key).stream().filter(value -> !value.isBlank()).findFirst();
  }

  /// Where a program lies there.
  Optional<String> program(String name) {
    return one("program." + name).map(said -> said.split(" ", 2)[0]);
  }

  /// The first line of what a program says of its version.
  String version(String name) {
    String[] parts = one("program." + name).orElse("").split(" ", 2);
    return parts.length == 2 ? parts[1] : "";
  }

  Optional<Instant> moment(String key) {
    Matcher seconds = SECONDS.matcher(one(key).orElse("").replaceAll("[^0-9.].*", ""));
    return seconds.matches()
        ? Optional.of(
            Instant.EPOCH.plusNanos(new BigDecimal(seconds.group()).movePointRight(9).longValue()))
        : Optional.empty();
  }

  /// The directory's measures, as far as they could be taken.
  DirectoryProbe directory() {
    long[] disk = numbers("disk", 1, 2);
    long[] work = numbers("work", 0, 1);
    Instant before = moment("before").orElse(Instant.EPOCH);
    Instant written = moment("written").orElse(before);
    return new DirectoryProbe(
        Path.of(one("directory").orElse("/")),
        one("disk").orElse("unknown").split(" ")[0],
        disk[1] * 1024,
        disk[0] * 1024,
        one("trouble"),
        Duration.ofNanos((work[1] - work[0]) / ROUNDS),
        Duration.between(before, written));
  }

  /// How many files may still be made; some file systems make files as they go and say 0 of 0.
  Optional<Long> freeFiles() {
    long[] files = numbers("files", 0, 1);
    return files[0] > 0 ? Optional.of(files[1]) : Optional.empty();
  }

  private long[] numbers(String key, int first, int second) {
    String[] words = one(key).orElse("").split(" ");
    return new long[] {number(words, first), number(words, second)};
  }

  private static long number(String[] words, int place) {
    return place < words.length && WHOLE.matcher(words[place]).matches()
        ? Long.parseLong(words[place])
        : 0;
  }
}
