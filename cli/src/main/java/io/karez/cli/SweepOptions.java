package io.karez.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of `run` that stand before the name only: programs have options of these names too.
final class SweepOptions {
  static final List<String> NAMES = List.of("--link", "--sample", "--sample-seed", "--replicas");

  @Option(
      names = "--link",
      paramLabel = "A,B",
      description = "axes that advance together; before NAME only")
  List<String> links = new ArrayList<>();

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "only N combinations, taken at random; before NAME only")
  @Nullable Long sample;

  @Option(
      names = "--sample-seed",
      paramLabel = "S",
      description =
          "the same seed takes the same combinations (default: ${DEFAULT-VALUE}); before NAME only")
  long sampleSeed;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description = "run every combination N times; before NAME only")
  int replicas = 1;
}
