package io.karez.store;

import io.karez.define.Conduct;
import io.karez.define.Container;
import io.karez.define.ExperimentName;
import io.karez.define.RunId;
import io.karez.define.SitePlace;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.text.InvalidInputException;
import io.karez.text.Json;
import io.karez.text.JsonObject;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was asked of a run: its `run.json`, written once.
///
/// @param uid 128 random bits in hexadecimal: the run's identity everywhere
/// @param experiment {@link ExperimentName#UNREGISTERED} for a command that is not registered
/// @param command the words that every job's command begins with
/// @param passPaths whether `--storage_path` and `--dataset_path` follow each job's arguments
/// @param datasets names and absolute paths, in the order they are handed over
/// @param parametersFiles names of the copies that follow each job's arguments
/// @param jobs how many it was made with; those that were added later are events
/// @param runner the scheduler's name
/// @param site where its original lies; empty for this machine
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
/// @param dirty whether the work tree differed from the commit
/// @param request the words after `karez run`, secrets hidden
/// @param tags those it was started with; later ones are events
public record RunDocument(
    RunId id,
    String uid,
    ExperimentName experiment,
    String description,
    List<String> tags,
    List<String> command,
    boolean passPaths,
    Map<String, String> datasets,
    List<String> parametersFiles,
    int jobs,
    String runner,
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
    List<String> request,
    String user,
    String host,
    String version,
    Instant created) {

  private static final int SCHEMA = 1;

  /// So many jobs fit into any memory.
  private static final int UNCHECKED = 10_000;

  public RunDocument {
    tags = List.copyOf(tags);
    command = List.copyOf(command);
    datasets = Collections.unmodifiableMap(new LinkedHashMap<>(datasets));
    parametersFiles = List.copyOf(parametersFiles);
    devices = List.copyOf(devices);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    setup = List.copyOf(setup);
    directives = List.copyOf(directives);
    request = List.copyOf(request);
  }

  /// The directory of one of its jobs, as {@link RunDirectory#job} takes it.
  public String directoryOf(int job) {
    return directoryOf(job, jobs);
  }

  /// The directory of a job in a run that was made with that many: the only one's files lie in the
  /// run's own, where they stay when more are added.
  public static String directoryOf(int job, int jobs) {
    return jobs == 1 && job == 0 ? "." : "group_" + job;
  }

  /// The run's directory as its jobs see it.
  public RunDirectory original(RunDirectory run) {
    return site.map(place -> new RunStore(place.results()).at(experiment, id)).orElse(run);
  }

  /// @throws InvalidInputException naming the file, when it cannot be understood
  public static RunDocument read(RunDirectory run) {
    Path file = run.document();
    try {
      JsonObject json =
          JsonObject.of(Json.read(Lines.text(file), file.toString()))
              .orElseThrow(() -> unreadable(file, "it is not an object"));
      RunDocument document = of(run.id(), json);
      document.requirePlausible(run);
      return document;
    } catch (JsonObject.MalformedException
        | DateTimeException
        | ArithmeticException
        | IllegalArgumentException e) {
      throw unreadable(file, e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }

  /// Whether only its owner may read it. The command is kept as it is, and what is hidden inside of
  /// longer text rests on what kind of text it seems to be.
  boolean isPrivate() {
    return Secrets.areIn(command)
        || Secrets.areInside(request)
        || Secrets.areIn(tags)
        || Secrets.areInText(description);
  }

  String write() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("id", id.value());
    json.put("uid", uid);
    json.put("experiment", experiment.value());
    json.put("description", description);
    json.put("tags", tags);
    json.put("command", command);
    json.put("pass_paths", passPaths);
    json.put("datasets", datasets);
    json.put("parameters_files", parametersFiles);
    json.put("jobs", jobs);
    json.put("runner", runner);
    site.ifPresent(place ->
        json.put("site", Map.of("name", place.site(), "results", place.results().toString())));
    json.put("slots", slots);
    json.put("devices", devices);
    json.put("resources", resources);
    json.put("environment", environment);
    json.put("setup", setup);
    container.ifPresent(image -> json.put("container", ContainerFields.of(image)));
    json.put("directives", Directives.words(directives));
    Conducts.write(conduct, json);
    json.put("working_directory", workingDirectory.toString());
    json.put("commit", commit.orElse(null));
    json.put("dirty", dirty);
    json.put("request", request);
    json.put("user", user);
    json.put("host", host);
    json.put("version", version);
    json.put("created", created.toString());
    return Json.writeIndented(json) + "\n";
  }

  private static RunDocument of(RunId id, JsonObject json) {
    return new RunDocument(
        id,
        json.string("uid"),
        new ExperimentName(json.string("experiment")),
        json.optionalString("description").orElse(""),
        json.strings("tags"),
        json.strings("command"),
        json.flag("pass_paths"),
        json.stringMap("datasets"),
        json.strings("parameters_files"),
        json.integer("jobs"),
        json.string("runner"),
        json.optionalObject("site")
            .map(place -> new SitePlace(place.string("name"), Path.of(place.string("results")))),
        json.optionalNumber("slots").orElse(1L).intValue(),
        json.strings("devices"),
        json.stringMap("resources"),
        json.stringMap("environment"),
        json.strings("setup"),
        json.optionalObject("container").map(ContainerFields::read),
        Directives.read(json.rows("directives")),
        Conducts.read(json),
        Path.of(json.string("working_directory")),
        json.optionalString("commit"),
        json.flag("dirty"),
        json.strings("request"),
        json.optionalString("user").orElse(""),
        json.optionalString("host").orElse(""),
        json.optionalString("version").orElse(""),
        json.instant("created"));
  }

  /// Whoever reads a run makes room for its jobs, so a number from nowhere must not pass.
  private void requirePlausible(RunDirectory run) throws IOException {
    if (jobs < 1) {
      throw unreadable(run.document(), "it says that it has %d jobs".formatted(jobs));
    }
    if (jobs > UNCHECKED && Files.size(run.jobs()) < jobs) {
      throw unreadable(
          run.document(),
          "it says that it has %d jobs, and `jobs.jsonl` is too short for them".formatted(jobs));
    }
  }

  private static InvalidInputException unreadable(Path file, @Nullable String why) {
    return new InvalidInputException(
        Problem.at(Place.of(file.toString()), "cannot be understood: " + why));
  }
}
