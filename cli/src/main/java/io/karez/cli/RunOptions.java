package io.karez.cli;

import io.karez.define.Memory;
import io.karez.define.Resources;
import io.karez.define.WallTime;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `run` that stand before or after the experiment's name. The set is frozen: a
/// program's option of a new name must never become Karez's.
final class RunOptions {
  @Option(
      names = {"--runner", "-r"},
      paramLabel = "R",
      description = "the scheduler to run on (default: ${DEFAULT-VALUE})")
  String runner = "local";

  @Option(
      names = {"--group-param", "--group_param", "-g"},
      paramLabel = "GROUP",
      description = "arguments of one job, as for a shell; repeat it for more jobs")
  List<String> groups = new ArrayList<>();

  @Option(
      names = {"--range-param", "--range_param", "-R"},
      paramLabel = "RANGE",
      description = "`OPTION START STOP STEP`; repeated ranges are combined")
  List<String> ranges = new ArrayList<>();

  @Option(
      names = "--sweep",
      description = "read arguments in Hydra's sweep syntax: `lr=10.,1. seed=range(1,4)`")
  boolean sweep;

  @Option(
      names = "--table",
      paramLabel = "F",
      description = "one job for each row of a .csv, .json or .jsonl file; `-` for standard input")
  @Nullable String table;

  @Option(
      names = "--filter",
      paramLabel = "Q",
      description = "only combinations for which this holds: `lr < 1 & seed in [1, 2]`")
  String filter = "";

  @Option(
      names = {"--param-file", "--param_file", "-f"},
      paramLabel = "F",
      description = "a YAML file of fixed and varying arguments")
  @Nullable Path paramFile;

  @Option(
      names = {"--parameters-file", "--parameters_file"},
      paramLabel = "F",
      description = "copied into the run; the program receives `--parameters_file` and the copy")
  List<Path> parametersFiles = new ArrayList<>();

  @Option(
      names = "--missing",
      description = "only combinations that have not succeeded yet with this experiment and code")
  boolean missing;

  @Option(
      names = {"--threads", "--n_threads"},
      paramLabel = "N",
      description = "how many jobs at a time on this machine; otherwise as many as the cores allow")
  @Nullable Integer threads;

  @Option(names = "--nodes", paramLabel = "N", description = "nodes of each job")
  @Nullable String nodes;

  @Option(names = "--tasks", paramLabel = "N", description = "processes of each job")
  @Nullable String tasks;

  @Option(names = "--cpus", paramLabel = "N", description = "cores of each task")
  @Nullable String cpus;

  @Option(names = "--memory", paramLabel = "M", description = "memory of each node: `2G`")
  @Nullable String memory;

  @Option(names = "--gpus", paramLabel = "N", description = "GPUs of each node")
  @Nullable String gpus;

  @Option(names = "--time", paramLabel = "T", description = "wall time: `1h`, `1-00:00:00`")
  @Nullable String time;

  @Option(
      names = {"--tag", "-t"},
      paramLabel = "TAG",
      description = "repeat it for more")
  List<String> tags = new ArrayList<>();

  @Option(names = "--description", paramLabel = "TEXT", description = "what the run is for")
  String description = "";

  @Option(
      names = {"--commit", "--commit_sha"},
      paramLabel = "SHA",
      description = "run a clean checkout of this commit")
  @Nullable String commit;

  @Option(names = "--detach", description = "return at once; the jobs go on")
  boolean detach;

  @Option(
      names = {"--dry-run", "--dry_run"},
      description = "show the jobs, the scripts and the commands; make nothing")
  boolean dryRun;

  @Option(names = "--wait", description = "wait for the end of all jobs")
  boolean wait;

  @Option(names = "--yes", description = "do not ask")
  boolean yes;

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
            Optional.empty(),
            Optional.empty());
    problems.throwIfAny();
    return resources;
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
