package io.karez.cli;

import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Problem;
import io.karez.transfer.IgnoreRules;
import java.util.List;
import java.util.Optional;

/// What `upload` and `download` have in common.
final class TransferOptions {
  private static final List<String> UPLOADERS = List.of("rsync", "sftp", "copy");

  final ProjectOptions project = new ProjectOptions();
  List<String> words = List.of();
  private List<String> excluded = List.of();
  private Optional<String> uploader = Optional.empty();
  boolean dryRun;
  boolean json;

  void declare(Options options, String label, String arity) {
    project.declare(options);
    options
        .words(label, arity, "a site, and paths of the project", given -> words = given)
        .repeated(
            "--exclude",
            "PATTERN",
            "leave this out, as a line of `.karezignore` does",
            given -> excluded = given)
        .value(
            "--uploader",
            "NAME",
            "`rsync` or `sftp`; otherwise the site's, or `rsync` where both ends have it",
            given -> uploader = Optional.of(known(given)))
        .flag("--dry-run --dry_run", "only say what would be copied", () -> dryRun = true)
        .flag("--json", "one JSON document", () -> json = true);
  }

  IgnoreRules rules() {
    return IgnoreRules.excluding(excluded);
  }

  boolean excludesNothing() {
    return excluded.isEmpty();
  }

  Optional<String> uploader() {
    return uploader;
  }

  private static String known(String name) {
    if (!UPLOADERS.contains(name)) {
      throw new InvalidInputException(
          Problem.of("there is no uploader `%s`".formatted(name))
              .hint(
                  Nearest.to(name, UPLOADERS)
                      .map("did you mean `%s`?"::formatted)
                      .orElse("there are `%s`".formatted(String.join("`, `", UPLOADERS)))));
    }
    return name;
  }
}
