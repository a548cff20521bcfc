package io.karez.cli;

import com.google.gson.stream.JsonWriter;
import io.karez.inspect.Runs;
import io.karez.store.RunDirectory;
import io.karez.text.Json;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TimeZone;

/// Shows what was asked of a run, and what came of it.
final class ShowCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();

  private List<String> words = List.of();
  private boolean json;

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words("[NAME] RUN[/JOB]", "1..2", "the run, or one job of it", given -> words = given)
        .flag("--json", "one JSON document, with every job", () -> json = true)
        .footer("", "Examples:", "  karez show last", "  karez show 4/17");
  }

  @Override
  public int run(Console console) throws IOException {
    Inspection inspection = Inspection.of(project.project(), new Silence(console));
    NamedRun name = RunWords.one(words, inspection.store());
    RunDirectory run = name.run();
    Runs.Detail detail = inspection.runs().detail(run);
    if (json) {
      writeJson(console, inspection, detail);
      return inspection.code(console);
    }
    boolean color = console.outTerminal() && console.color();
    ShownRun shown =
        new ShownRun(
            inspection.clock().instant(),
            TimeZone.getDefault(),
            color,
            new CodeThere(inspection.reach().project()));
    List<String> lines =
        name.job().isPresent()
            ? shown.job(detail.view(), name.pick(detail.jobs()).getFirst())
            : shown.run(detail.view(), detail.jobs());
    Folded.lines(lines, console).forEach(console.out()::println);
    return inspection.code(console);
  }

  private static void writeJson(Console console, Inspection inspection, Runs.Detail detail)
      throws IOException {
    JsonWriter json = Json.writer(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8));
    json.beginObject();
    json.name("schema").value(RunJson.SCHEMA);
    json.name("runs").beginArray();
    RunJson.write(json, detail.view(), detail.jobs(), inspection.root());
    json.endArray();
    json.endObject();
    json.flush();
    console.out().println();
  }
}
