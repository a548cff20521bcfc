package io.karez.cli;

import io.karez.define.Conduct;
import io.karez.define.Config;
import io.karez.define.Container;
import io.karez.define.Dataset;
import io.karez.define.DatasetName;
import io.karez.define.Environment;
import io.karez.define.Experiment;
import io.karez.define.ExperimentName;
import io.karez.define.Resources;
import io.karez.define.RetryPolicy;
import io.karez.define.Site;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.define.Warning;
import io.karez.git.Patch;
import io.karez.launch.Code;
import io.karez.launch.ProjectCode;
import io.karez.launch.SetUpLines;
import io.karez.project.Project;
import io.karez.render.RunRequest;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Directives;
import io.karez.site.FarProject;
import io.karez.site.Machine;
import io.karez.store.RunDirectory;
import io.karez.store.RunStore;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.ShellWords;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Puts a run's request together from the definition, the project's settings and the command line.
final class RequestBuilder {
  private final Project project;
  private final ProjectCode tree;
  private final Dialect dialect;
  private final Optional<Inside> inside;
  private final Optional<Site> site;
  private final RunOptions options;
  private final ProgramWords words;
  private final List<String> typed;

  /// @param inside where jobs are steps, instead of jobs of their own
  /// @param site where it runs; empty for this machine
  /// @param typed the words after `karez run`
  RequestBuilder(
      Project project,
      Transport transport,
      Dialect dialect,
      Optional<Inside> inside,
      Optional<Site> site,
      RunOptions options,
      ProgramWords words,
      List<String> typed)
      throws IOException {
    this.project = project;
    this.tree = new ProjectCode(project, transport);
    this.dialect = dialect;
    this.inside = inside;
    this.site = site;
    this.options = options;
    this.words = words;
    this.typed = typed;
  }

  /// The code that will run.
  ///
  /// @param changeNothing look only: no commit is made and nothing is checked out
  Code code(boolean registered, boolean changeNothing) throws TransportException, IOException {
    Path here = registered ? project.root() : here();
    Code code =
        options.commit != null
            ? tree.at(options.commit, here, changeNothing)
            : tree.now(here, changeNothing, "before a run of " + words.name().orElse("a command"));
    boolean isThere = options.commit == null || !changeNothing;
    return isThere && isCopied(code) ? code.snapshot(apart(code.root())) : code;
  }

  /// Results are no code; a checkout lies among them.
  private Predicate<String> apart(Path root) {
    Path results = project.results();
    return path -> !root.startsWith(results) && root.resolve(path).startsWith(results);
  }

  /// On this machine a checkout is a copy already, and what lies outside of the project is none of
  /// its code.
  private boolean isCopied(Code code) {
    boolean isFar = site.flatMap(Site::host).isPresent();
    if (options.commit != null || (!isFar && !code.directory().startsWith(code.root()))) {
      return isFar;
    }
    return options.snapshot
        || switch (project.config().snapshot()) {
          case NEVER -> false;
          case BATCH -> dialect.isBatch();
          case ALWAYS -> true;
        };
  }

  /// Whether a run begins with a commit.
  boolean commits() {
    return tree.commits();
  }

  /// What a user may not expect of a request.
  List<String> remarks(Optional<Experiment> experiment, RunRequest request) {
    List<String> remarks = new ArrayList<>(oneProcess(request).stream().toList());
    if (!dialect.isBatch() || inside.isPresent()) {
      return remarks;
    }
    List<String> replaced = replaced(experiment, request);
    if (!replaced.isEmpty()) {
      remarks.add(
          "the submit template replaces what the experiment asks for: "
              + String.join(", ", replaced));
    }
    for (Directive directive : request.directives()) {
      dialect
          .remark(directive)
          .ifPresent(text -> remarks.add("`%s` %s".formatted(directive, text)));
    }
    if (words.name().isPresent()) {
      int end = typed.indexOf("--");
      List<String> before = end < 0 ? typed : typed.subList(0, end);
      remarks.addAll(
          NativeOptions.remarks(words.program().stream().filter(before::contains).toList()));
    }
    return remarks;
  }

  /// `time 0:10:00 by `--time=2-00:00:00``, of each resource of the experiment for which the
  /// template that was named has the last word.
  private List<String> replaced(Optional<Experiment> experiment, RunRequest request) {
    if (!isTemplateNamed()) {
      return List.of();
    }
    Resources own = experiment.map(Experiment::resources).orElse(Resources.NONE);
    Map<String, List<Directive>> natives = dialect.natives(own);
    Map<String, String> shown = ResourceOptions.shown(own);
    List<Directive> template = template();
    return request.directives().stream()
        .filter(template::contains)
        .flatMap(directive ->
            dialect.canonical(directive.key()).stream()
                .filter(word ->
                    natives.getOrDefault(word, List.of()).stream()
                        .anyMatch(asked -> !asked.value().equals(directive.value())))
                .map(word -> "%s %s by `%s`".formatted(word, shown.get(word), directive)))
        .toList();
  }

