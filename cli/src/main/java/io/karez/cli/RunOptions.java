package io.karez.cli;

import io.karez.define.Site;
import io.karez.define.Warning;
import io.karez.site.Reach;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The options of `run` that stand before or after the experiment's name. The set is frozen: a
/// program's option of a new name must never become Karez's.
final class RunOptions {
  private final String ordinary;
  private @Nullable String named;
  @Nullable String site;
  final ParameterOptions parameters = new ParameterOptions();
  List<Path> parametersFiles = List.of();
  boolean missing;
  @Nullable Integer threads;
  final ResourceOptions resources = ResourceOptions.ofEachJob();
  @Nullable String submitTemplate;
  List<String> natives = List.of();
  @Nullable Integer throttle;
  @Nullable Integer pack;
  @Nullable String signal;
  List<String> after = List.of();
  final ContainerOptions container = new ContainerOptions();
  List<String> tags = List.of();
  String description = "";
  @Nullable String commit;
  boolean snapshot;
  boolean detach;
  boolean fetch;
  boolean dryRun;
  boolean wait;
  boolean yes;

  /// @param runner the one that is meant when none is named
  RunOptions(String runner) {
    this.ordinary = runner;
  }

  void declare(Options options) {
    place(options);
    parameters.declare(options);
    options
        .repeated(
            "--parameters-file --parameters_file",
            "F",
            "copied into the run; the program receives `--parameters_file` and the copy",
            values -> parametersFiles = values.stream().map(Path::of).toList())
        .flag(
            "--missing",
            "only combinations that have not succeeded yet with this experiment and code",
            () -> missing = true);
    asking(options);
    container.declare(options);
    about(options);
    options.value(
        "--commit --commit_sha",
        "SHA",
        "run a clean checkout of this commit",
        value -> commit = value);
    staying(options);
  }

  /// Those that make sense for a script, which says itself what it runs.
  void declareForScript(Options options) {
    place(options);
    asking(options);
    about(options);
    staying(options);
  }

  /// The runner that was named.
  Optional<String> named() {
    return Optional.ofNullable(named);
  }

  private void place(Options options) {
    options.value(
        "--runner -r",
        "R",
        "the scheduler to run on (default: %s)".formatted(ordinary),
        value -> named = value);
    options.value(
        "--on",
        "SITE",
        "run there: a site of the configuration, reached through ssh",
        value -> site = value);
    options.flag(
        "--fetch", "with --on: wait for the end, then bring the results here", () -> fetch = true);
  }

  private void asking(Options options) {
    options.typed(
        "--threads --n_threads",
        "N",
        Integer.class,
        "how many jobs at a time on this machine; otherwise as many as the cores allow",
        value -> threads = value);
    resources.declare(options);
    options
        .value(
            "--submit-template --submit_template",
            "T",
            "a submit template of the configuration, or a file of `key: value` lines",
            value -> submitTemplate = value)
        .repeated(
            "--native",
            "DIRECTIVE",
            "handed to the scheduler as it is: `--native '--constraint=haswell'`",
            values -> natives = values)
        .typed(
            "--pack",
            "N",
            Integer.class,
            "run N jobs inside one job of the scheduler, as many at a time as its cores allow; memory"
                + " and time are then for all of them",
            value -> pack = value)
        .typed(
            "--throttle",
            "N",
            Integer.class,
            "how many jobs of this run the scheduler runs at a time",
            value -> throttle = value)
        .value(
            "--signal",
            "SIG@S",
            "tell the program S seconds before its time is over: `USR1@120`; with `:requeue` it is"
                + " started again later if it then ends with failure",
            value -> signal = value)
        .repeated(
            "--after",
            "RUN[:ok|any|failed]",
            "start when that run has ended: with success (ok, the default), in any way, or without"
                + " success",
            values -> after = values);
  }

  private void about(Options options) {
    options
        .repeated("--tag -t", "TAG", "repeat it for more", values -> tags = values)
        .value("--description", "TEXT", "what the run is for", value -> description = value);
  }

  private void staying(Options options) {
    options
        .flag(
            "--snapshot",
            "run in a copy of the code as it is now: what is edited later changes nothing. What"
                + " `.karezignore` leaves out at the top of the project is linked to",
            () -> snapshot = true)
        .flag("--detach", "return at once; the jobs go on", () -> detach = true)
        .flag(
            "--dry-run --dry_run",
            "show the jobs, the scripts and the commands; make nothing",
            () -> dryRun = true)
        .flag("--wait", "wait for the end of all jobs", () -> wait = true)
        .flag("--yes", "do not ask", () -> yes = true);
  }

  /// The site that a run is to go to; empty for this machine.
  Optional<Site> on(Reach reach) {
    return Optional.ofNullable(site).map(name -> reach.site(name, Place.of("--on")));
  }

  /// The runner that is meant: the one that was named, that of the site, or the ordinary one.
  String runner(Optional<Site> on) {
    return Optional.ofNullable(named)
        .or(() -> on.flatMap(Site::scheduler))
        .orElse(on.isPresent() ? "local" : ordinary);
  }

  /// @throws InvalidInputException when it is not clear what is done after the submission
  void requireOneEnd() {
    if (fetch && site == null) {
      throw new InvalidInputException(
          Problem.of("`--fetch` brings results from a site, and none is named")
              .hint("`--on SITE` names it; what runs here stays here"));
    }
    if (detach && (wait || fetch)) {
      throw new InvalidInputException(
          Problem.of(
              "`--detach` returns at once and `%s` waits: give one of them"
                  .formatted(wait ? "--wait" : "--fetch")));
    }
  }

  /// How many jobs at a time; 0 for no limit.
  ///
  /// @throws InvalidInputException when it is less than 1
  int throttle() {
    if (throttle != null && throttle < 1) {
      throw new InvalidInputException(
          Problem.at(Place.of("--throttle"), "at least one job must run at a time"));
    }
    return throttle == null ? 0 : throttle;
  }

  /// How many jobs the scheduler gets as one; on this machine it makes no difference.
  ///
  /// @throws InvalidInputException when it is less than 1
  int pack() {
    if (pack != null && pack < 1) {
      throw new InvalidInputException(
          Problem.at(Place.of("--pack"), "a pack has at least one job"));
    }
    return pack == null ? 1 : pack;
  }

  /// The signal before the end.
  ///
  /// @throws InvalidInputException when it cannot be read
  Optional<Warning> warning() {
    return Optional.ofNullable(signal).map(text -> Warning.parse(text, Place.of("--signal")));
  }
}
