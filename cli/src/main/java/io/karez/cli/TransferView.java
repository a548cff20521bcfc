package io.karez.cli;

import com.google.gson.stream.JsonWriter;
import io.karez.launch.Transfers;
import io.karez.text.Json;
import io.karez.transfer.Entry;
import io.karez.transfer.Listing;
import io.karez.transfer.Plan;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Says what a transfer has done, or would do.
///
/// @param way as `to far by rsync` says it
record TransferView(Console console, Transfers transfers, String way) {
  private static final int MOST = 20;

  /// What would be done.
  ///
  /// @param gone what would be removed
  void dryRun(Plan plan, Listing gone, List<Unfit> leftOut, List<String> commands, boolean json)
      throws IOException {
    if (json) {
      JsonWriter document = begin(true);
      document.name("files").value(plan.files().size());
      document.name("bytes").value(plan.bytes());
      document.name("same").value(plan.same());
      document.name("would_copy").beginArray();
      for (Entry.File file : plan.files()) {
        document.beginObject();
        document.name("path").value(file.path());
        document.name("bytes").value(file.bytes());
        document.endObject();
      }
      document.endArray();
      names(document, "would_link", plan.links().stream().map(Entry::path).toList());
      names(document, "would_make", plan.directories().stream().map(Entry::path).toList());
      names(document, "would_remove", gone.paths());
      unfit(document, "failed", plan.blocked());
      unfit(document, "left_out", leftOut);
      names(document, "commands", commands);
      end(document);
      return;
    }
    plan.directories().forEach(entry -> say("would make", entry.path() + "/", ""));
    plan.files()
        .forEach(
            file -> say("would copy", file.path(), " (" + Quantities.bytes(file.bytes()) + ")"));
    plan.links().forEach(link -> say("would link", link.path(), ""));
    plan.modes().forEach(file -> say("would set permissions of", file.path(), ""));
    gone.paths().forEach(path -> say("would remove", path, ""));
    commands.forEach(command -> console.out().println("$ " + Printable.onLine(command)));
    problems("error", plan.blocked());
    problems("warning", leftOut);
    console
        .err()
        .println(
            "%s: would copy %s (%s), %d are the same"
                .formatted(
                    way,
                    Quantities.count(plan.files().size(), "file"),
                    Quantities.bytes(plan.bytes()),
                    plan.same()));
  }

  /// What has been done.
  ///
  /// @param removed how many files and directories
  int done(
      TransferReport report,
      int removed,
      List<Unfit> failed,
      List<Unfit> leftOut,
      Duration time,
      boolean json)
      throws IOException {
    problems("warning", leftOut);
    problems("error", failed);
    if (json) {
      JsonWriter document = begin(false);
      document.name("files").value(report.files());
      document.name("bytes").value(report.bytes());
      document.name("same").value(report.same());
      document.name("removed").value(removed);
      document.name("interruptions").value(report.interruptions());
      document.name("elapsed_s").value(time.toMillis() / 1000.0);
      unfit(document, "failed", failed);
      unfit(document, "left_out", leftOut);
      end(document);
    } else {
      String broken =
          report.interruptions() == 0
              ? ""
              : ", the connection broke %s".formatted(times(report.interruptions()));
      console
          .err()
          .println(
              "%s: copied %s (%s) in %s, %d were the same%s%s"
                  .formatted(
                      way,
                      Quantities.count(report.files(), "file"),
                      Quantities.bytes(report.bytes()),
                      Quantities.duration(time),
                      report.same(),
                      removed == 0 ? "" : ", removed " + removed,
                      broken));
    }
    return failed.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String times(int number) {
    return number == 1 ? "once" : number + " times";
  }

  private void say(String what, String path, String more) {
    console.out().println(what + " " + Printable.onLine(path) + more);
  }

  private void problems(String label, List<Unfit> all) {
    for (Unfit unfit : all.subList(0, Math.min(MOST, all.size()))) {
      console
          .err()
          .println(
              "%s: `%s`: %s"
                  .formatted(label, Printable.onLine(unfit.path()), Printable.of(unfit.why())));
    }
    if (all.size() > MOST) {
      console.err().println("%s: and %d more".formatted(label, all.size() - MOST));
    }
  }

  private JsonWriter begin(boolean dryRun) throws IOException {
    JsonWriter json = Json.writer(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8));
    json.beginObject();
    json.name("schema").value(RunJson.SCHEMA);
    json.name("site").value(transfers.site().name());
    json.name("directory").value(transfers.directory());
    json.name("uploader").value(transfers.uploader().name());
    json.name("dry_run").value(dryRun);
    return json;
  }

  private void end(JsonWriter json) throws IOException {
    json.endObject();
    json.flush();
    console.out().println();
  }

  private static void names(JsonWriter json, String key, List<String> names) throws IOException {
    json.name(key).beginArray();
    for (String name : names) {
      json.value(name);
    }
    json.endArray();
  }

  private static void unfit(JsonWriter json, String key, List<Unfit> all) throws IOException {
    json.name(key).beginArray();
    for (Unfit one : all) {
      json.beginObject();
      json.name("path").value(one.path());
      json.name("why").value(one.why());
      json.endObject();
    }
    json.endArray();
  }
}
