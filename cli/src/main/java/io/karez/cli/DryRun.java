package io.karez.cli;

import com.google.gson.stream.JsonWriter;
import io.karez.define.ExperimentName;
import io.karez.define.RunId;
import io.karez.expand.Grid;
import io.karez.expand.ParameterSet;
import io.karez.expand.Sweep;
import io.karez.launch.PlannedRun;
import io.karez.render.Jobs;
import io.karez.render.RunRequest;
import io.karez.scheduler.ContainerScript;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.LaunchFiles;
import io.karez.store.ContainerFields;
import io.karez.store.Job;
import io.karez.store.RunDirectory;
import io.karez.store.RunStore;
import io.karez.text.Json;
import io.karez.text.Secrets;
import io.karez.text.ShellWords;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Shows what a run would be: its jobs, its script, its command. What is submitted differs only in
/// the run's number and uid.
///
/// @param plan its sweep is gone through as it is printed, so that its size does not matter
/// @param transfers what goes to its site before
record DryRun(Console console, PlannedRun plan, List<String> transfers) {
  /// Stands for the run's number, which is taken only when it is made.
  private static final RunId NEXT = new RunId(999_999_999);

  private static final String UID = "UID";

  /// Nobody reads more jobs than these: then the first and the last are shown.
  private static final long MANY = 100_000;

  private static final long FIRST = 20;

  int show(RunStore store, boolean json) throws IOException {
    RunDirectory run =
        new RunDirectory(
            NEXT, store.results().resolve(request().experiment().value()).resolve("run_ID"));
    Writer out = new OutputStreamWriter(console.out(), StandardCharsets.UTF_8);
    if (json) {
      writeJson(run, out);
    } else {
      writeText(run, out);
    }
    out.write('\n');
    out.flush();
    return ExitCode.DONE;
  }

  private void writeJson(RunDirectory run, Writer out) throws IOException {
    JsonWriter json = Json.writer(out);
    json.beginObject();
    json.name("schema").value(RunJson.SCHEMA);
    json.name("runner").value(dialect().name());
    json.name("container");
    Json.put(json, request().container().map(ContainerFields::of).orElse(null));
    json.name("jobs").beginArray();
    Jobs jobs = new Jobs(request(), run, sweep());
    int count = 0;
    while (jobs.hasNext()) {
      Job job = jobs.next();
      json.beginObject();
      json.name("index").value(job.index());
      json.name("directory").value(job.directory());
      json.name("parameters");
      Json.put(json, Secrets.hidden(job.parameters()));
      json.name("argv");
      Json.put(json, Secrets.hidden(job.argv()));
      json.endObject();
      count++;
    }
    json.endArray();
    json.name("count").value(count);
    LaunchFiles files = files(run, count);
    json.name("script").value(files.script());
    json.name("container_script").value(files.others().get(ContainerScript.FILE));
    json.name("files");
    Json.put(json, launched());
    json.name("command");
    Json.put(json, command(run));
    if (request().site().isPresent()) {
      json.name("site").value(request().site().get().site());
      json.name("transfers");
      Json.put(json, transfers);
    }
    json.endObject();
    json.flush();
  }

