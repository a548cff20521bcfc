package io.karez.cli;

import io.karez.define.Experiment;
import io.karez.define.ExperimentName;
import io.karez.define.Site;
import io.karez.expand.Sweep;
import io.karez.git.SourceTree;
import io.karez.inspect.Missing;
import io.karez.inspect.Successes;
import io.karez.launch.Code;
import io.karez.launch.Delivery;
import io.karez.project.Project;
import io.karez.project.Trust;
import io.karez.render.RunRequest;
import io.karez.scheduler.Asked;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.site.FarProject;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.Secrets;
import io.karez.text.ShellWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.CommandSpec;

/// Runs an experiment, or any command after `--`.
final class RunCommand implements Verb, TakesWords {
  /// Not in the frozen set of {@link RunOptions}: programs have options of these names.
  private static final Set<String> DOUBTFUL = with(SweepOptions.NAMES, "--json");

  private final ProjectOptions project = new ProjectOptions();
  private final RunOptions options;
  private final SweepOptions more = new SweepOptions();

  private boolean json;
  private ProgramWords words = new ProgramWords(List.of(), Optional.empty(), List.of());
  private List<String> typed = List.of();

  RunCommand() {
    this("local");
  }

  /// @param runner the one that is meant when none is named
  RunCommand(String runner) {
    this.options = new RunOptions(runner);
  }

  @Override
  public void declare(Options declared) {
    project.declare(declared);
    options.declare(declared);
    more.declare(declared);
    declared
        .flag("--json", "with --dry-run: one JSON document; before NAME only", () -> json = true)
        .synopsis(
            "karez run [OPTIONS] NAME [ARGS and OPTIONS...]",
            "karez run [OPTIONS] -- COMMAND ARGS...")
        .footer(
            "",
            "The program of an experiment receives its words, then `--storage_path DIR`, the directory"
                + " of its job, and `--dataset_path P...`, if it has datasets; `pass_paths: false` in"
                + " `.karez/experiments/NAME.yaml` switches both off.",
            "Words after NAME that are none of these options are the program's, untouched; so are"
                + " `--help`, `--debug` and `--project` there, and everything after `--`.",
            "",
            "Examples:",
            "  karez run summary_iris",
            "  karez run classify_iris -R \"--k 1 16 2\" -R \"--seed 0 5\"",
            "  karez run -- python3 train.py --lr 0.1");
  }

  @Override
  public List<String> take(CommandSpec spec, List<String> all) {
    typed = List.copyOf(all);
    words = ProgramWords.split(spec, all, ProgramWords.COMMON, DOUBTFUL);
    return words.karez();
  }

  /// The names of all its options.
  static Set<String> names() {
    Options options = new Options();
    new RunCommand().declare(options);
    return options.spec().optionsMap().keySet();
  }

  /// Tells Karez's words from the program's in what was typed after `karez run` and recorded.
  static ProgramWords split(List<String> typed) {
    Options options = new Options();
    new RunCommand().declare(options);
    Set<String> beforeName = with(DOUBTFUL, ProgramWords.COMMON.toArray(String[]::new));
    return ProgramWords.split(options.spec(), typed, beforeName, Set.of());
  }

