package io.karez.cli;

import com.google.gson.stream.JsonWriter;
import io.karez.define.RunId;
import io.karez.expand.Sweep;
import io.karez.render.Jobs;
import io.karez.render.RunRequest;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.LaunchFiles;
import io.karez.store.Job;
import io.karez.store.RunDirectory;
import io.karez.store.RunStore;
import io.karez.submit.NewRun;
import io.karez.text.Json;
import io.karez.text.Secrets;
import io.karez.text.ShellWords;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Shows what a run would be: its jobs, its script, its command. What is submitted differs only in
/// the run's number and uid.
///
/// @param sweep is gone through as it is printed, so that its size does not matter
record DryRun(Console console, Dialect dialect, NewRun maker, RunRequest request, Sweep sweep) {
  /// Stands for the run's number, which is taken only when it is made.
  private static final RunId NEXT = new RunId(999_999_999);

  private static final String UID = "UID";

  int show(RunStore store, boolean json) throws IOException {
    RunDirectory run =
        new RunDirectory(
            NEXT, store.results().resolve(request.experiment().value()).resolve("run_ID"));
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
    json.name("runner").value(dialect.name());
    json.name("jobs").beginArray();
    Jobs jobs = new Jobs(request, run, sweep);
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
    json.name("script").value(script(run, count).script());
    json.name("command");
    Json.put(json, command(run));
    json.endObject();
    json.flush();
  }

  private void writeText(RunDirectory run, Writer out) throws IOException {
    Jobs jobs = new Jobs(request, run, sweep);
    int count = 0;
    while (jobs.hasNext()) {
      Job job = jobs.next();
      out.write("job " + job.index() + ": ");
      out.write(shown(ShellWords.quoteAll(Secrets.hidden(job.argv()))));
      out.write('\n');
      count++;
    }
    out.write("\nin %s\n".formatted(shown(request.workingDirectory().toString())));
    out.write("\nexecute.sh:\n");
    out.write(shown(script(run, count).script()).indent(2));
    out.write("\nsubmitted with:\n  ");
    out.write(shown(ShellWords.quoteAll(command(run))));
    out.write("\n\n%d job%s; nothing was made".formatted(count, count == 1 ? "" : "s"));
  }

  private LaunchFiles script(RunDirectory run, int count) {
    LaunchFiles files = maker.render(run, request, UID, 1, count);
    return new LaunchFiles(files.script().replace(NEXT.toString(), "ID"), files.others());
  }

  private List<String> command(RunDirectory run) {
    return dialect.submit(run.path(), 1).words();
  }

  private String shown(String text) {
    return console.outTerminal() ? Printable.of(text) : text;
  }
}
