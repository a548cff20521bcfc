package io.karez.cli;

import com.google.gson.stream.JsonWriter;
import io.karez.define.ExperimentName;
import io.karez.inspect.Runs;
import io.karez.project.Project;
import io.karez.store.RunDirectory;
import io.karez.store.RunIndex;
import io.karez.store.RunStore;
import io.karez.text.Json;
import io.karez.transport.LocalTransport;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Shows runs and how they stand.
final class StatusCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();

  /// Up to so many runs reading them is faster than opening a database.
  private static final int INDEXED = 1000;

  private @Nullable String what;
  private boolean json;

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words(
            "NAME|RUN",
            "0..1",
            "the runs of one experiment, or one run; otherwise all",
            words -> what = words.getFirst())
        .flag("--json", "one JSON document, with every job", () -> json = true)
        .footer("", "Example: karez status summary_iris");
  }

  @Override
  public int run(Console console) throws IOException {
    Project here = project.project();
    RunStore store = new RunStore(here.results());
    Runs runs = new Runs(new LocalTransport(), InstantSource.system());
    List<RunDirectory> directories = directories(store);
    if (json) {
      writeJson(console, here, runs, directories);
      return ExitCode.DONE;
    }
    Optional<RunIndex> index =
        directories.size() > INDEXED
            ? RunIndex.open(Caches.directory(), here.results())
            : Optional.empty();
    for (Runs.Line line : runs.lines(directories, index)) {
      String state =
          switch (line) {
            case Runs.Line.Whole w -> w.summary().state().name();
            case Runs.Line.Broken b -> "unreadable";
          };
      console.out().println(line.directory().id() + " " + state);
    }
    index.ifPresent(RunIndex::close);
    return ExitCode.DONE;
  }

  private List<RunDirectory> directories(RunStore store) {
    if (what == null) {
      return store.list(Optional.empty());
    }
    if (what.matches("last|[0-9].*")) {
      return List.of(RunName.parse(what).in(store));
    }
    return store.list(Optional.of(new ExperimentName(what)));
  }

  private static void writeJson(
      Console console, Project here, Runs runs, List<RunDirectory> directories) throws IOException {
    JsonWriter json = Json.writer(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8));
    json.beginObject();
    json.name("schema").value(RunJson.SCHEMA);
    json.name("runs").beginArray();
    for (RunDirectory directory : directories) {
      Runs.Detail detail = runs.detail(directory);
      RunJson.write(json, detail.view(), detail.jobs(), here.root());
    }
    json.endArray();
    json.endObject();
    json.flush();
    console.out().println();
  }
}
