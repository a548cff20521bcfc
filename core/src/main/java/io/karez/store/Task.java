package io.karez.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One task of a submission: a line of its `tasks`.
///
/// @param place in the submission, from 0
/// @param job its index in the run
/// @param attempt of the job that this task is, from 1
public record Task(int place, int job, int attempt) {

  /// All tasks of a submission in their order; empty when it has none yet.
  public static List<Task> read(RunDirectory run, int submission) {
    Path file = run.submission(submission).resolve("tasks");
    try {
      List<Task> tasks = new ArrayList<>();
      for (String line : Lines.complete(Files.readString(file))) {
        String[] words = line.strip().split(" +");
        tasks.add(new Task(tasks.size(), Integer.parseInt(words[0]), Integer.parseInt(words[1])));
      }
      return tasks;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new UncheckedIOException(
          "cannot read `" + file + "`", new IOException(e.getMessage(), e));
    }
  }
}
