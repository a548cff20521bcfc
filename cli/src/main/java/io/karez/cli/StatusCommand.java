package io.karez.cli;

import com.google.gson.stream.JsonWriter;
import io.karez.define.Experiment;
import io.karez.define.ExperimentName;
import io.karez.inspect.Runs;
import io.karez.project.Project;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunHistory;
import io.karez.text.InvalidInputException;
import io.karez.text.Json;
import io.karez.text.Problem;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Shows runs and how they stand.
final class StatusCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();

  private List<String> words = List.of();
  private boolean watch;
  private boolean all;
  private boolean json;

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words(
            "[NAME] [RUN[/JOB]]",
            "0..2",
            "the runs of one experiment, or the jobs of one run; otherwise all runs",
            given -> words = given)
        .flag("--watch --live", "show it anew every 2 s until all have ended", () -> watch = true)
        .flag(
            "--all",
            "all runs or jobs, not only as many as the terminal has room for",
            () -> all = true)
        .flag("--json", "one JSON document, with every job", () -> json = true)
        .footer(
            "",
            "The duration of a job is that of its last attempt; that of a run is from the first start"
                + " to the last end of these, so a late retry makes it long.",
            "",
            "Examples:",
            "  karez status summary_iris",
            "  karez status last --watch");
  }

  @Override
  public int run(Console console) throws Exception {
    Project here = project.project();
    Inspection inspection = Inspection.of(here, new Silence(console));
    if (json) {
      writeJson(console, inspection, directories(here, inspection));
      return inspection.code(console);
    }
    StatusScreen screen = screen(here, inspection, console);
    if (watch) {
      return new WatchedScreen(console, screen).watch();
    }
    // The line that the user types next needs room as well.
    int height = console.outTerminal() && !all ? console.rows() - 1 : Integer.MAX_VALUE;
    screen.show(console.columns(), height).lines().forEach(console.out()::println);
    return inspection.code(console);
  }

  private StatusScreen screen(Project here, Inspection inspection, Console console) {
    if (isRun()) {
      return new JobsScreen(inspection, RunWords.one(words, inspection.store()), console);
    }
    Optional<ExperimentName> name = experiment(here);
    Optional<Experiment> experiment =
        name.filter(known -> here.experiments().contains(known))
            .map(known -> here.experiment(known.value()));
    return new RunsScreen(inspection, name, experiment, console);
  }

  private boolean isRun() {
    return !words.isEmpty() && RunWords.isRun(words.getLast());
  }

  private List<RunDirectory> directories(Project here, Inspection inspection) {
    if (isRun()) {
      return List.of(RunWords.one(words, inspection.store()).run());
    }
    return inspection.store().list(experiment(here));
  }

  /// The experiment asked for: registered, or one that has runs though it is registered no more.
  private Optional<ExperimentName> experiment(Project here) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    if (words.size() > 1) {
      throw new InvalidInputException(
          Problem.of("`%s` is one too many".formatted(words.get(1)))
              .hint("name one experiment or one run"));
    }
    ExperimentName name = new ExperimentName(words.getFirst());
    boolean known =
        here.experiments().contains(name)
            || Files.isDirectory(here.results().resolve(name.value()));
    if (!known) {
      here.experiment(name.value());
    }
    return Optional.of(name);
  }

  private static void writeJson(
      Console console, Inspection inspection, List<RunDirectory> directories) throws IOException {
    List<Runs.Line.Broken> unreadable = new ArrayList<>();
    JsonWriter json = Json.writer(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8));
    json.beginObject();
    json.name("schema").value(RunJson.SCHEMA);
    json.name("runs").beginArray();
    // In the order of the table: those that go on, then the others, each from the newest.
    Map<RunDirectory, String> ended = new HashMap<>();
    for (RunDirectory directory : directories.reversed()) {
      try {
        RunHistory history = RunHistory.of(new EventLog(directory).read());
        if (!hasEnded(history)) {
          Element element = element(inspection, inspection.runs().unended(directory, history));
          if (element.settled()) {
            ended.put(directory, element.json());
          } else {
            json.jsonValue(element.json());
          }
        } else {
          // Its history is read again in its turn: those of all runs may be too much to hold.
          ended.put(directory, "");
        }
      } catch (RuntimeException e) {
        unreadable.add(Runs.Line.Broken.of(directory, e));
      }
    }
    for (RunDirectory directory : directories.reversed()) {
      try {
        if (ended.containsKey(directory)) {
          String known = ended.getOrDefault(directory, "");
          json.jsonValue(
              known.isEmpty()
                  ? element(inspection, inspection.runs().detail(directory)).json()
                  : known);
        }
      } catch (RuntimeException e) {
        unreadable.add(Runs.Line.Broken.of(directory, e));
      }
    }
    json.endArray();
    json.name("unreadable").beginArray();
    for (Runs.Line.Broken run : unreadable) {
      json.beginObject();
      json.name("id").value(run.directory().id().value());
      json.name("directory").value(RunJson.relative(inspection.root(), run.directory().path()));
      json.name("problem").value(run.problem());
      json.endObject();
    }
    json.endArray();
    json.endObject();
    json.flush();
    console.out().println();
  }

  /// Whether that is known without a look.
  private static boolean hasEnded(RunHistory history) {
    return history.settled().filter(ended -> ended.lost().isEmpty()).isPresent();
  }

  private record Element(boolean settled, String json) {}

  /// Written apart, so that a run that breaks off half-way leaves nothing in the document.
  private static Element element(Inspection inspection, Runs.Detail detail) throws IOException {
    StringWriter text = new StringWriter();
    JsonWriter json = Json.writer(text);
    RunJson.write(json, detail.view(), detail.jobs(), inspection.root());
    json.flush();
    return new Element(detail.view().settled(), text.toString());
  }
}
