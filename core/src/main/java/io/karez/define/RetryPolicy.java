package io.karez.define;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which jobs of a run are tried again without being asked for, and with what.
///
/// @param rules by the cause of a job's end
public record RetryPolicy(Map<Cause, Again> rules) {
  public static final RetryPolicy NONE = new RetryPolicy(Map.of());

  /// How often as much: `x2`, `x1.5`.
  public static final Pattern TIMES = Pattern.compile("x([0-9]{1,3}(?:\\.[0-9]{1,3})?)");

  /// @param times how many further attempts a job gets at most, at least 1
  /// @param memory for a batch system: an amount, or `x2`; empty for as much as before
  /// @param time for a batch system: an amount, or `x1.5`; empty for as long as before
  public record Again(int times, Optional<String> memory, Optional<String> time) {}

  public RetryPolicy {
    Map<Cause, Again> copy = new EnumMap<>(Cause.class);
    copy.putAll(rules);
    rules = Collections.unmodifiableMap(copy);
  }

  /// In the shape of its text.
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    rules.forEach((cause, again) -> {
      Map<String, Object> rule = new LinkedHashMap<>();
      rule.put("times", again.times());
      again.memory().ifPresent(memory -> rule.put("memory", memory));
      again.time().ifPresent(time -> rule.put("time", time));
      fields.put(cause.word(), rule);
    });
    return fields;
  }
}
