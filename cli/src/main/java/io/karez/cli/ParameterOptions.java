package io.karez.cli;

import io.karez.text.Place;
import io.karez.text.Secrets;
import io.karez.text.ShellWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The options that say which parameters jobs have.
final class ParameterOptions {
  private static final String GROUPS = "--group-param --group_param -g";
  private static final String RANGES = "--range-param --range_param -R";
  private static final Set<String> HOLD_WORDS = Set.of((GROUPS + " " + RANGES).split(" "));

  List<String> groups = List.of();
  List<String> ranges = List.of();
  boolean sweep;
  @Nullable String table;
  String filter = "";
  @Nullable Path paramFile;

  void declare(Options options) {
    options
        .repeated(
            GROUPS,
            "GROUP",
            "arguments of one job, as for a shell; repeat it for more jobs",
            values -> groups = values)
        .repeated(
            RANGES,
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

  /// Words after `karez run` as they may be kept: also the secrets inside the values of options are
  /// hidden, `-g "--token ***"`.
  static List<String> hidden(List<String> typed) {
    List<String> shown = new ArrayList<>(typed);
    for (int i = 0; i < shown.size() && !shown.get(i).equals("--"); i++) {
      String word = shown.get(i);
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      if (HOLD_WORDS.contains(word) && i + 1 < shown.size()) {
        i++;
        shown.set(i, hidden(shown.get(i)));
      } else if (equals > 0 && HOLD_WORDS.contains(word.substring(0, equals))) {
        shown.set(i, word.substring(0, equals + 1) + hidden(word.substring(equals + 1)));
      }
    }
    return shown;
  }

  private static String hidden(String value) {
    List<String> words = ShellWords.split(value, Place.of("--group-param"));
    List<String> shown = Secrets.hidden(words);
    return shown.equals(words) ? value : ShellWords.quoteAll(shown);
  }

  /// Whether any is given that makes jobs.
  boolean areGiven() {
    return !groups.isEmpty() || !ranges.isEmpty() || table != null || paramFile != null;
  }
}
