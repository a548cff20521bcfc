package io.karez.cli;

import io.karez.define.RunId;
import io.karez.define.SitePlace;
import io.karez.launch.Transfers;
import io.karez.project.Places;
import io.karez.site.Connections;
import io.karez.site.Reach;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunStore;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.ShellWords;
import io.karez.transfer.Entry;
import io.karez.transfer.IgnoreRules;
import io.karez.transfer.Listing;
import io.karez.transfer.Plan;
import io.karez.transfer.Selection;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Uploader;
import io.karez.transport.TransportException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Copies parts of a project from a site. Nothing is removed here.
final class DownloadCommand implements Verb {
  /// Below the results: what this side writes of a run, or keeps for itself, and what a tree of
  /// results knows of its own. A site could else say what `rerun` is to run on this machine.
  private static final Pattern OWN =
      Pattern.compile(
          "\\.[^/]*(/.*)?"
              + "|[^/]+/run_[0-9]+/(run\\.json|jobs\\.jsonl|argv[^/]*|tasks\\.rest|[^/]*\\.sh|launch"
              + "|uncommitted\\.patch|comment\\.md|submissions|extensions|claims|events|fetched|sent"
              + "|brought|submitting[^/]*|\\.[^/]*)(/.*)?");

  /// Something of a run, below the results.
  private static final Pattern RUN = Pattern.compile("([^/]+/run_[1-9][0-9]{0,17})/.*");

  private final TransferOptions options = new TransferOptions();
  private List<String> only = List.of();

  @Override
  public void declare(Options declared) {
    options.declare(declared, "RUN | SITE PATHS...", "1..*");
    declared
        .repeated(
            "--only",
            "PATTERN",
            "nothing but this, as a line of `.karezignore` would name it",
            given -> only = given)
        .footer(
            "",
            "With a run: all that its jobs have written on its site. Otherwise paths are those of the"
                + " project here, whether they exist here or not; files keep their place. Only what"
                + " differs is copied, in place of what has its name here. Nothing is removed.",
            "",
            "Examples:",
            "  karez download 4 --only '*.json'",
            "  karez download triton results/train/run_4 --exclude '*.ckpt'");
  }

  /// All that the jobs of a run have written on its site, when they have ended.
  ///
  /// @param ended the exit code until then
  /// @return the exit code
  static int after(int ended, Console console, Reach reach, RunDirectory run) throws Exception {
    if (ended != ExitCode.DONE && ended != ExitCode.JOB_FAILED) {
      return ended;
    }
    DownloadCommand all = new DownloadCommand();
    RunDocument document = RunDocument.read(run);
    int fetched =
        TransferWatch.over(
            console,
            "karez download " + run.id(),
            () -> all.download(console, all.ofRun(reach, run, document)));
    return fetched == ExitCode.DONE ? ended : fetched;
  }

  /// What is to be copied, and how.
  ///
  /// @param there the directory on the site
  /// @param here the directory that is like it
  /// @param ofResults whether these are the trees of results
  /// @param paths relative to both; none for all there is
  private record Wanted(
      Transfers transfers, String there, Path here, boolean ofResults, List<String> paths) {

    private String results() {
      return ofResults ? "" : transfers.results().map(place -> place + "/").orElse("/");
    }

    /// A run of this side, or of another site, may have the number of one there.
    ///
    /// @throws InvalidInputException with all runs here that are others than those there
    void requireOwnRuns(Listing wanted) {
      Problems problems = new Problems();
      wanted.paths().stream()
          .filter(path -> path.startsWith(results()))
          .map(path -> RUN.matcher(path.substring(results().length())))
          .filter(Matcher::matches)
          .map(run -> run.group(1))
          .distinct()
          .filter(run -> !isOfTheSite(transfers.project().results().resolve(run)))
          .forEach(run ->
              problems.add(
                  Problem.of(
                          "`%s` here is another run than that on `%s`"
                              .formatted(run, transfers.site().name()))
                      .hint(
                          "leave it out with `--exclude '%s'`"
                              .formatted(run.substring(run.indexOf('/') + 1)))));
      problems.throwIfAny();
    }

    private static RunId number(Path place) {
      String name = place.getFileName().toString();
      return new RunId(Long.parseLong(name.substring(name.indexOf('_') + 1)));
    }

    /// Whether there is no run in this place, or one of the site.
    private boolean isOfTheSite(Path place) {
      if (!Files.exists(place.resolve("run.json"))) {
        return true;
      }
      RunDirectory run = new RunDirectory(number(place), place);
      return RunDocument.read(run)
          .site()
          .filter(made -> made.site().equals(transfers.site().name()))
          .isPresent();
    }

    boolean isOwn(Entry entry) {
      String results = results();
      return entry.path().startsWith(results)
          && OWN.matcher(entry.path().substring(results.length())).matches();
    }
  }

