package io.karez.cli;

import com.google.gson.stream.JsonWriter;
import io.karez.define.Cause;
import io.karez.inspect.Alike;
import io.karez.inspect.Counts;
import io.karez.inspect.Explanation;
import io.karez.inspect.JobUse;
import io.karez.inspect.RunView;
import io.karez.inspect.Runs;
import io.karez.inspect.Uses;
import io.karez.store.RunDirectory;
import io.karez.text.Json;
import io.karez.track.TrackedJob;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Explains why jobs did not succeed; those that ended alike are explained once.
final class WhyCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();

  private List<String> words = List.of();
  private boolean json;

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words("[NAME] RUN[/JOB]", "1..2", "the run, or one job of it", given -> words = given)
        .flag("--json", "one JSON document", () -> json = true)
        .footer("", "Examples:", "  karez why last", "  karez why 4/17");
  }

  @Override
  public int run(Console console) throws IOException, TransportException {
    Inspection inspection = Inspection.of(project.project(), new Silence(console));
    NamedRun name = RunWords.one(words, inspection.store());
    RunDirectory run = name.run();
    Runs.Detail detail = inspection.runs().detail(run);
    List<TrackedJob> jobs = name.pick(detail.jobs());
    List<Alike> groups =
        Alike.groups(
            jobs,
            Explanation.Started.of(detail.view().document()),
            job -> Reasons.lastWord(detail.view(), job));
    List<TrackedJob> examples = groups.stream().map(group -> group.jobs().getFirst()).toList();
    Map<Integer, JobUse> uses = new HashMap<>();
    Uses.of(
            detail.view(),
            examples,
            inspection.reach().seen(name.run(), detail.view().document()).transport())
        .jobs()
        .forEach(use -> uses.put(use.index(), use));
    int brought = bring(inspection, detail.view(), examples, console);
    boolean color = console.outTerminal() && console.color();
    Reasons reasons = new Reasons(detail.view(), uses, color);
    if (json) {
      writeJson(console, run, groups, reasons);
      return Math.max(brought, inspection.code(console));
    }
    if (groups.isEmpty()) {
      console
          .out()
          .println(
              "nothing has failed in %s: %s"
                  .formatted(name.shown(), Sentences.counts(Counts.of(jobs))));
      unsubmitted(console, run, detail);
      return Math.max(brought, inspection.code(console));
    }
    reasons.lines(groups).forEach(console.out()::println);
    unsubmitted(console, run, detail);
    return Math.max(brought, inspection.code(console));
  }

  /// What the examples and the scheduler have printed.
  private static int bring(
      Inspection inspection, RunView run, List<TrackedJob> examples, Console console) {
    List<String> names = new ArrayList<>(List.of("scheduler/*"));
    for (TrackedJob job : examples) {
      Path directory = Path.of(run.document().directoryOf(job.index()));
      names.add(directory.resolve("stderr.txt").normalize().toString());
      names.add(directory.resolve("stdout.txt").normalize().toString());
    }
    return Inspection.bring(
        inspection.reach().seen(run.directory(), run.document()), names, console);
  }

  private static void unsubmitted(Console console, RunDirectory run, Runs.Detail detail) {
    Unsubmitted.line(run, detail.jobs()).ifPresent(console.err()::println);
  }

  private static void writeJson(
      Console console, RunDirectory run, List<Alike> groups, Reasons reasons) throws IOException {
    JsonWriter json = Json.writer(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8));
    json.beginObject();
    json.name("schema").value(RunJson.SCHEMA);
    json.name("run").value(run.id().value());
    json.name("reasons").beginArray();
    for (Alike group : groups) {
      TrackedJob first = group.jobs().getFirst();
      json.beginObject();
      json.name("state").value(group.state().name());
      json.name("cause").value(first.verdict().cause().map(Cause::word).orElse(null));
      json.name("sentence").value(group.explanation().sentence());
      json.name("hint").value(reasons.hint(group).orElse(null));
      json.name("jobs");
      Json.put(json, group.jobs().stream().map(TrackedJob::index).toList());
      json.name("example");
      example(json, first, reasons);
      json.endObject();
    }
    json.endArray();
    json.endObject();
    json.flush();
    console.out().println();
  }

  /// The first of them.
  private static void example(JsonWriter json, TrackedJob job, Reasons reasons) throws IOException {
    String node = Reasons.node(job);
    json.beginObject();
    json.name("index").value(job.index());
    json.name("attempt").value(job.attempt());
    json.name("exit_code").value(job.verdict().exitCode().orElse(null));
    json.name("signal").value(job.verdict().signal().orElse(null));
    json.name("node").value(node.isEmpty() ? null : node);
    JobUse use = reasons.uses().get(job.index());
    if (use != null) {
      EfficiencyJson.amounts(json, use);
    }
    json.endObject();
  }
}