  /// What a job asks for and does not get where nothing starts more than one process of it.
  private Optional<String> oneProcess(RunRequest request) {
    List<String> asked =
        Stream.of("nodes", "tasks")
            .filter(name -> !request.resources().getOrDefault(name, "1").equals("1"))
            .map(name -> name + " " + request.resources().get(name))
            .toList();
    if (dialect.isBatch()) {
      return Optional.empty();
    }
    if (options.warning().isPresent()) {
      return Optional.of("nothing ends a job on this machine, so no signal comes before");
    }
    return asked.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "each job asks for %s, and this machine runs one process of it"
                .formatted(String.join(" and ", asked)));
  }

  /// The words that the sweep begins with.
  List<String> arguments() {
    return words.name().isPresent()
        ? words.program()
        : words.program().subList(1, words.program().size());
  }

  /// @param far where the project lies on a site that shares no files with this machine
  RunRequest request(Optional<Experiment> experiment, Code code, Optional<FarProject> far)
      throws IOException, TransportException {
    return request(experiment, code, List.of(), far);
  }

  /// @param own what a script asks of its scheduler
  /// @param far where the project lies on a site that shares no files with this machine
  RunRequest request(
      Optional<Experiment> experiment, Code code, List<Directive> own, Optional<FarProject> far)
      throws IOException, TransportException {
    Map<String, String> datasets = new LinkedHashMap<>();
    Map<String, String> variables = new LinkedHashMap<>();
    Problems problems = new Problems();
    Resources resources =
        site.map(Site::resources)
            .orElse(Resources.NONE)
            .merge(experiment.map(Experiment::resources).orElse(Resources.NONE))
            .merge(problems.attempt(options.resources::read).orElse(Resources.NONE));
    Optional<Container> container =
        problems
            .attempt(() -> options.container.container(project, experiment, resources, here()))
            .orElse(Optional.empty());
    for (DatasetName name : experiment.map(Experiment::datasets).orElse(List.of())) {
      Dataset dataset = project.dataset(name.value());
      Path path = project.path(dataset);
      if (far.isPresent()) {
        path = far.get().there(path);
      } else if (!Files.exists(path)) {
        problems.add(
            Problem.of("the dataset `%s` is not at `%s`".formatted(name, path))
                .hint("`karez dataset update %s` changes where it is looked for".formatted(name)));
      }
      datasets.put(name.value(), path.toString());
      variables.put(name.variable(), path.toString());
    }
    experiment.ifPresentOrElse(
        e -> {
          if (options.commit == null) {
            missingFiles(e.name().value(), experiment, code.directory()).forEach(problems::add);
          } else {
            requireInCommit(e, code, problems);
          }
        },
        () -> {
          if (far.isEmpty() && !options.container.isWanted(experiment)) {
            requireProgram(words.program().getFirst(), code, problems);
          }
        });
    idleNodes(resources).ifPresent(problems::add);
    unbearable(own).forEach(problems::add);
    if (problems.isEmpty()) {
      tooEarly(experiment, own).ifPresent(problems::add);
    }
    if (far.isPresent()) {
      missing(far.get(), datasets).forEach(problems::add);
    }
    Map<String, String> texts = parametersFiles(problems);
    problems.throwIfAny();
    Machine.Slots slots = slots(resources, far);
    return new RunRequest(
        experiment.map(Experiment::name).orElse(ExperimentName.UNREGISTERED),
        options.description,
        options.tags,
        experiment.map(Experiment::command).orElseGet(() -> words.program().subList(0, 1)),
        experiment.map(Experiment::passPaths).orElse(false),
        datasets,
        variables,
        far.map(FarProject::place),
        slots.count(),
        slots.devices(),
        ResourceOptions.shown(inside.map(i -> i.possible(resources)).orElse(resources)),
        environment(experiment),
        setup(experiment),
        container,
        inside
            .map(i -> i.directives(resources, options.natives))
            .orElseGet(() -> directives(experiment, own)),
        new Conduct(
            options.pack(),
            options.warning().filter(Warning::requeue).isPresent(),
            AfterWords.read(options.after, new RunStore(project.results())),
            experiment.map(Experiment::retry).orElse(RetryPolicy.NONE)),
        code.directory(
            far.map(FarProject::results).orElse(project.results()),
            far.map(f -> f.workingDirectory(code.directory())).orElse(code.directory())),
        code.commit(),
        code.dirty(),
        texts,
        ParameterOptions.hidden(typed));
  }

  private Optional<Problem> idleNodes(Resources each) {
    int nodes = each.nodes().orElse(1);
    return each.tasks()
        .filter(tasks -> tasks < nodes && dialect.isBatch())
        .map(tasks ->
            Problem.of(
                    "each job asks for %d nodes and %s, and a node without a task is not given"
                        .formatted(nodes, Quantities.count(tasks, "task")))
                .hint("`--tasks` is the number of processes in all: %d or more".formatted(nodes)));
  }

  /// Datasets that do not travel with the project have to be there.
  private List<Problem> missing(FarProject far, Map<String, String> datasets)
      throws TransportException {
    List<Path> elsewhere =
        datasets.values().stream()
            .map(Path::of)
            .filter(path -> !path.startsWith(far.directory()))
            .toList();
    return far.missing(elsewhere).stream()
        .map(path ->
            Problem.of("`%s` is not on `%s`".formatted(path, far.site().name()))
                .hint("copy the dataset there, or into the project: that travels with the code"))
        .toList();
  }

  private List<String> setup(Optional<Experiment> experiment) {
    List<String> lines =
        new ArrayList<>(site.map(on -> SetUpLines.of(on, dialect)).orElse(List.of()));
    lines.addAll(experiment.map(Experiment::setup).orElse(List.of()));
    return lines;
  }

  /// Directives that a run cannot bear.
  private List<Problem> unbearable(List<Directive> script) {
    if (!dialect.isBatch() || inside.isPresent()) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    boolean putBack = options.warning().filter(Warning::requeue).isPresent();
    for (Map.Entry<Directive, Place> given : given(script).entrySet()) {
      Directive directive = given.getKey();
      Optional<String> why =
          putBack && directive.key().equals("--no-requeue")
              ? Optional.of("forbids what `--signal ...:requeue` asks for")
              : dialect.refusal(directive);
      why.or(() -> brokenLine(directive))
          .ifPresent(text ->
              problems.add(
                  Problem.at(given.getValue(), "`%s` %s".formatted(directive.key(), text))));
    }
    if (project.results().toString().contains("\n")) {
      problems.add(
          Problem.of(
                  "the name of `%s` has a line break, which no directive of `%s` can hold"
                      .formatted(project.results(), dialect.name()))
              .hint("rename the directory, or run on this machine: `--runner local`"));
    }
    return problems;
  }

  private static Optional<String> brokenLine(Directive directive) {
    return directive.toString().contains("\n")
        ? Optional.of("has a line break in it")
        : Optional.empty();
  }

  /// A warning that would come as soon as the job starts.
  private Optional<Problem> tooEarly(Optional<Experiment> experiment, List<Directive> script) {
    return options
        .warning()
        .flatMap(warning ->
            dialect
                .asked(directives(experiment, script))
                .time()
                .filter(time -> warning.before().compareTo(time) >= 0)
                .map(time ->
                    Problem.at(
                            Place.of("--signal"),
                            "the signal is to come %d s before the end of a job of %d s"
                                .formatted(warning.before().toSeconds(), time.toSeconds()))
                        .hint("ask for more `--time`, or say fewer seconds")));
  }

  /// Native directives, and where they come from.
  private Map<Directive, Place> given(List<Directive> script) {
    Map<Directive, Place> given = new LinkedHashMap<>();
    template()
        .forEach(directive ->
            given.put(
                directive,
                Place.of(isTemplateNamed() ? "--submit-template" : "the default submit template")));
    script.forEach(directive -> given.put(directive, Place.of("the script")));
    options.natives.forEach(text -> given.put(Directive.parse(text), Place.of("--native")));
    return given;
  }

  private Machine.Slots slots(Resources each, Optional<FarProject> far) {
    if (inside.isPresent()) {
      return new Machine.Slots(inside.get().slots(each, options), List.of());
    }
    return dialect.isBatch()
        ? new Machine.Slots(options.throttle(), List.of())
        : far.flatMap(FarProject::machine)
            .orElseGet(() -> Machine.here(System.getenv()))
            .slots(each, options.threads);
  }

  /// On this machine programs have the user's environment as it is. An image has its own, but its
  /// engine is found where the user finds it.
  private Map<String, String> environment(Optional<Experiment> experiment) {
    Environment environment =
        site.map(Site::environment)
            .orElse(Environment.NONE)
            .merge(experiment.map(Experiment::environment).orElse(Environment.NONE));
    if (site.flatMap(Site::host).isPresent()) {
      // What holds here need not hold there.
      return environment.set();
    }
    if (dialect.startsAtOnce()) {
      return environment.set();
    }
    boolean imagesOwn = options.container.isWanted(experiment) && environment.forward().isEmpty();
    return imagesOwn
        ? new Environment(environment.set(), Optional.of(List.of("PATH"))).of(System.getenv())
        : environment.of(System.getenv());
  }

  /// What is asked of a batch system: by the project's default template, the experiment or the
  /// launch script, the submit template that is named, and the command line, of which the later
  /// win.
  ///
  /// @param script what a launch script asks
  private List<Directive> directives(Optional<Experiment> experiment, List<Directive> script) {
    if (!dialect.isBatch()) {
      return List.of();
    }
    Resources own =
        site.map(Site::resources)
            .orElse(Resources.NONE)
            .merge(experiment.map(Experiment::resources).orElse(Resources.NONE));
    Directives below = new Directives(dialect);
    below =
        isTemplateNamed()
            ? below.over(own).over(script).over(template())
            : below.over(template()).over(own).over(script);
    return below
        .over(options.resources.read())
        .over(options.warning().map(dialect::warn).orElse(List.of()))
        .over(options.natives.stream().map(Directive::parse).toList())
        .list();
  }

  private boolean isTemplateNamed() {
    return options.submitTemplate != null;
  }

  private List<Directive> template() {
    String name = options.submitTemplate == null ? Config.DEFAULT_TEMPLATE : options.submitTemplate;
    return project
        .template(dialect.name(), name, here(), Place.of("--submit-template"))
        .directives();
  }

  /// Where the user is.
  private static Path here() {
    return Path.of("").toAbsolutePath();
  }

  /// Hands the files of parameters and what differs from the commit to the making of a run.
  ///
  /// @param leftOut takes each file that had to be left out
  RunDirectory withFiles(Code code, Consumer<Patch.LeftOut> leftOut, ProjectCode.Maker maker)
      throws TransportException, IOException, InterruptedException {
    return tree.withDifference(code, sources(), leftOut, maker);
  }

  /// What differs from the commit, as a run keeps it; empty when nothing does.
  Optional<String> difference(Code code) throws TransportException, IOException {
    return tree.difference(code);
  }

  /// A command that is not registered runs here at once, so a slip of the pen is told at once.
  private static void requireProgram(String name, Code code, Problems problems) {
    if (!Programs.isThere(name, code.directory())) {
      problems.add(
          Problem.of("there is no program `%s`".formatted(name))
              .hint(
                  name.contains("/")
                      ? "it was looked for from `%s`; is it executable?".formatted(code.directory())
                      : "it was looked for on PATH"));
    }
  }

  private void requireInCommit(Experiment experiment, Code code, Problems problems) {
    boolean isInImage =
        options.container.isWanted(Optional.of(experiment))
            && experiment.executable().startsWith("/");
    if (!isInImage && !Files.exists(code.directory().resolve(experiment.executable()))) {
      problems.add(
          Problem.of(
                  "commit `%.7s` has no `%s`, which the experiment `%s` runs"
                      .formatted(
                          code.commit().orElse(""), experiment.executable(), experiment.name()))
              .hint(
                  "`git log --all -- %s` lists the commits that changed it"
                      .formatted(ShellWords.quoteAll(List.of(experiment.executable())))));
    }
  }

  /// What the definition names and is not there.
  List<Problem> missingFiles(String name, Optional<Experiment> experiment, Path directory) {
    // Set-up lines and batch systems find programs elsewhere.
    boolean known =
        !dialect.isBatch()
            && experiment
                .filter(e -> !e.setup().isEmpty() || e.environment().set().containsKey("PATH"))
                .isEmpty();
    Optional<String> search =
        known
            ? Optional.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin"))
            : Optional.empty();
    return project.missingFiles(name, directory, search, options.container.isWanted(experiment));
  }

  /// The files of parameters, by their path in the run.
  private Map<String, Path> sources() {
    return options.parametersFiles.stream()
        .collect(Collectors.toMap(RequestBuilder::copy, Function.identity()));
  }

  private static String copy(Path file) {
    return RunRequest.PARAMETERS_FILES + "/" + file.getFileName();
  }

  private Map<String, String> parametersFiles(Problems problems) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Path file : options.parametersFiles) {
      if (!Files.isRegularFile(file)) {
        problems.add(
            Problem.at(Place.of("--parameters-file"), "there is no file `%s`".formatted(file)));
        continue;
      }
      if (texts.put(copy(file), RequestedSweep.text(file, "--parameters-file")) != null) {
        throw new InvalidInputException(
            Problem.at(
                Place.of("--parameters-file"),
                "two of the files are called `%s`".formatted(file.getFileName())));
      }
    }
    return texts;
  }
}
