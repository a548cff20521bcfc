package io.karez.cli;

import io.karez.site.Connections;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.ShellWords;
import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.Entry;
import io.karez.transfer.Listing;
import io.karez.transfer.Plan;
import io.karez.transfer.Selection;
import io.karez.transfer.TransferReport;
import io.karez.transport.TransportException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Copies parts of a project from a site. Nothing is removed here.
final class DownloadCommand implements Verb {
  /// Below the results: what a copy of a run keeps for itself, and what a tree of results knows of
  /// its own.
  private static final Pattern OWN =
      Pattern.compile(
          "\\.[^/]*(/.*)?"
              + "|[^/]+/run_[0-9]+/(events|fetched|sent|submitting[^/]*|\\.[^/]*)(/.*)?");

  private final TransferOptions options = new TransferOptions();

  @Override
  public void declare(Options declared) {
    options.declare(declared, "SITE PATHS...", "2..*");
    declared.footer(
        "",
        "Paths are those of the project here, whether they exist here or not; files keep their place."
            + " Only what differs is copied,",
        "in place of what has its name here. Nothing is removed.",
        "",
        "Examples:",
        "  karez download triton results/train/run_4",
        "  karez download triton results/train/run_4 --exclude '*.ckpt'");
  }

  @Override
  public int run(Console console) throws Exception {
    Reach reach = Reach.of(options.project.project());
    try (Connections _ = reach.connections()) {
      String again = "karez download " + ShellWords.quoteAll(options.words);
      return TransferWatch.over(console, again, () -> download(console, reach));
    }
  }

  private int download(Console console, Reach reach) throws Exception {
    Transfers transfers = Transfers.to(reach, options.words.getFirst(), options.uploader());
    List<String> paths = transfers.paths(options.words.subList(1, options.words.size()));
    Selection there = there(transfers, paths);
    Listing wanted =
        there.listing().without(options.rules()).filter(entry -> !isOwn(transfers, entry));
    Path root = transfers.project().root();
    TransferView view =
        new TransferView(
            console,
            transfers,
            "%s by %s".formatted(transfers.site().name(), transfers.uploader().name()));
    if (options.dryRun) {
      view.dryRun(
          Plan.of(wanted, DirectoryWalk.at(root, wanted.paths())),
          Listing.EMPTY,
          there.leftOut(),
          List.of(),
          options.json);
      return ExitCode.DONE;
    }
    Instant begin = reach.clock().instant();
    TransferReport report;
    try (TransferBar bar = new TransferBar(console)) {
      report = transfers.uploader().fetch(wanted, transfers.directory(), root, bar);
    }
    Duration time = Duration.between(begin, reach.clock().instant());
    return view.done(report, 0, report.failed(), there.leftOut(), time, options.json);
  }

  /// What lies there, and the directories that lead to it.
  private static Selection there(Transfers transfers, List<String> paths)
      throws TransportException {
    List<String> all = new ArrayList<>(paths);
    for (String path : paths) {
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        all.add(path.substring(0, slash));
      }
    }
    Listing named = transfers.uploader().at(transfers.directory(), all);
    Set<String> known = new HashSet<>(named.paths());
    Problems problems = new Problems();
    paths.stream()
        .filter(path -> !known.contains(path))
        .forEach(path ->
            problems.add(
                Problem.of(
                    "there is no `%s` in `%s` on `%s`"
                        .formatted(path, transfers.directory(), transfers.site().name()))));
    problems.throwIfAny();
    Selection below = transfers.uploader().below(transfers.directory(), paths, List.of());
    if (below.listing().entries().isEmpty()) {
      throw new InvalidInputException(
          Problem.of(
              "there is nothing in `%s` on `%s`"
                  .formatted(transfers.directory(), transfers.site().name())));
    }
    List<Entry> entries = new ArrayList<>(below.listing().entries());
    Set<String> asked = new HashSet<>(paths);
    for (Entry entry : named.entries()) {
      if (!asked.contains(entry.path())) {
        entries.add(
            entry instanceof Entry.Directory ? entry : new Entry.Directory(entry.path(), 0755));
      }
    }
    return new Selection(new Listing(entries), below.leftOut(), below.rules());
  }

  private static boolean isOwn(Transfers transfers, Entry entry) {
    return transfers
        .results()
        .filter(results -> entry.path().startsWith(results + "/"))
        .filter(results -> OWN.matcher(entry.path().substring(results.length() + 1)).matches())
        .isPresent();
  }
}
