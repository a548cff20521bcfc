package io.karez.cli;

import io.karez.define.Experiment;
import io.karez.define.Site;
import io.karez.site.FarProject;
import io.karez.site.Reach;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.ShellWords;
import io.karez.transport.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Does something with a run where it lies, on a site: the results are there.
///
/// @param job the directory of one of its jobs, relative to the run; empty for the run
record FarAction(Console console, Reach reach, RunDocument document, Optional<String> job) {
  private static final String LOGIN = "/bin/bash -l";

  /// Sends the project's files first.
  ///
  /// @param words of the action, without the path of the run
  /// @return its exit code
  int run(Experiment experiment, RunDirectory run, List<String> words) throws Exception {
    Site site = reach.site(document.site().orElseThrow().site(), Place.of("run " + run.id()));
    FarProject there = reach.project(Optional.of(site), false).orElseThrow();
    Path original = document.original(run).path();
    Path directory = job.map(original::resolve).orElse(original).normalize();
    if (!there.missing(List.of(directory)).isEmpty()) {
      throw new InvalidInputException(
          Problem.of("`%s` is not on `%s`".formatted(directory, site.name()))
              .hint("`karez status %s` shows how its jobs stand".formatted(run.id())));
    }
    new CodeSending(console, reach).project(site.name());
    List<String> command = new ArrayList<>(words);
    command.add("--storage_path");
    command.add(
        directory.startsWith(there.directory())
            ? there.directory().relativize(directory).toString()
            : directory.toString());
    return new AttachedProgram(
            Command.of(prepared(site, experiment, command)).in(there.directory()))
        .run(console, reach.connections().starter(site));
  }

  /// After the lines that precede the experiment's programs.
  private static List<String> prepared(Site site, Experiment experiment, List<String> command) {
    List<String> lines = new ArrayList<>(site.setup());
    lines.addAll(experiment.setup());
    if (lines.isEmpty()) {
      return command;
    }
    StringBuilder script = new StringBuilder();
    // On a line of its own, because the user's may end in a comment.
    lines.forEach(line -> script.append(line).append("\n[ $? -eq 0 ] || exit 125\n"));
    List<String> words =
        new ArrayList<>(ShellWords.split(site.shell().orElse(LOGIN), Place.of("`shell:`")));
    words.addAll(List.of("-c", script.append("exec \"$@\"\n").toString(), "action"));
    words.addAll(command);
    return words;
  }
}