  private Wanted wanted(Reach reach) throws TransportException {
    String first = options.words.getFirst();
    if (reach.project().config().sites().containsKey(first) || options.words.size() > 1) {
      Transfers transfers = Transfers.to(reach, first, options.uploader());
      List<String> paths = transfers.paths(options.words.subList(1, options.words.size()));
      if (options.words.size() == 1) {
        throw new InvalidInputException(
            Problem.of("paths are needed as well")
                .hint("`karez download %s results/train/run_4`".formatted(first)));
      }
      return wanted(transfers, paths);
    }
    RunDirectory run =
        RunWords.one(options.words, new RunStore(reach.project().results())).whole("downloaded");
    return ofRun(reach, run, RunDocument.read(run));
  }

  private Wanted ofRun(Reach reach, RunDirectory run, RunDocument document)
      throws TransportException {
    SitePlace place =
        document
            .site()
            .orElseThrow(() ->
                new InvalidInputException(
                    Problem.of("run %s was made on this machine".formatted(run.id()))
                        .hint("its files are in `%s`".formatted(Places.shown(run.path())))));
    Transfers transfers = Transfers.to(reach, place.site(), options.uploader());
    Path results = reach.project().results();
    return new Wanted(
        transfers,
        place.results().toString(),
        results,
        true,
        List.of(results.relativize(run.path()).toString()));
  }

  /// From tree to tree where all are results, so that a link that leads to those of here is
  /// followed; otherwise from project to project, where none is.
  private static Wanted wanted(Transfers transfers, List<String> paths) {
    String results = transfers.results().orElse("");
    boolean ofResults =
        !results.isEmpty() && !paths.isEmpty() && paths.stream().allMatch(transfers::isResult);
    if (!ofResults) {
      return new Wanted(transfers, transfers.directory(), transfers.project().root(), false, paths);
    }
    return new Wanted(
        transfers,
        transfers.directory() + "/" + results,
        transfers.project().results(),
        true,
        paths.contains(results)
            ? List.of()
            : paths.stream().map(path -> path.substring(results.length() + 1)).toList());
  }

  @Override
  public int run(Console console) throws Exception {
    Reach reach = Reach.of(options.project.project());
    try (Connections _ = reach.connections()) {
      String again = "karez download " + ShellWords.quoteAll(options.words);
      return TransferWatch.over(console, again, () -> download(console, wanted(reach)));
    }
  }

  private int download(Console console, Wanted asked) throws Exception {
    Transfers transfers = asked.transfers();
    Selection there = there(asked);
    Listing wanted =
        chosen(there.listing().without(options.rules()).filter(entry -> !asked.isOwn(entry)));
    asked.requireOwnRuns(wanted);
    TransferView view =
        new TransferView(
            console,
            transfers,
            "%s by %s".formatted(transfers.site().name(), transfers.uploader().name()));
    if (options.dryRun) {
      view.dryRun(
          Plan.into(asked.here(), wanted), Listing.EMPTY, there.leftOut(), List.of(), options.json);
      return ExitCode.DONE;
    }
    Instant begin = Instant.now();
    TransferReport report;
    try (TransferBar bar = new TransferBar(console)) {
      report = transfers.uploader().fetch(wanted, asked.there(), asked.here(), bar);
    }
    Duration time = Duration.between(begin, Instant.now());
    return view.done(report, 0, report.failed(), there.leftOut(), time, options.json);
  }

  /// What `--only` names, and the directories that lead to it.
  private Listing chosen(Listing all) {
    if (only.isEmpty()) {
      return all;
    }
    IgnoreRules rules = IgnoreRules.excluding(only);
    Set<String> leading = new HashSet<>();
    Set<String> named = new HashSet<>();
    for (Entry entry : all.entries()) {
      String path = entry.path();
      if (!(entry instanceof Entry.Directory) && rules.ignores(path, false)) {
        named.add(path);
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
          leading.add(path.substring(0, slash));
        }
      }
    }
    return all.filter(entry -> named.contains(entry.path()) || leading.contains(entry.path()));
  }

  /// What lies there, and the directories that lead to it.
  private static Selection there(Wanted wanted) throws TransportException {
    Uploader uploader = wanted.transfers().uploader();
    String site = wanted.transfers().site().name();
    List<String> paths = wanted.paths();
    List<String> all = new ArrayList<>(paths);
    for (String path : paths) {
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        all.add(path.substring(0, slash));
      }
    }
    Listing named = uploader.at(wanted.there(), all);
    Set<String> known = new HashSet<>(named.paths());
    Problems problems = new Problems();
    paths.stream()
        .filter(path -> !known.contains(path))
        .forEach(path ->
            problems.add(
                Problem.of(
                    "there is no `%s` in `%s` on `%s`".formatted(path, wanted.there(), site))));
    problems.throwIfAny();
    Selection below = uploader.below(wanted.there(), paths, List.of());
    if (below.listing().entries().isEmpty()) {
      throw new InvalidInputException(
          Problem.of("there is nothing in `%s` on `%s`".formatted(wanted.there(), site)));
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
}
