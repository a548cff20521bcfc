package io.karez.cli;

import io.karez.launch.Transfers;
import io.karez.site.Connections;
import io.karez.site.Reach;
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
import io.karez.transfer.Unfit;
import io.karez.transport.TransportException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Copies the project, or parts of it, to a site. Results never go along, and on the site nothing
/// is removed unless that is asked for.
final class UploadCommand implements Verb {
  private static final int MOST_SHOWN = 50;

  private final TransferOptions options = new TransferOptions();
  private boolean delete;
  private boolean yes;

  @Override
  public void declare(Options declared) {
    options.declare(declared, "SITE [PATHS...]", "1..*");
    declared
        .flag(
            "--delete",
            "remove from the site what is not here, after a list and a question",
            () -> delete = true)
        .flag("--yes -y", "do not ask", () -> yes = true)
        .footer(
            "",
            "Files keep their place in the project; without PATHS all of it goes. Only what differs"
                + " is copied. `.git`, results and what `.karezignore` names (as `.gitignore` does)"
                + " stay here. Results on the site are never touched.",
            "",
            "Examples:",
            "  karez upload triton",
            "  karez upload triton data/train --exclude '*.tmp' --dry-run");
  }

  @Override
  public int run(Console console) throws Exception {
    Reach reach = Reach.of(options.project.project());
    try (Connections _ = reach.connections()) {
      String again = "karez upload " + ShellWords.quoteAll(options.words);
      return TransferWatch.over(console, again, () -> upload(console, reach));
    }
  }

  private int upload(Console console, Reach reach) throws Exception {
    Transfers transfers = Transfers.to(reach, options.words.getFirst(), options.uploader());
    List<String> paths = transfers.paths(options.words.subList(1, options.words.size()));
    Path root = transfers.project().root();
    requireOwnPaths(transfers, paths);
    transfers.uploader().connect();
    Selection selected = DirectoryWalk.of(root, paths, transfers.apart(), options.rules());
    requireSomething(selected, paths);
    Listing gone = delete ? gone(transfers, paths, selected) : Listing.EMPTY;
    TransferView view =
        new TransferView(
            console,
            transfers,
            "%s by %s".formatted(transfers.site().name(), transfers.uploader().name()));
    if (options.dryRun) {
      Listing there = transfers.uploader().at(transfers.directory(), selected.listing().paths());
      view.dryRun(
          Plan.of(selected.listing(), there),
          gone,
          selected.leftOut(),
          transfers.uploader().shown(root, transfers.directory()),
          options.json);
      return ExitCode.DONE;
    }
    if (!gone.entries().isEmpty() && !mayGo(console, transfers, gone)) {
      return ExitCode.FAILED;
    }
    Instant begin = reach.clock().instant();
    TransferReport report;
    try (TransferBar bar = new TransferBar(console)) {
      boolean all = paths.isEmpty() && options.excludesNothing();
      report = transfers.send(selected.listing(), all, bar);
    }
    List<Unfit> failed = new ArrayList<>(report.failed());
    int removed = 0;
    if (failed.isEmpty() && !gone.entries().isEmpty()) {
      failed.addAll(transfers.remove(gone));
      removed = gone.entries().size() - failed.size();
    }
    Duration time = Duration.between(begin, reach.clock().instant());
    int code = view.done(report, removed, failed, selected.leftOut(), time, options.json);
    if (report.files() + removed > 0) {
      new CodeThere(transfers.project())
          .warning(reach, transfers.site().name())
          .ifPresent(console.err()::println);
    }
    return code;
  }

  private static void requireOwnPaths(Transfers transfers, List<String> paths) {
    Path root = transfers.project().root();
    if (transfers.place().filter(root::equals).isPresent()) {
      throw new InvalidInputException(
          Problem.of(
              "the site `%s` is this project; there is nothing to copy"
                  .formatted(transfers.site().name())));
    }
    Problems problems = new Problems();
    for (String path : paths) {
      if (transfers.isResult(path)) {
        problems.add(
            Problem.of("`%s` are results, which stay where they were made".formatted(path))
                .hint("`karez download` brings results of a site here"));
      } else if (!Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
        problems.add(Problem.of("there is no `%s` in the project".formatted(path)));
      }
    }
    problems.throwIfAny();
  }

  private static void requireSomething(Selection selected, List<String> paths) {
    Set<String> known = new HashSet<>(selected.listing().paths());
    selected.leftOut().forEach(unfit -> known.add(unfit.path()));
    Problems problems = new Problems();
    for (String path : paths) {
      if (!known.contains(path)) {
        problems.add(
            Problem.of("`%s` is left out".formatted(path))
                .hint("`.karezignore` or `--exclude` says so, or it lies in `.git`"));
      }
    }
    problems.throwIfAny();
  }

  /// What is there, but not here. What is left out here is no business of this command there, nor
  /// are runs, wherever they lie.
  private static Listing gone(Transfers transfers, List<String> paths, Selection selected)
      throws TransportException {
    Set<String> here = new HashSet<>(selected.listing().paths());
    selected.leftOut().forEach(unfit -> here.add(unfit.path()));
    List<String> asked = transfers.uploader().at(transfers.directory(), paths).paths();
    if (!paths.isEmpty() && asked.isEmpty()) {
      return Listing.EMPTY;
    }
    List<String> results = transfers.results().map(List::of).orElse(List.of("results"));
    Listing there = transfers.uploader().below(transfers.directory(), asked, results).listing();
    Set<String> runs =
        there.paths().stream()
            .filter(path -> path.endsWith("/run.json"))
            .map(path -> path.substring(0, path.length() - "/run.json".length()))
            .collect(Collectors.toSet());
    return there
        .without(selected.rules())
        .filter(entry ->
            !here.contains(entry.path())
                && results.stream().noneMatch(path -> path.startsWith(entry.path() + "/"))
                && runs.stream().noneMatch(run -> isOf(entry, run)));
  }

  /// Whether something belongs to a run, or is a directory around it.
  private static boolean isOf(Entry entry, String run) {
    return entry.path().equals(run)
        || entry.path().startsWith(run + "/")
        || run.startsWith(entry.path() + "/");
  }

  private boolean mayGo(Console console, Transfers transfers, Listing gone) {
    List<String> paths = gone.paths();
    for (String path : paths.subList(0, Math.min(MOST_SHOWN, paths.size()))) {
      console.err().println("  " + Printable.onLine(path));
    }
    if (paths.size() > MOST_SHOWN) {
      console
          .err()
          .println("  and %d more (`--dry-run` shows all)".formatted(paths.size() - MOST_SHOWN));
    }
    return Confirmation.of(
        console,
        "remove %s from `%s` on `%s`?"
            .formatted(
                paths.size() == 1 ? "this" : "these " + paths.size(),
                transfers.directory(),
                transfers.site().name()),
        yes);
  }
}