  private void writeText(RunDirectory run, Writer out) throws IOException {
    long count = sweep().size().orElseGet(() -> sweep().stream().count());
    Jobs jobs = new Jobs(request(), run, sweep());
    out.write(shown(summary(run, count)));
    long all = count > MANY ? FIRST : count;
    while (jobs.hasNext() && all-- > 0) {
      write(jobs.next(), run, out);
    }
    if (count > MANY) {
      out.write("\n...\n");
      if (sweep() instanceof Grid grid) {
        ParameterSet last = grid.at(count - 1);
        write(new Jobs(request(), run, List.of(last), (int) count - 1).next(), run, out);
      }
      out.write("\n%d jobs in all; `--json` lists every one\n".formatted(count));
    }
    if (!dialect().startsAtOnce()) {
      out.write(
          "\n"
              + Brakes.of(
                  count,
                  request().conduct().pack(),
                  plan.most(),
                  dialect().asked(request().directives()))
              + "\n");
    }
    if (count > plan.most()) {
      out.write("one submission carries %d jobs; this is the first\n".formatted(plan.most()));
    }
    LaunchFiles files = files(run, (int) count);
    writeFile("execute.sh", files.script(), out);
    @Nullable String container = files.others().get(ContainerScript.FILE);
    if (container != null) {
      writeFile(ContainerScript.FILE, container, out);
    }
    for (Map.Entry<String, String> file : launched().entrySet()) {
      writeFile(file.getKey(), file.getValue(), out);
    }
    if (request().site().isPresent()) {
      out.write(
          "\nsent to `%s` before, as far as it is not there:\n"
              .formatted(request().site().get().site()));
      for (String path : transfers) {
        out.write(shown("  " + Printable.onLine(path) + "\n"));
      }
    } else if (!launched().isEmpty()) {
      out.write("\nnothing is transferred: it runs from this machine's own files\n");
    }
    out.write("\nsubmitted with:\n  ");
    out.write(shown(ShellWords.quoteAll(command(run))));
    out.write("\n\nnothing was made");
  }

  private String summary(RunDirectory run, long count) {
    boolean registered = !request().experiment().equals(ExperimentName.UNREGISTERED);
    String slots =
        request().slots() > 0 && count > 1
            ? ", %d at a time".formatted(Math.min(request().slots(), count))
            : "";
    String container = request().container().map(", in the image %s"::formatted).orElse("");
    return "%s%s on %s%s%s\nin %s\nRUN is %s\n"
        .formatted(
            Quantities.count(count, "job"),
            registered ? " of " + request().experiment() : "",
            dialect().name(),
            slots,
            container,
            request().workingDirectory(),
            place(run).replace(NEXT.toString(), "ID"));
  }

  private void write(Job job, RunDirectory run, Writer out) throws IOException {
    List<String> words =
        Secrets.hidden(job.argv()).stream()
            .map(word ->
                word.equals(place(run)) || word.startsWith(place(run) + "/")
                    ? "RUN" + word.substring(place(run).length())
                    : word)
            .toList();
    String parameters = JobsTable.parameters(job.parameters());
    out.write("\njob %d".formatted(job.index()) + (parameters.isEmpty() ? "" : "  " + parameters));
    out.write("\n  " + shown(ShellWords.quoteAll(words)) + "\n");
  }

  private void writeFile(String name, String text, Writer out) throws IOException {
    out.write("\n%s:\n".formatted(name));
    out.write(shown(text).indent(2));
  }

  /// The launch script and what belongs to it, by their paths in the run.
  private Map<String, String> launched() {
    Map<String, String> launched = new LinkedHashMap<>(request().texts());
    launched.keySet().removeIf(name -> !name.startsWith(RunRequest.LAUNCH + "/"));
    return launched;
  }

  private LaunchFiles files(RunDirectory run, int count) {
    LaunchFiles files =
        plan.maker().render(run, request(), plan.waits(), UID, 1, Math.min(count, plan.most()));
    Map<String, String> others = new HashMap<>(files.others());
    others.replaceAll((name, text) -> text.replace(NEXT.toString(), "ID"));
    return new LaunchFiles(files.script().replace(NEXT.toString(), "ID"), others);
  }

  private List<String> command(RunDirectory run) {
    return dialect().submit(request().original(run).path(), 1).words().stream()
        .map(word -> word.replace(NEXT.toString(), "ID"))
        .toList();
  }

  /// Where it lies for its jobs.
  private String place(RunDirectory run) {
    return request().original(run).path().toString();
  }

  private String shown(String text) {
    return console.outTerminal() ? Printable.of(text) : text;
  }

  private Dialect dialect() {
    return plan.dialect();
  }

  private RunRequest request() {
    return plan.request();
  }

  private Sweep sweep() {
    return plan.sweep();
  }
}
