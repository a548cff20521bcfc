package io.karez.query;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What makes one number of a metric's series.
public enum MetricFunction {
  MIN,
  MAX,
  MEAN,
  FIRST,
  LAST;

  /// As written in a query: `min`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<MetricFunction> of(String word) {
    return Arrays.stream(values()).filter(function -> function.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(MetricFunction::word).toList();
  }
}
