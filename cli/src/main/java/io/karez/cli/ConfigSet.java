package io.karez.cli;

import io.karez.project.Settings;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.util.List;
import java.util.Optional;

/// Changes one setting.
final class ConfigSet implements Verb {
  private final ConfigScope scope = new ConfigScope();
  private List<String> words = List.of();

  @Override
  public void declare(Options options) {
    options.words(
        "KEY VALUE",
        "0..*",
        "a key with dots between its levels, and its new value",
        typed -> words = typed);
    scope.declare(options);
    options
        .synopsis("karez config set [OPTIONS] KEY VALUE")
        .footer(
            "",
            "A value that begins with `-` goes after `--`.",
            "",
            "Examples:",
            "  karez config set slurm.default.--time 2:00:00",
            "  karez config set git.dirty refuse");
  }

  @Override
  public int run(Console console) {
    if (words.size() != 2) {
      throw new InvalidInputException(
          Problem.of(
                  "a key and a value are expected, not %s"
                      .formatted(Quantities.count(words.size(), "word")))
              .hint("such as `karez config set result_dir runs`"));
    }
    Settings settings = scope.settings();
    Optional<MovedResults> results = scope.results();
    settings.set(words.get(0), words.get(1));
    console.out().println("`%s` is set in `%s`".formatted(words.get(0), settings.source()));
    console.out().flush();
    results.ifPresent(moved -> moved.say(console));
    return ExitCode.DONE;
  }
}
