package io.karez.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karez.text.JsonObject;
import io.karez.text.ShellWords;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// Makes the files of a run, and reads its jobs back.
public final class RunFiles {
  /// A line of `submissions/K/tasks`: index, attempt and offset into `argv`, right-aligned, and a
  /// newline.
  private static final String TASK = "%10d %4d %15d\n";

  private RunFiles() {}

  /// Writes a new run beside its place and renames it there: the run is there whole or not at all.
  /// The first submission, of all jobs, is prepared in it.
  ///
  /// @param rest everything else, made when the number of jobs is known
  /// @param secret whether words of the jobs are secrets; then only the owner can read them
  /// @throws UncheckedIOException when it could not be written; nothing is left
  public static void publish(
      RunDirectory run, Iterator<Job> jobs, IntFunction<RunContents> rest, boolean secret) {
    Path place = run.path().resolveSibling(".run_" + run.id() + ".new");
    RunDirectory draft = new RunDirectory(run.id(), place);
    try {
      Files.createDirectories(draft.submission(1));
      Files.createDirectory(draft.claims());
      Files.createDirectory(draft.events());
      Files.createDirectory(draft.scheduler());
      int count = writeJobs(draft, jobs, secret ? AtomicFile.PRIVATE : AtomicFile.ORDINARY);
      RunContents contents = rest.apply(count);
      for (Map.Entry<String, String> text : contents.texts().entrySet()) {
        Path file = draft.path().resolve(text.getKey());
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text.getValue());
      }
      AtomicFile.write(draft.document(), contents.document().write(), AtomicFile.ORDINARY);
      Files.move(draft.path(), run.path());
    } catch (IOException e) {
      deleteQuietly(draft.path());
      throw new UncheckedIOException("cannot make the run in `" + run.path() + "`", e);
    } catch (RuntimeException e) {
      deleteQuietly(draft.path());
      throw e;
    }
  }

  /// The tasks of a further submission.
  ///
  /// @param attempts index of each job and the number of its attempt, in task order
  public static void writeTasks(RunDirectory run, int submission, Map<Integer, Integer> attempts) {
    List<Long> offsets = offsets(run);
    StringBuilder tasks = new StringBuilder();
    attempts.forEach((job, attempt) ->
        tasks.append(String.format(Locale.ROOT, TASK, job, attempt, offsets.get(job))));
    AtomicFile.write(
        run.submission(submission).resolve("tasks"), tasks.toString(), AtomicFile.ORDINARY);
  }

  /// The jobs one by one, in the order of their indices.
  ///
  /// @throws UncheckedIOException when the file cannot be read
  public static void eachJob(RunDirectory run, Consumer<Job> reader) {
    try (Stream<String> lines = Files.lines(run.jobs())) {
      lines.forEach(line -> JsonObject.ofLine(line).map(Job::read).ifPresent(reader));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + run.jobs() + "`", e);
    }
  }

  private static int writeJobs(
      RunDirectory draft, Iterator<Job> jobs, Set<PosixFilePermission> mode) throws IOException {
    FileAttribute<?> attribute = PosixFilePermissions.asFileAttribute(mode);
    Files.createFile(draft.jobs(), attribute);
    Files.createFile(draft.argv(), attribute);
    Path tasks = draft.submission(1).resolve("tasks");
    try (BufferedWriter lines = Files.newBufferedWriter(draft.jobs());
        BufferedWriter rows = Files.newBufferedWriter(draft.argv());
        BufferedWriter tasksOut = Files.newBufferedWriter(tasks)) {
      long offset = 1;
      int count = 0;
      while (jobs.hasNext()) {
        Job job = jobs.next();
        lines.write(job.write());
        lines.write('\n');
        String row = row(job);
        rows.write(row);
        tasksOut.write(String.format(Locale.ROOT, TASK, job.index(), 1, offset));
        offset += row.getBytes(UTF_8).length;
        count++;
      }
      return count;
    }
  }

  /// For the wrapper: the index, so that it can tell that it has the right row; the directory; the
  /// parameters; the words.
  private static String row(Job job) {
    List<String> words = new ArrayList<>();
    words.add(Integer.toString(job.index()));
    words.add(job.directory());
    words.add(job.parametersJson());
    words.addAll(job.argv());
    return ShellWords.row(words) + "\n";
  }

  private static List<Long> offsets(RunDirectory run) {
    try {
      List<Long> offsets = new ArrayList<>();
      byte[] rows = Files.readAllBytes(run.argv());
      long start = 1;
      for (int i = 0; i < rows.length; i++) {
        if (rows[i] == '\n') {
          offsets.add(start);
          start = i + 2L;
        }
      }
      return offsets;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + run.argv() + "`", e);
    }
  }

  private static void deleteQuietly(Path directory) {
    try {
      TreeDeletion.delete(directory);
    } catch (UncheckedIOException e) {
      // The draft is hidden and harmless; the first failure is the one to report.
    }
  }
}
