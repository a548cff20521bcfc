package io.karez.render;

import io.karez.define.Conduct;
import io.karez.define.Container;
import io.karez.define.DatasetName;
import io.karez.define.ExperimentName;
import io.karez.define.SitePlace;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a run is asked to be, whatever its parameter sets.
///
/// @param experiment {@link ExperimentName#UNREGISTERED} for a command that is not registered
/// @param command the words that every job's command begins with
/// @param passPaths whether `--storage_path` and `--dataset_path` follow each job's arguments
/// @param datasets names and absolute paths, in the order they are handed over
/// @param variables for programs to find the datasets: `KAREZ_DATASET_<NAME>` and paths
/// @param site where the run's original lies; empty for this machine
/// @param slots how many jobs at a time; 0 for as many as the scheduler likes
/// @param devices the GPUs of each slot; empty when none are asked for
/// @param resources what each job asks for, by its canonical name, as text
/// @param environment variables that its programs are started with, besides those of the scheduler
/// @param setup shell lines that precede the programs
/// @param container the image that the programs are started in; empty for none
/// @param directives what is asked of the scheduler, in its own words
/// @param conduct when its jobs are handed over, and what follows their ends
/// @param workingDirectory absolute; where the programs run
/// @param commit full SHA; empty outside a repository
/// @param texts further files of the run, by their path in it
/// @param words what the user typed after `karez run`
public record RunRequest(
    ExperimentName experiment,
    String description,
    List<String> tags,
    List<String> command,
    boolean passPaths,
    Map<String, String> datasets,
    Map<String, String> variables,
    Optional<SitePlace> site,
    int slots,
    List<String> devices,
    Map<String, String> resources,
    Map<String, String> environment,
    List<String> setup,
    Optional<Container> container,
    List<Directive> directives,
    Conduct conduct,
    Path workingDirectory,
    Optional<String> commit,
    boolean dirty,
    Map<String, String> texts,
    List<String> words) {

  /// The folder of a run that holds its launch script, where it has one.
  public static final String LAUNCH = "launch";

  /// The folder of a run that files of parameters are copied to.
  public static final String PARAMETERS_FILES = "parameters_files";

  /// As a run was asked for.
  ///
  /// @param texts the files of parameters, by their path in the run
  public static RunRequest of(RunDocument run, Map<String, String> texts) {
    Map<String, String> variables = new LinkedHashMap<>();
    run.datasets().forEach((name, path) -> variables.put(new DatasetName(name).variable(), path));
    return new RunRequest(
        run.experiment(),
        run.description(),
        run.tags(),
        run.command(),
        run.passPaths(),
        run.datasets(),
        variables,
        run.site(),
        run.slots(),
        run.devices(),
        run.resources(),
        run.environment(),
        run.setup(),
        run.container(),
        run.directives(),
        run.conduct(),
        run.workingDirectory(),
        run.commit(),
        run.dirty(),
        texts,
        run.request());
  }

  public RunRequest {
    tags = List.copyOf(tags);
    command = List.copyOf(command);
    datasets = Collections.unmodifiableMap(new LinkedHashMap<>(datasets));
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    devices = List.copyOf(devices);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    setup = List.copyOf(setup);
    directives = List.copyOf(directives);
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    words = List.copyOf(words);
  }

  /// The directory of the run as its jobs see it.
  public RunDirectory original(RunDirectory run) {
    return site.map(place -> new RunStore(place.results()).at(experiment, run.id())).orElse(run);
  }

  /// The same, run elsewhere.
  public RunRequest at(Path directory) {
    return with(tags, container, directives, conduct, directory);
  }

  /// The same, asking the scheduler for this instead.
  public RunRequest asking(List<Directive> others) {
    return with(tags, container, others, conduct, workingDirectory);
  }

  /// The same, waiting for no other run.
  public RunRequest now() {
    return with(tags, container, directives, conduct.now(), workingDirectory);
  }

  /// The same with these tags instead.
  public RunRequest tagged(List<String> others) {
    return with(others, container, directives, conduct, workingDirectory);
  }

  /// The same, running a launch script.
  ///
  /// @param command what every job's command begins with
  /// @param more how many jobs at a time it asks for itself; 0 for no wish
  /// @param files of the run, by their path in it
  public RunRequest launching(List<String> command, int more, Map<String, String> files) {
    Map<String, String> all = new LinkedHashMap<>(texts);
    all.putAll(files);
    return new RunRequest(
        experiment,
        description,
        tags,
        command,
        passPaths,
        datasets,
        variables,
        site,
        more == 0 ? slots : slots == 0 ? more : Math.min(slots, more),
        devices,
        resources,
        environment,
        setup,
        container,
        directives,
        conduct,
        workingDirectory,
        commit,
        dirty,
        all,
        words);
  }

  /// The same in this container.
  public RunRequest in(Optional<Container> other) {
    return with(tags, other, directives, conduct, workingDirectory);
  }

  private RunRequest with(
      List<String> tags,
      Optional<Container> container,
      List<Directive> directives,
      Conduct conduct,
      Path workingDirectory) {
    return new RunRequest(
        experiment,
        description,
        tags,
        command,
        passPaths,
        datasets,
        variables,
        site,
        slots,
        devices,
        resources,
        environment,
        setup,
        container,
        directives,
        conduct,
        workingDirectory,
        commit,
        dirty,
        texts,
        words);
  }

  /// The words of one job.
  ///
  /// @param run the run's directory, absolute
  /// @param directory the job's, absolute
  public List<String> argv(List<String> arguments, Path run, Path directory) {
    List<String> argv = new ArrayList<>(command);
    argv.addAll(arguments);
    parametersFiles()
        .forEach(name -> argv.addAll(List.of("--parameters_file", run.resolve(name).toString())));
    if (passPaths) {
      argv.add("--storage_path");
      argv.add(directory.toString());
      if (!datasets.isEmpty()) {
        argv.add("--dataset_path");
        argv.addAll(datasets.values());
      }
    }
    return argv;
  }

  /// The paths in the run of the copies that follow each job's arguments.
  public List<String> parametersFiles() {
    return texts.keySet().stream().filter(name -> name.startsWith(PARAMETERS_FILES + "/")).toList();
  }
}
