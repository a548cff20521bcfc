package io.karez.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One task of a submission: a line of its `tasks`.
///
/// @param place in the submission, from 0
/// @param job its index in the run
/// @param attempt of the job that this task is, from 1
public record Task(int place, int job, int attempt) {

  /// The bytes of a line, so that a broken one takes no other's place.
  static final int LINE = 32;

  private static final Pattern NUMBERS = Pattern.compile(" *([0-9]{1,9}) +([0-9]{1,9}) +[0-9]+");

  /// All tasks of a submission in their order; empty when it has none yet. A line that cannot be
  /// read is passed over.
  public static List<Task> read(RunDirectory run, int submission) {
    Path file = run.submission(submission).resolve("tasks");
    try {
      List<Task> tasks = new ArrayList<>();
      byte[] lines = Files.readAllBytes(file);
      for (int place = 0; (place + 1) * LINE <= lines.length; place++) {
        Matcher line =
            NUMBERS.matcher(new String(lines, place * LINE, LINE - 1, StandardCharsets.US_ASCII));
        if (line.matches()) {
          tasks.add(
              new Task(place, Integer.parseInt(line.group(1)), Integer.parseInt(line.group(2))));
        }
      }
      return tasks;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }
}
