package io.karez.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The options that say which parameters jobs have.
final class ParameterOptions {
  List<String> groups = List.of();
  List<String> ranges = List.of();
  boolean sweep;
  @Nullable String table;
  String filter = "";
  @Nullable Path paramFile;

  void declare(Options options) {
    options
        .repeated(
            "--group-param --group_param -g",
            "GROUP",
            "arguments of one job, as for a shell; repeat it for more jobs",
            values -> groups = values)
        .repeated(
            "--range-param --range_param -R",
            "RANGE",
            "`OPTION START STOP STEP`; repeated ranges are combined",
            values -> ranges = values)
        .flag(
            "--sweep",
            "read arguments in Hydra's sweep syntax: `lr=10.,1. seed=range(1,4)`",
            () -> sweep = true)
        .value(
            "--table",
            "F",
            "one job for each row of a .csv, .json or .jsonl file; `-` for standard input",
            value -> table = value)
        .value(
            "--filter",
            "Q",
            "only combinations for which this holds: `lr < 1 & seed in [1, 2]`",
            value -> filter = value)
        .typed(
            "--param-file --param_file -f",
            "F",
            Path.class,
            "a YAML file of fixed and varying arguments",
            value -> paramFile = value);
  }

  /// Whether any is given that makes jobs.
  boolean areGiven() {
    return !groups.isEmpty() || !ranges.isEmpty() || table != null || paramFile != null;
  }
}
