package io.karez.scheduler.slurm;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The settings that `scontrol show config` prints, those of control groups included.
record SlurmConfig(Map<String, String> values) {
  private static final Pattern LINE = Pattern.compile("(\\S+) *= (.*)");
  private static final String AS_OF = "Configuration data as of ";

  static SlurmConfig of(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.lines().toList()) {
      Matcher pair = LINE.matcher(line);
      if (pair.matches()) {
        values.putIfAbsent(pair.group(1), pair.group(2).strip());
      } else if (line.startsWith(AS_OF)) {
        values.put(AS_OF, line.substring(AS_OF.length()));
      }
    }
    return new SlurmConfig(values);
  }

  /// Empty also when there is none.
  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key))
        .filter(value -> !value.isEmpty() && !value.equals("(null)"));
  }

  Optional<Integer> count(String key) {
    return value(key).flatMap(SlurmFields::count);
  }

  /// Of `300 sec`.
  Optional<Integer> seconds(String key) {
    return value(key)
        .filter(value -> value.endsWith(" sec"))
        .flatMap(value -> SlurmFields.count(value.replace(" sec", "")));
  }

  boolean keepsAccounting() {
    return value("AccountingStorageType").filter(type -> !type.endsWith("/none")).isPresent();
  }

  /// The controller's clock, with `SLURM_TIME_FORMAT=%s`.
  Optional<Instant> asOf() {
    return value(AS_OF).flatMap(SlurmFields::moment);
  }
}
