package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.text.Json;
import io.karez.text.JsonObject;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.TransportException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A project of `researcher` in a lab, and what Karez says of its runs there.
///
/// @param name of its directory in the home
record LabProject(SchedulerLab lab, String name) {

  static LabProject make(SchedulerLab lab, String name) throws TransportException {
    LabProject project = new LabProject(lab, name);
    lab.ask("mkdir", "-p", project.directory());
    project.require("init", ".", "--yes", "--no-git");
    return project;
  }

  /// As the lab sees it.
  String directory() {
    return "/home/researcher/" + name;
  }

  /// As this machine sees it.
  Path path() {
    return lab.home().resolve(name);
  }

  Completed karez(String... words) throws TransportException {
    return lab.karez(directory(), words);
  }

  /// What a command says that has to succeed.
  String require(String... words) throws TransportException {
    Completed completed = karez(words);
    assertThat(completed.exitCode()).as(completed.errorText()).isZero();
    return completed.text().strip();
  }

  /// Hands a command to Slurm.
  ///
  /// @param options of `run`, then `--` and the command
  /// @return the number of the run
  long submit(String... options) throws TransportException {
    List<String> words = new ArrayList<>(List.of("run", "-r", "slurm"));
    words.addAll(List.of(options));
    return Long.parseLong(require(words.toArray(String[]::new)));
  }

  List<JsonObject> jobs(long run) throws TransportException {
    return jobs(require("status", Long.toString(run), "--json"));
  }

  /// Those of the only run that a status speaks of.
  static List<JsonObject> jobs(String status) {
    @Nullable Object document = Json.read(status, "status");
    return JsonObject.of(document).orElseThrow().objects("runs").getFirst().objects("jobs");
  }

  /// A word a job: its state, and its cause after a blank when there is one.
  List<String> states(long run) throws TransportException {
    List<String> states = new ArrayList<>();
    for (JsonObject job : jobs(run)) {
      String cause = job.optionalString("cause").map(word -> " " + word).orElse("");
      states.add(job.string("state") + cause);
    }
    return states;
  }

  boolean isSettled(long run) throws TransportException {
    return jobs(run).stream().allMatch(job -> job.flag("settled"));
  }

  /// The scheduler's name of a run's first job.
  String nativeId(long run) throws TransportException {
    return jobs(run).getFirst().string("native_id");
  }

  /// A shell script that has to succeed, in the project's directory.
  String shell(String script) throws TransportException {
    Completed completed = lab.run(Command.of("sh", "-c", script).in(Path.of(directory())));
    assertThat(completed.exitCode()).as("%s%n%s", completed.text(), completed.errorText()).isZero();
    return completed.text().strip();
  }
}