  private static Set<String> with(Set<String> names, String... more) {
    return Stream.concat(names.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public int run(Console console) throws Exception {
    return run(console, Optional.empty());
  }

  RunOptions options() {
    return options;
  }

  ProjectOptions projectOptions() {
    return project;
  }

  ProgramWords words() {
    return words;
  }

  /// @param inside where its jobs are steps, instead of jobs of their own
  int run(Console console, Optional<Inside> inside) throws Exception {
    requireSomething();
    if (json && !options.dryRun) {
      throw new InvalidInputException(
          Problem.of("`--json` goes with `--dry-run`")
              .hint("`karez status RUN --json` tells of a run that was made"));
    }
    options.requireOneEnd();
    Bytes.requireText(Path.of("").toAbsolutePath());
    Project here = here();
    Delivery delivery = Delivery.of(here);
    Optional<Site> site = options.on(delivery.reach());
    Dialect dialect =
        inside.map(Inside::dialect).orElseGet(() -> Dialects.runner(options.runner(site)));
    RequestBuilder builder =
        new RequestBuilder(
            here, delivery.reach().here(), dialect, inside, site, options, words, typed);
    Optional<Experiment> experiment = experiment(here, builder);
    trust(here, experiment).require();
    Asked asked = ask(delivery, site, builder, experiment);
    RunRequest request = asked.wanted().request();
    builder.remarks(experiment, request).forEach(text -> console.err().println("warning: " + text));
    Optional<Sweep> sweep =
        options.missing ? missing(console, delivery, builder, asked) : Optional.of(asked.sweep());
    return sweep.isEmpty()
        ? ExitCode.DONE
        : new Submission(console, delivery, builder, options)
            .go(asked.wanted(), asked.committed(), sweep.get(), dialect, json);
  }

  private Project here() {
    Project here =
        words.name().filter(name -> !isCommand(name)).isPresent()
            ? project.project()
            : project.anyProject();
    Bytes.requireText(here.root());
    words.name().ifPresent(name -> requireRegistered(here, name));
    return here;
  }

  /// @throws InvalidInputException with all that is wrong with it, and with what it names
  private Optional<Experiment> experiment(Project here, RequestBuilder builder) {
    Problems problems = new Problems();
    Optional<Experiment> experiment =
        problems.attempt(() -> words.name().map(here::experiment)).orElse(Optional.empty());
    if (!problems.isEmpty()) {
      builder
          .missingFiles(words.name().orElseThrow(), experiment, here.root())
          .forEach(problems::add);
      problems.attempt(() -> lookThrough(sweep(builder)));
      problems.throwIfAny();
    }
    return experiment;
  }

  private record Asked(Submission.Wanted wanted, Submission.Again committed, Sweep sweep) {}

  /// Everything is checked before anything is made, a commit included.
  private Asked ask(
      Delivery delivery, Optional<Site> site, RequestBuilder builder, Optional<Experiment> known)
      throws Exception {
    Problems problems = new Problems();
    Optional<Sweep> sweep = problems.attempt(() -> sweep(builder));
    boolean lookOnly = options.dryRun || builder.commits() || sweep.isEmpty();
    Code code = builder.code(known.isPresent(), lookOnly);
    Optional<FarProject> far =
        delivery.reach().project(site, !options.dryRun && problems.isEmpty());
    Optional<RunRequest> request = problems.attempt(() -> builder.request(known, code, far));
    if (!problems.isEmpty()) {
      sweep.ifPresent(sets -> problems.attempt(() -> lookThrough(sets)));
    }
    problems.throwIfAny();
    return new Asked(
        new Submission.Wanted(code, request.orElseThrow()),
        () -> {
          Code committed = builder.code(known.isPresent(), false);
          return new Submission.Wanted(committed, builder.request(known, committed, far));
        },
        sweep.orElseThrow());
  }

  /// Those that have not succeeded yet; empty when all have.
  private static Optional<Sweep> missing(
      Console console, Delivery delivery, RequestBuilder builder, Asked asked) throws Exception {
    RunRequest request = asked.wanted().request();
    Optional<String> difference = builder.difference(asked.wanted().code());
    Successes successes =
        Successes.of(
            delivery.store(),
            delivery.runs(),
            request,
            difference,
            run -> console.err().println("warning: " + Sentences.notCounted(run)));
    Missing missing = new Missing(asked.sweep(), successes.same());
    Missing.LeftOut leftOut = missing.leftOut();
    console.err().println(Sentences.leftOut(leftOut));
    Project here = delivery.project();
    SourceTree tree = new SourceTree(delivery.reach().here(), here.root(), here.results());
    new OtherCode(tree, request, difference)
        .line(missing, successes.others())
        .ifPresent(console.err()::println);
    return leftOut.leftOut() == leftOut.sets() ? Optional.empty() : Optional.of(missing);
  }

  void requireSomething() {
    if (words.name().isEmpty() && words.program().isEmpty()) {
      throw new InvalidInputException(
          Problem.of("there is nothing to run")
              .hint("name an experiment, or put a command after `--`"));
    }
  }

  private void requireRegistered(Project here, String name) {
    if (here.experiments().stream().anyMatch(e -> e.value().equals(name))) {
      return;
    }
    if (isCommand(name)) {
      List<String> command = new ArrayList<>(List.of(name));
      command.addAll(Secrets.hidden(words.program()));
      throw new InvalidInputException(
          Problem.of("there is no experiment `%s`".formatted(name))
              .hint(
                  "to run a command, put `--` before it: `karez run -- %s`"
                      .formatted(ShellWords.quoteAll(command))));
    }
    here.experiment(name);
  }

  private static boolean isCommand(String name) {
    return name.contains("/") || Programs.isThere(name, Path.of("").toAbsolutePath());
  }

  private Sweep sweep(RequestBuilder builder) {
    return RequestedSweep.of(builder.arguments(), options.parameters, more);
  }

  /// Some of what is wrong with a sweep shows when its sets are made.
  private static Sweep lookThrough(Sweep sweep) {
    StreamSupport.stream(sweep.spliterator(), false).limit(Submission.MANY).forEach(set -> {});
    return sweep;
  }

  /// A command that is not registered comes from the user, but its run lies among the others.
  private static Trust trust(Project here, Optional<Experiment> experiment) {
    Path results = here.results();
    return experiment
        .map(known -> here.trust(here.file(known.name())))
        .orElseGet(() -> here.trust(results, results.resolve(ExperimentName.UNREGISTERED.value())));
  }
}
