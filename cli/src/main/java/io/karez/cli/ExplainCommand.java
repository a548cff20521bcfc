package io.karez.cli;

import com.google.gson.stream.JsonWriter;
import io.karez.inspect.Limits;
import io.karez.inspect.Pending;
import io.karez.inspect.Runs;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.Waiting;
import io.karez.store.JobRecord;
import io.karez.store.RunDocument;
import io.karez.text.Json;
import io.karez.track.TrackedJob;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Collectors;

/// Explains why jobs wait; those that wait for the same are explained once.
final class ExplainCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();

  private List<String> words = List.of();
  private boolean json;

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words("[NAME] RUN[/JOB]", "1..2", "the run, or one job of it", given -> words = given)
        .flag("--json", "one JSON document", () -> json = true)
        .footer("", "Examples:", "  karez explain last", "  karez explain 4/17");
  }

  @Override
  public int run(Console console) throws IOException {
    Inspection inspection = Inspection.of(project.project(), new Silence(console));
    NamedRun name = RunWords.one(words, inspection.store());
    Runs.Detail detail = inspection.runs().detail(name.run());
    List<TrackedJob> jobs = name.pick(detail.jobs());
    List<Pending> groups = Pending.groups(jobs, Dialects.named(detail.view().document().runner()));
    Limits limits =
        new Limits(
            detail.view(), inspection.reach().transport(name.run(), detail.view().document()));
    if (json) {
      writeJson(console, name, groups, limits);
      return inspection.code(console);
    }
    boolean color = console.outTerminal() && console.color();
    if (groups.isEmpty()) {
      console.out().println("nothing waits in %s".formatted(name.shown()));
    }
    List<String> lines = new ArrayList<>();
    for (Pending group : groups) {
      lines.addAll(
          lines(name, group, limits.of(group), detail, inspection.clock().instant(), color));
    }
    lines.forEach(console.out()::println);
    Optional<String> unsubmitted = Unsubmitted.line(name.run(), jobs);
    unsubmitted.ifPresent(console.err()::println);
    unsubmitted
        .flatMap(line -> Unsubmitted.refusal(name.run()))
        .ifPresent(
            text -> console.err().println("  they were kept back: " + Printable.joined(text)));
    return inspection.code(console);
  }

  private static List<String> lines(
      NamedRun name,
      Pending group,
      List<String> limits,
      Runs.Detail detail,
      Instant now,
      boolean color) {
    TrackedJob example = group.jobs().getFirst();
    List<String> lines = new ArrayList<>();
    String count = Quantities.count(group.jobs().size(), "job");
    lines.add(
        StateMark.style(group.state()).paint(count + " " + StateMark.word(group.state()), color)
            + ": "
            + sentence(group));
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("jobs", JobRanges.of(group.jobs().stream().map(TrackedJob::index).toList()));
    fields.put("scheduler says", group.reason());
    if (group.reason().startsWith("Dependency")) {
      fields.put("waits for", waitsFor(detail.view().document()));
    }
    fields.put(limits.size() == 1 ? "limit" : "limits", String.join("; ", limits));
    fields.put("native id", example.nativeId().map(Object::toString).orElse(""));
    group.expected().ifPresent(at -> fields.put("expected to start", expected(at, now)));
    fields.put("before", before(example));
    fields.put("asked for", ShownRun.askedFor(detail.view(), example));
    if (group.waiting().isEmpty()) {
      fields.put("evidence", example.verdict().evidence());
    }
    lines.addAll(Fields.indented(fields, color));
    group
        .waiting()
        .flatMap(Waiting::hint)
        .ifPresent(hint -> lines.add("  hint: " + hint.replace("RUN", name.run().id().toString())));
    return lines;
  }

  /// `run 22 to end in any way`.
  private static String waitsFor(RunDocument document) {
    return document.conduct().after().stream()
        .map(after ->
            "run %s to end %s"
                .formatted(
                    after.run(),
                    switch (after.when()) {
                      case OK -> "with success";
                      case ANY -> "in any way";
                      case FAILED -> "without success";
                    }))
        .collect(Collectors.joining(", "));
  }

  /// Of a job that waits though its program was started.
  private static String before(TrackedJob job) {
    return job.record()
        .filter(record -> record.end().isEmpty())
        .flatMap(JobRecord::start)
        .map(start ->
            "it ran on %s and did not end; the scheduler has put it back, as when a node fails"
                .formatted(start.host()))
        .orElse("");
  }

  private static String sentence(Pending group) {
    return group
        .waiting()
        .map(
            waiting -> (group.jobs().size() == 1 ? "it waits " : "they wait ") + waiting.sentence())
        .orElse(
            group.reason().isEmpty()
                ? group.silent()
                    ? "the scheduler does not answer, so nobody can say why"
                    : "the scheduler does not say why"
                : "the scheduler's reason is not one that Karez knows");
  }

  private static String expected(Instant at, Instant now) {
    String when = Quantities.moment(at, TimeZone.getDefault());
    Duration until = Duration.between(now, at);
    return until.isNegative() ? when : when + ", in " + Quantities.duration(until);
  }

  private static void writeJson(Console console, NamedRun name, List<Pending> groups, Limits limits)
      throws IOException {
    JsonWriter json = Json.writer(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8));
    json.beginObject();
    json.name("schema").value(RunJson.SCHEMA);
    json.name("run").value(name.run().id().value());
    json.name("waiting").beginArray();
    for (Pending group : groups) {
      json.beginObject();
      json.name("state").value(group.state().name());
      json.name("reason").value(group.reason());
      json.name("sentence").value(sentence(group));
      json.name("hint").value(group.waiting().flatMap(Waiting::hint).orElse(null));
      json.name("limits");
      Json.put(json, limits.of(group));
      json.name("expected").value(group.expected().map(Instant::toString).orElse(null));
      json.name("jobs");
      Json.put(json, group.jobs().stream().map(TrackedJob::index).toList());
      json.endObject();
    }
    json.endArray();
    json.endObject();
    json.flush();
    console.out().println();
  }
}
