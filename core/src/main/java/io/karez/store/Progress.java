package io.karez.store;

import io.karez.text.Decimals;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How far a program says it has come, in its `progress.txt`:
///
/// - first line `count_total=N`: every further line is a number of steps done since the one before
/// - first line `tqdm`: the rest is what tqdm prints; its last percentage counts
/// - last line `finished`: all of it
///
/// @param percent 0 to 100
public record Progress(double percent) {
  public static final String FILE = "progress.txt";

  private static final Progress NONE = new Progress(0);
  private static final Progress ALL = new Progress(100);
  private static final String COUNT = "count_total=";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,15})?");
  private static final Pattern BAR = Pattern.compile("([0-9]{1,3})%\\|");

  /// What is read of a file's end: many of tqdm's lines.
  private static final int TAIL = 1 << 14;

  public Progress {
    percent = Math.clamp(percent, 0, 100);
  }

  /// What the file of a job says; empty when it cannot be read.
  public static Optional<Progress> read(Path file) {
    // Most programs write none, and an exception for each costs more than a look.
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long from = Math.max(0, channel.size() - TAIL);
      String tail = text(channel, from);
      if (lastLine(tail).equals("finished")) {
        return Optional.of(ALL);
      }
      String first = firstLine(from == 0 ? tail : text(channel, 0));
      if (first.startsWith(COUNT)) {
        return Optional.of(counted(first.substring(COUNT.length()), file));
      }
      return Optional.of(first.equals("tqdm") ? bar(tail) : NONE);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Of all jobs together, where one that says nothing has not begun; empty when none says
  /// anything.
  public static Optional<Progress> average(List<Optional<Progress>> jobs) {
    if (jobs.stream().allMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    double sum = jobs.stream().mapToDouble(job -> job.orElse(NONE).percent()).sum();
    return Optional.of(new Progress(sum / jobs.size()));
  }

  /// Of a run as a whole: a look at every job's directory.
  ///
  /// @param count how many jobs it has by now
  public static Optional<Progress> of(RunDirectory run, RunDocument document, int count) {
    List<Optional<Progress>> jobs = new ArrayList<>();
    for (int job = 0; job < count; job++) {
      jobs.add(ofJob(run.job(document.directoryOf(job))));
    }
    return average(jobs);
  }

  /// @param directory of the job
  public static Optional<Progress> ofJob(Path directory) {
    return read(directory.resolve(FILE));
  }

  private static Progress counted(String total, Path file) throws IOException {
    double done = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        done += number(line);
      }
    }
    double all = number(total);
    return all > 0 ? new Progress(100 * done / all) : NONE;
  }

  private static double number(String text) {
    String stripped = text.strip();
    return NUMBER.matcher(stripped).matches() ? Double.parseDouble(stripped) : 0;
  }

  private static Progress bar(String tail) {
    Matcher matcher = BAR.matcher(tail);
    Progress last = NONE;
    while (matcher.find()) {
      last = new Progress(Integer.parseInt(matcher.group(1)));
    }
    return last;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").strip();
  }

  private static String lastLine(String text) {
    String stripped = text.stripTrailing();
    return stripped.substring(stripped.lastIndexOf('\n') + 1).strip();
  }

  private static String text(FileChannel channel, long from) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(TAIL);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {}
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
  }

  /// `37.50%`.
  @Override
  public String toString() {
    return Decimals.fixed(percent, 2) + "%";
  }
}
