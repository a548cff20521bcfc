package io.karez.cli;

import io.karez.define.DirtyPolicy;
import io.karez.define.Experiment;
import io.karez.define.ExperimentName;
import io.karez.define.Site;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.expand.Sweep;
import io.karez.git.SourceTree;
import io.karez.inspect.Missing;
import io.karez.inspect.Runs;
import io.karez.inspect.Successes;
import io.karez.project.Project;
import io.karez.project.ProjectSetup;
import io.karez.project.Trust;
import io.karez.render.RunRequest;
import io.karez.scheduler.Asked;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.site.FarProject;
import io.karez.store.RunDirectory;
import io.karez.store.RunStore;
import io.karez.submit.Drip;
import io.karez.submit.Gate;
import io.karez.submit.Limits;
import io.karez.submit.NewRun;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.Secrets;
import io.karez.text.ShellWords;
import io.karez.transport.LocalTransport;
import io.karez.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
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
  /// More jobs than anybody starts by accident.
  private static final long MANY = 100_000;

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
    Transport transport = new LocalTransport();
    InstantSource clock = InstantSource.system();
    Bytes.requireText(Path.of("").toAbsolutePath());
    Project here =
        words.name().filter(name -> !isCommand(name)).isPresent()
            ? project.project()
            : project.anyProject();
    Bytes.requireText(here.root());
    words.name().ifPresent(name -> requireRegistered(here, name));
    Delivery delivery = Delivery.of(here);
    Optional<Site> site = delivery.reach().site(options);
    Dialect dialect =
        inside.map(Inside::dialect).orElseGet(() -> Dialects.runner(options.runner(site)));
    Transport there = delivery.reach().to(site);
    Problems problems = new Problems();
    Optional<Experiment> experiment =
        problems.attempt(() -> words.name().map(here::experiment)).orElse(Optional.empty());
    RequestBuilder builder =
        new RequestBuilder(here, transport, dialect, inside, site, options, words, typed);
    if (!problems.isEmpty()) {
      builder
          .missingFiles(words.name().orElseThrow(), experiment, here.root())
          .forEach(problems::add);
      problems.attempt(() -> lookThrough(sweep(builder)));
      problems.throwIfAny();
    }
    trust(here, experiment).require();
    RunStore store = new RunStore(here.results());
    NewRun maker = new NewRun(dialect, Authors.me());
    // Everything is checked before anything is made, a commit included.
    boolean commits = here.config().dirty() == DirtyPolicy.COMMIT;
    Optional<Sweep> given = problems.attempt(() -> sweep(builder));
    boolean lookOnly = options.dryRun || commits || given.isEmpty();
    RequestBuilder.Code looked = builder.code(experiment.isPresent(), lookOnly);
    Optional<FarProject> far =
        delivery.reach().project(site, !options.dryRun && problems.isEmpty());
    Optional<RunRequest> requested =
        problems.attempt(() -> builder.request(experiment, looked, far));
    if (!problems.isEmpty()) {
      given.ifPresent(sets -> problems.attempt(() -> lookThrough(sets)));
    }
    problems.throwIfAny();
    RequestBuilder.Code code = looked;
    RunRequest request = requested.orElseThrow();
    Sweep sweep = given.orElseThrow();
    builder.remarks(experiment, request).forEach(text -> console.err().println("warning: " + text));
    if (options.missing) {
      Runs runs = delivery.runs();
      Optional<String> difference = builder.difference(code);
      Successes successes =
          Successes.of(
              store,
              runs,
              request,
              difference,
              run -> console.err().println("warning: " + Sentences.notCounted(run)));
      Missing missing = new Missing(sweep, successes.same());
      Missing.LeftOut leftOut = missing.leftOut();
      console.err().println(Sentences.leftOut(leftOut));
      SourceTree tree = new SourceTree(transport, here.root(), here.results());
      new OtherCode(tree, request, difference)
          .line(missing, successes.others())
          .ifPresent(console.err()::println);
      if (leftOut.leftOut() == leftOut.sets()) {
        return ExitCode.DONE;
      }
      sweep = missing;
    }
    requirePossible(sweep);
    Gate gate =
        new Predecessors(store, delivery.runs())
            .gate(request.conduct().after(), dialect, request.directives());
    if (gate instanceof Gate.Never(String why)) {
      throw new InvalidInputException(
          Problem.at(Place.of("--after"), why).hint("so this run could never start"));
    }
    List<Directive> waits =
        gate instanceof Gate.Open(List<Directive> directives) ? directives : List.of();
    int most = Limits.jobsOf(dialect, there, request.conduct().pack());
    Asked costs = dialect.asked(request.directives());
    Limits.beyond(dialect, there, costs)
        .forEach(line ->
            console.err().println("warning: it may wait for ever: " + Printable.onLine(line)));
    if (options.dryRun) {
      return new DryRun(console, dialect, maker, request, waits, sweep, most).show(store, json);
    }
    requireMeant(sweep);
    long jobs = NewRun.check(store, request, sweep);
    Brakes brakes = Brakes.of(jobs, request.conduct().pack(), most, costs);
    if (!dialect.startsAtOnce() && !brakes.release(console, here.config(), options.yes)) {
      return ExitCode.FAILED;
    }
    if (commits) {
      code = builder.code(experiment.isPresent(), false);
      request = builder.request(experiment, code, far);
    }
    makeProject(console, transport, here);
    String uid = NewRun.uid();
    RunRequest asked = request;
    Sweep wanted = sweep;
    if (far.isPresent()) {
      Transfers.to(delivery.reach(), far.get().site().name(), Optional.empty()).sendAll(console);
    }
    RunDirectory place = delivery.reach().next(request.experiment(), request.site(), store);
    RunDirectory run =
        builder.withFiles(
            code,
            leftOut ->
                console
                    .err()
                    .println(
                        "warning: not in `uncommitted.patch`: "
                            + Printable.onLine(leftOut.toString())),
            copies -> maker.make(place, asked, wanted, most, waits, uid, copies, clock.instant()));
    boolean stay = Launch.stays(dialect, options.detach, options.wait || options.fetch);
    boolean input =
        jobs == 1 && stay && dialect.startsAtOnce() && far.isEmpty() && !console.inTerminal();
    int ended =
        new Launch(console, delivery).all(run, new Drip.Prepared(1, waits), most, stay, input);
    return options.fetch ? DownloadCommand.after(ended, console, delivery.reach(), run) : ended;
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
    StreamSupport.stream(sweep.spliterator(), false).limit(MANY).forEach(set -> {});
    return sweep;
  }

  private static void requirePossible(Sweep sweep) {
    long jobs = sweep.size().orElse(0);
    if (jobs > Integer.MAX_VALUE) {
      throw new InvalidInputException(
          Problem.of(
              "this makes %d jobs, and a run can have %d".formatted(jobs, Integer.MAX_VALUE)));
    }
  }

  /// A range with a nought too many is a typing error more often than a wish.
  private void requireMeant(Sweep sweep) {
    long jobs = sweep.size().orElse(0);
    if (jobs > MANY && !options.yes) {
      throw new InvalidInputException(
          Problem.of("this makes %d jobs".formatted(jobs))
              .hint("say `--yes` if that is meant; `--dry-run` shows them"));
    }
  }

  /// A command that is not registered comes from the user, but its run lies among the others.
  private static Trust trust(Project here, Optional<Experiment> experiment) {
    Path results = here.results();
    return experiment
        .map(known -> here.trust(here.file(known.name())))
        .orElseGet(() -> here.trust(results, results.resolve(ExperimentName.UNREGISTERED.value())));
  }

  static void makeProject(Console console, Transport transport, Project here) throws IOException {
    if (here.exists()) {
      return;
    }
    new ProjectSetup(transport).withoutRepository(here.root(), "results");
    console
        .err()
        .println("made a project in `" + here.root() + "`: its runs are kept in `results`");
  }
}
