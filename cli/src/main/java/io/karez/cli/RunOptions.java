package io.karez.cli;

import io.karez.define.Memory;
import io.karez.define.Resources;
import io.karez.define.WallTime;
import io.karez.define.Warning;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The options of `run` that stand before or after the experiment's name. The set is frozen: a
/// program's option of a new name must never become Karez's.
final class RunOptions {
  String runner = "local";
  final ParameterOptions parameters = new ParameterOptions();
  List<Path> parametersFiles = List.of();
  boolean missing;
  @Nullable Integer threads;
  @Nullable String nodes;
  @Nullable String tasks;
  @Nullable String cpus;
  @Nullable String memory;
  @Nullable String gpus;
  @Nullable String time;
  @Nullable String queue;
  @Nullable String account;
  @Nullable String submitTemplate;
  List<String> natives = List.of();
  @Nullable Integer throttle;
  @Nullable String signal;
  List<String> after = List.of();
  List<String> tags = List.of();
  String description = "";
  @Nullable String commit;
  boolean detach;
  boolean dryRun;
  boolean wait;
  boolean yes;

  void declare(Options options) {
    options.value(
        "--runner -r", "R", "the scheduler to run on (default: local)", value -> runner = value);
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
            () -> missing = true)
        .typed(
            "--threads --n_threads",
            "N",
            Integer.class,
            "how many jobs at a time on this machine; otherwise as many as the cores allow",
            value -> threads = value)
        .value("--nodes", "N", "nodes of each job", value -> nodes = value)
        .value("--tasks", "N", "processes of each job", value -> tasks = value)
        .value("--cpus", "N", "cores of each task", value -> cpus = value)
        .value(
            "--memory",
            "M",
            "memory of each node: `2G`; on this machine only so many jobs run at a time as have room",
            value -> memory = value)
        .value("--gpus", "N", "GPUs of each node", value -> gpus = value)
        .value(
            "--time",
            "T",
            "wall time: `1h`, `1-00:00:00`; nothing enforces it on this machine",
            value -> time = value)
        .value("--queue", "Q", "the queue (Slurm: partition) to wait in", value -> queue = value)
        .value("--account", "A", "the account that is charged", value -> account = value)
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
            values -> after = values)
        .repeated("--tag -t", "TAG", "repeat it for more", values -> tags = values)
        .value("--description", "TEXT", "what the run is for", value -> description = value)
        .value(
            "--commit --commit_sha",
            "SHA",
            "run a clean checkout of this commit",
            value -> commit = value)
        .flag("--detach", "return at once; the jobs go on", () -> detach = true)
        .flag(
            "--dry-run --dry_run",
            "show the jobs, the scripts and the commands; make nothing",
            () -> dryRun = true)
        .flag("--wait", "wait for the end of all jobs", () -> wait = true)
        .flag("--yes", "do not ask", () -> yes = true);
  }

  /// What the options ask of each job.
  ///
  /// @throws InvalidInputException with all values that cannot be read
  Resources resources() {
    Problems problems = new Problems();
    Resources resources =
        new Resources(
            read("--nodes", nodes, text -> number(text, 1), problems),
            read("--tasks", tasks, text -> number(text, 1), problems),
            read("--cpus", cpus, text -> number(text, 1), problems),
            read("--memory", memory, text -> Memory.parse(text, Place.of("--memory")), problems),
            read("--gpus", gpus, text -> number(text, 0), problems),
            read("--time", time, text -> WallTime.parse(text, Place.of("--time")), problems),
            Optional.ofNullable(queue),
            Optional.ofNullable(account));
    problems.throwIfAny();
    return resources;
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

  /// The signal before the end.
  ///
  /// @throws InvalidInputException when it cannot be read
  Optional<Warning> warning() {
    return Optional.ofNullable(signal).map(text -> Warning.parse(text, Place.of("--signal")));
  }

  /// By canonical names, as text; only what is asked for.
  static Map<String, String> shown(Resources resources) {
    Map<String, String> shown = new LinkedHashMap<>();
    resources.nodes().ifPresent(n -> shown.put("nodes", n.toString()));
    resources.tasks().ifPresent(n -> shown.put("tasks", n.toString()));
    resources.cpus().ifPresent(n -> shown.put("cpus", n.toString()));
    resources.memory().ifPresent(m -> shown.put("memory", m.toString()));
    resources.gpus().ifPresent(n -> shown.put("gpus", n.toString()));
    resources.time().ifPresent(t -> shown.put("time", WallTime.format(t)));
    resources.queue().ifPresent(q -> shown.put("queue", q));
    resources.account().ifPresent(a -> shown.put("account", a));
    return shown;
  }

  private static <T> Optional<T> read(
      String option, @Nullable String text, Function<String, T> reader, Problems problems) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(text));
    } catch (InvalidInputException e) {
      e.problems().forEach(problems::add);
    } catch (IllegalArgumentException e) {
      problems.add(Problem.at(Place.of(option), "`%s` %s".formatted(text, e.getMessage())));
    }
    return Optional.empty();
  }

  private static int number(String text, int least) {
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least) {
      throw new IllegalArgumentException("is not a whole number of at least " + least);
    }
    return Integer.parseInt(text);
  }
}
