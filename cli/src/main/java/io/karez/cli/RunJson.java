package io.karez.cli;

import com.google.gson.stream.JsonWriter;
import io.karez.define.Cause;
import io.karez.define.SitePlace;
import io.karez.inspect.RunView;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.store.ContainerFields;
import io.karez.store.Job;
import io.karez.store.JobRecord;
import io.karez.store.RunDocument;
import io.karez.store.RunFiles;
import io.karez.text.Json;
import io.karez.text.Secrets;
import io.karez.track.TrackedJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Runs as JSON: one document with a schema number, ISO-8601 UTC times, seconds for durations.
final class RunJson {
  static final int SCHEMA = 1;

  private RunJson() {}

  /// One element of `runs`, with its jobs.
  ///
  /// @param root what directories are shown relative to
  static void write(JsonWriter json, RunView run, List<TrackedJob> jobs, Path root)
      throws IOException {
    RunDocument document = run.document();
    json.beginObject();
    json.name("id").value(document.id().value());
    json.name("uid").value(document.uid());
    json.name("experiment").value(document.experiment().value());
    json.name("description").value(run.description());
    json.name("runner").value(document.runner());
    json.name("site").value(document.site().map(SitePlace::site).orElse("local"));
    json.name("container");
    Json.put(json, document.container().map(ContainerFields::of).orElse(null));
    json.name("state").value(run.state().name());
    json.name("directory").value(relative(root, run.directory().path()));
    json.name("tags");
    Json.put(json, run.tags());
    json.name("commit").value(document.commit().orElse(null));
    json.name("dirty").value(document.dirty());
    json.name("created").value(document.created().toString());
    instant(json, "started", run.started());
    instant(json, "ended", run.ended());
    json.name("counts");
    Json.put(json, new TreeMap<>(run.counts().byState()));
    json.name("jobs").beginArray();
    Iterable<Job> lines = lines(run);
    for (Job line : lines) {
      if (line.index() < jobs.size()) {
        job(json, run, line, jobs.get(line.index()), root);
      }
    }
    json.endArray();
    json.endObject();
  }

  private static List<Job> lines(RunView run) {
    List<Job> lines = new ArrayList<>();
    RunFiles.eachJob(run.directory(), lines::add);
    return lines;
  }

  private static void job(JsonWriter json, RunView run, Job line, TrackedJob job, Path root)
      throws IOException {
    Optional<JobRecord.Start> start = job.record().flatMap(JobRecord::start);
    Optional<JobRecord.End> end = job.record().flatMap(JobRecord::end);
    json.beginObject();
    json.name("index").value(line.index());
    json.name("state").value(job.verdict().state().name());
    json.name("settled").value(job.verdict().settled());
    json.name("cause").value(job.verdict().cause().map(Cause::word).orElse(null));
    number(json, "exit_code", job.verdict().exitCode());
    number(json, "signal", job.verdict().signal());
    json.name("native_id").value(nativeId(run, job));
    json.name("native_state").value(job.verdict().nativeState().orElse(null));
    json.name("node").value(start.map(JobRecord.Start::host).orElse(null));
    json.name("attempt").value(job.attempt());
    json.name("parameters");
    Json.put(json, Secrets.hidden(line.parameters()));
    json.name("evidence").value(job.verdict().evidence());
    instant(json, "submitted", submitted(run, job));
    instant(json, "started", start.flatMap(JobRecord.Start::at));
    instant(json, "ended", end.flatMap(JobRecord.End::at));
    seconds(json, "elapsed_s", end.flatMap(JobRecord.End::elapsed));
    seconds(json, "cpu_s", end.flatMap(JobRecord.End::cpu));
    number(json, "max_memory_bytes", end.flatMap(JobRecord.End::memoryBytes));
    json.name("memory_source").value(end.flatMap(JobRecord.End::memorySource).orElse(null));
    json.name("directory").value(relative(root, run.directory().job(line.directory())));
    json.endObject();
  }

  /// The scheduler's id as people use it; a local process is known by its number.
  private static @Nullable String nativeId(RunView run, TrackedJob job) {
    Dialect dialect = Dialects.named(run.document().runner());
    return job.nativeId().flatMap(dialect::shown).orElse(null);
  }

  private static Optional<Instant> submitted(RunView run, TrackedJob job) {
    return Optional.ofNullable(run.history().submissions().get(job.submission()))
        .map(submission -> submission.begun());
  }

  static String relative(Path root, Path path) {
    String base = root + "/";
    String text = path.toString();
    return text.startsWith(base) ? text.substring(base.length()) : text;
  }

  private static void instant(JsonWriter json, String name, Optional<Instant> instant)
      throws IOException {
    json.name(name).value(instant.map(Instant::toString).orElse(null));
  }

  private static void seconds(JsonWriter json, String name, Optional<Duration> duration)
      throws IOException {
    json.name(name).value(duration.map(d -> d.toMillis() / 1000.0).orElse(null));
  }

  private static void number(JsonWriter json, String name, Optional<? extends Number> number)
      throws IOException {
    json.name(name).value(number.orElse(null));
  }
}
