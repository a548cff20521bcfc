package io.karez.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.ShellWords;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the files of a run, and reads its jobs back.
public final class RunFiles {
  private RunFiles() {}

  /// What `tasks` would say of the jobs that the first submission does not carry.
  private static final String REST = "tasks.rest";

  /// Writes a new run beside its place and renames it there: the run is there whole or not at all.
  /// The first submission is prepared in it.
  ///
  /// @param most how many jobs the first submission carries at most
  /// @param rest everything else, made when the number of jobs is known
  /// @throws UncheckedIOException when it could not be written; nothing is left
  public static void publish(
      RunDirectory run, Iterator<Job> jobs, int most, IntFunction<RunContents> rest) {
    RunDirectory draft = new RunDirectory(run.id(), Drafts.of(run));
    try {
      Files.createDirectories(draft.submission(1));
      Files.createDirectory(draft.claims());
      Files.createDirectory(draft.events());
      Files.createDirectory(draft.scheduler());
      Openness openness = new Openness();
      int count = writeJobs(draft, jobs, most, openness);
      RunContents contents = rest.apply(count);
      for (Map.Entry<String, String> text : contents.texts().entrySet()) {
        Path file = draft.path().resolve(text.getKey());
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text.getValue());
      }
      for (Map.Entry<String, Path> copy : contents.copies().entrySet()) {
        Path file = draft.path().resolve(copy.getKey());
        Files.createDirectories(file.resolveSibling("."));
        Files.copy(copy.getValue(), file, COPY_ATTRIBUTES);
      }
      AtomicFile.write(
          draft.document(),
          contents.document().write(),
          contents.document().isPrivate() ? AtomicFile.PRIVATE : AtomicFile.ORDINARY);
      openness.applyTo(draft, draft.jobs(), draft.argv());
      Files.move(draft.path(), run.path());
    } catch (IOException e) {
      deleteQuietly(draft.path());
      throw new UncheckedIOException("cannot make the run in `" + run.path() + "`", e);
    } catch (RuntimeException e) {
      deleteQuietly(draft.path());
      throw e;
    }
  }

  /// Takes the next number for a submission of the run.
  public static int takeSubmission(RunDirectory run) {
    int next = 1;
    while (true) {
      try {
        Files.createDirectory(run.submission(next));
        return next;
      } catch (FileAlreadyExistsException e) {
        next++;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot make `" + run.submission(next) + "`", e);
      }
    }
  }

  /// The tasks of a further submission and their rows.
  ///
  /// @param attempts the index of each job and the number of its attempt
  /// @throws InvalidInputException when the run has no lines of such a job
  public static void writeTasks(
      RunDirectory run, int submission, SortedMap<Integer, Integer> attempts) {
    Path directory = run.submission(submission);
    StringBuilder tasks = new StringBuilder();
    if (isPartOfRest(run, attempts, tasks)) {
      AtomicFile.write(directory.resolve("tasks"), tasks.toString(), AtomicFile.ORDINARY);
      return;
    }
    try {
      Openness openness = new Openness();
      Path argv = createPrivate(directory.resolve("argv"));
      try (BufferedWriter rows = Files.newBufferedWriter(argv)) {
        Rows writer = new Rows(rows);
        eachJob(
            run,
            job -> {
              @Nullable Integer attempt = attempts.get(job.index());
              if (attempt != null) {
                openness.see(job);
                tasks.append(task(job.index(), attempt, writer.write(job)));
              }
            });
      }
      openness.applyTo(run, argv);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the tasks in `" + directory + "`", e);
    }
    if (tasks.chars().filter(c -> c == '\n').count() != attempts.size()) {
      throw missingLines(run, "some of the jobs %s".formatted(attempts.keySet()));
    }
    AtomicFile.write(directory.resolve("tasks"), tasks.toString(), AtomicFile.ORDINARY);
  }

  /// Whether these are jobs that the run was made with and no submission has carried yet: their
  /// rows are there.
  ///
  /// @param tasks takes their lines
  private static boolean isPartOfRest(
      RunDirectory run, SortedMap<Integer, Integer> attempts, StringBuilder tasks) {
    Path file = run.path().resolve(REST);
    if (!Files.exists(file) || !attempts.values().stream().allMatch(attempt -> attempt == 1)) {
      return false;
    }
    try {
      String rest = Files.readString(file, ISO_8859_1);
      int first = Integer.parseInt(rest.substring(0, 10).strip());
      if (attempts.firstKey() < first || attempts.lastKey() >= first + rest.length() / Task.LINE) {
        return false;
      }
      for (int job : attempts.keySet()) {
        tasks.append(rest, (job - first) * Task.LINE, (job - first + 1) * Task.LINE);
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }

  /// Writes the lines of further jobs; they do not count before an {@link Event.Extended} says so.
  ///
  /// @param first the index of the first of them: how many jobs the run has
  /// @return how many lines were written; empty when somebody else has added jobs of these indices
  public static OptionalInt extend(RunDirectory run, int first, Iterator<Job> jobs) {
    Path place = run.extension(first);
    Path draft = place.resolveSibling("." + first + "." + UUID.randomUUID());
    try {
      Openness openness = new Openness();
      Files.createDirectories(draft);
      Path file = createPrivate(draft.resolve("jobs.jsonl"));
      int count = 0;
      try (BufferedWriter lines = Files.newBufferedWriter(file)) {
        while (jobs.hasNext()) {
          Job job = jobs.next();
          openness.see(job);
          lines.write(job.write());
          lines.write('\n');
          count++;
        }
      }
      openness.applyTo(run, file);
      return isPlaced(draft, place) ? OptionalInt.of(count) : OptionalInt.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot add jobs in `" + place + "`", e);
    } finally {
      deleteQuietly(draft);
    }
  }

  /// Renames a directory to a place that only one writer can take.
  private static boolean isPlaced(Path draft, Path place) throws IOException {
    try {
      Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileSystemException e) {
      // Java has no type for ENOTEMPTY here, which rename(2) says of a place that is taken.
      if (Files.exists(place.resolve("jobs.jsonl"))) {
        return false;
      }
      throw e;
    }
  }

  /// Makes sure that the lines are there that later submissions are made from.
  ///
  /// @param first how many jobs the run had when it was made
  /// @throws InvalidInputException when some are missing
  public static void requireLines(RunDirectory run, int first) {
    int lines = eachLine(run.jobs(), job -> {});
    if (lines < first) {
      throw missingLines(run, "%d of its %d jobs".formatted(first - lines, first));
    }
  }

  private static InvalidInputException missingLines(RunDirectory run, String what) {
    return new InvalidInputException(
        Problem.of("`%s` has no lines of %s".formatted(run.jobs(), what))
            .hint("`karez rerun %s` runs its jobs anew, as a new run".formatted(run.id())));
  }

  /// How many jobs were added at this index, whether they count yet or not; 0 when none were.
  public static int countExtension(RunDirectory run, int first) {
    Path file = run.extension(first).resolve("jobs.jsonl");
    try (Stream<String> lines = Files.lines(file, ISO_8859_1)) {
      return (int) lines.count();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }

  /// How many jobs there are lines of, whether they count yet or not.
  ///
  /// @param first how many jobs the run had when it was made
  static int countWithExtensions(RunDirectory run, int first) {
    int jobs = first;
    for (int more = countExtension(run, jobs); more > 0; more = countExtension(run, jobs)) {
      jobs += more;
    }
    return jobs;
  }

  /// The jobs one by one, in the order of their indices; also those that were added later.
  ///
  /// @throws UncheckedIOException when a file cannot be read
  public static void eachJob(RunDirectory run, Consumer<Job> reader) {
    int next = eachLine(run.jobs(), reader);
    if (Files.exists(run.extension(next))) {
      int all = RunHistory.of(new EventLog(run).read()).extended();
      while (next < all) {
        next += eachLine(run.extension(next).resolve("jobs.jsonl"), reader);
      }
    }
  }

  private static int eachLine(Path file, Consumer<Job> reader) {
    int[] count = {0};
    // Not `Files.lines`, which throws for bytes that are not UTF-8.
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8))) {
      lines
          .lines()
          .forEach(line -> {
            Job.ofLine(line).ifPresent(reader);
            count[0]++;
          });
      return count[0];
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }

  private static int writeJobs(RunDirectory draft, Iterator<Job> jobs, int most, Openness openness)
      throws IOException {
    createPrivate(draft.jobs());
    createPrivate(draft.argv());
    Path first = draft.submission(1).resolve("tasks");
    try (BufferedWriter lines = Files.newBufferedWriter(draft.jobs());
        BufferedWriter rows = Files.newBufferedWriter(draft.argv());
        TaskLines tasks = new TaskLines(first, draft.path().resolve(REST), most)) {
      Rows writer = new Rows(rows);
      int count = 0;
      while (jobs.hasNext()) {
        Job job = jobs.next();
        openness.see(job);
        lines.write(job.write());
        lines.write('\n');
        tasks.write(task(job.index(), 1, writer.write(job)));
        count++;
      }
      return count;
    }
  }

  /// A line of `tasks`: index, attempt and offset into `argv`, right-aligned, {@link Task#LINE}
  /// bytes with its newline.
  private static String task(int job, int attempt, long offset) {
    return String.format(Locale.ROOT, "%10d %4d %15d\n", job, attempt, offset);
  }

  /// The lines of `tasks` of a first submission, and what it does not carry in a file beside.
  private static final class TaskLines implements Closeable {
    private final Path rest;
    private final int most;
    private BufferedWriter out;
    private int count;

    TaskLines(Path first, Path rest, int most) throws IOException {
      this.rest = rest;
      this.most = most;
      this.out = Files.newBufferedWriter(first);
    }

    void write(String line) throws IOException {
      if (count++ == most) {
        out.close();
        out = Files.newBufferedWriter(rest);
      }
      out.write(line);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /// Writes rows for the wrapper, and knows at which byte each begins.
  private static final class Rows {
    private final Writer out;
    private long next = 1;

    Rows(Writer out) {
      this.out = out;
    }

    /// @return where it begins, the first byte being 1
    long write(Job job) {
      String row = row(job);
      long offset = next;
      next += row.getBytes(UTF_8).length;
      try {
        out.write(row);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the rows of jobs", e);
      }
      return offset;
    }

    /// The index, so that the wrapper can tell that it has the right row; the directory; the
    /// parameters; the words.
    private static String row(Job job) {
      List<String> words = new ArrayList<>();
      words.add(Integer.toString(job.index()));
      words.add(job.directory());
      words.add(job.parametersJson());
      words.addAll(job.argv());
      return ShellWords.row(words) + "\n";
    }
  }

  /// Whether others may read files of jobs: not when a word of a job in them is a secret, which is
  /// known once they are written.
  private static final class Openness {
    private boolean secret;

    void see(Job job) {
      secret |= job.hasSecret();
    }

    /// Files that hold no secret can be read by whoever can read the run's document.
    void applyTo(RunDirectory run, Path... files) throws IOException {
      if (!secret) {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(run.document());
        for (Path file : files) {
          // Some file systems refuse any change, and give all files the same mode.
          if (!Files.getPosixFilePermissions(file).equals(mode)) {
            Files.setPosixFilePermissions(file, mode);
          }
        }
      }
    }
  }

  @CanIgnoreReturnValue
  private static Path createPrivate(Path file) throws IOException {
    return Files.createFile(file, PosixFilePermissions.asFileAttribute(AtomicFile.PRIVATE));
  }

  private static void deleteQuietly(Path directory) {
    try {
      TreeDeletion.delete(directory);
    } catch (UncheckedIOException e) {
      // The draft is hidden and harmless; the first failure is the one to report.
    }
  }
}
