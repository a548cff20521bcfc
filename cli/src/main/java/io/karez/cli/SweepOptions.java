package io.karez.cli;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Options of `run` that stand before the name only: programs have options of these names too.
final class SweepOptions {
  static final Set<String> NAMES = Set.of("--link", "--sample", "--sample-seed", "--replicas");

  List<String> links = List.of();
  @Nullable Long sample;
  long sampleSeed;
  int replicas = 1;

  void declare(Options options) {
    options
        .repeated(
            "--link",
            "A,B",
            "axes that advance together; before NAME only",
            values -> links = values)
        .typed(
            "--sample",
            "N",
            Long.class,
            "only N combinations, taken at random; before NAME only",
            value -> sample = value)
        .typed(
            "--sample-seed",
            "S",
            Long.class,
            "the same seed takes the same combinations (default: 0); before NAME only",
            value -> sampleSeed = value)
        .typed(
            "--replicas",
            "N",
            Integer.class,
            "run every combination N times; before NAME only",
            value -> replicas = value);
  }
}
