package io.karez.launch;

import io.karez.project.Project;
import io.karez.scheduler.Local;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the user has to trust of a run before a command does what its files say.
public final class RunTrust {
  private RunTrust() {}

  /// Before its jobs are run again.
  ///
  /// @throws io.karez.text.InvalidInputException when one of its files is somebody else's
  public static void requireToExecute(Project project, RunDirectory run) throws IOException {
    List<Path> files =
        new ArrayList<>(
            List.of(
                run.path(),
                run.document(),
                run.jobs(),
                run.argv(),
                run.path().resolve(Local.SUPERVISOR)));
    files.addAll(submissions(run));
    require(project, files);
  }

  /// Before the processes that its files name are sent signals.
  ///
  /// @throws io.karez.text.InvalidInputException when one of its files is somebody else's
  public static void requireToSignal(Project project, RunDirectory run, RunDocument document)
      throws IOException {
    List<Path> files = new ArrayList<>(List.of(run.path(), run.document(), run.events()));
    files.addAll(entries(run.events()));
    files.addAll(submissions(run));
    int jobs = RunHistory.of(new EventLog(run).read()).jobs(document);
    for (int job = 0; job < jobs; job++) {
      Path directory = run.job(document.directoryOf(job));
      files.add(directory);
      files.add(directory.resolve("record.jsonl"));
    }
    require(project, files);
  }

  private static void require(Project project, List<Path> files) {
    project.trust(files.toArray(Path[]::new)).require();
  }

  private static List<Path> submissions(RunDirectory run) throws IOException {
    List<Path> files = new ArrayList<>(List.of(run.submissions()));
    for (Path submission : entries(run.submissions())) {
      files.add(submission);
      files.addAll(entries(submission));
    }
    return files;
  }

  private static List<Path> entries(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
        found.forEach(entries::add);
      }
    }
    return entries;
  }
}
