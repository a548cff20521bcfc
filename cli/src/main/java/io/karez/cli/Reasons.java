package io.karez.cli;

import io.karez.define.Cause;
import io.karez.define.JobState;
import io.karez.inspect.Alike;
import io.karez.inspect.JobUse;
import io.karez.inspect.RunView;
import io.karez.project.Places;
import io.karez.scheduler.Dialects;
import io.karez.store.Job;
import io.karez.store.JobRecord;
import io.karez.store.RunFiles;
import io.karez.store.RunHistory;
import io.karez.track.TrackedJob;
import io.karez.track.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `why` says: for each way to fail a sentence, one job as an example, its last words, and
/// what to do; at the end what the scheduler or supervisor itself has printed.
///
/// @param uses what the first job of each group has used, by its index
record Reasons(RunView run, Map<Integer, JobUse> uses, boolean color) {
  private static final int LAST_LINES = 10;

  List<String> lines(List<Alike> groups) {
    Map<Integer, Job> jobs = new HashMap<>();
    RunFiles.eachJob(run.directory(), job -> jobs.put(job.index(), job));
    List<String> lines = new ArrayList<>();
    for (Alike group : groups) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(
          group.state() == JobState.CANCELLED && isOwnWish(group)
              ? List.of(cancelled(group))
              : group(group, jobs));
    }
    lines.addAll(printed(groups));
    return lines;
  }

  private static boolean isOwnWish(Alike group) {
    return group.jobs().getFirst().verdict().cause().equals(Optional.of(Cause.USER));
  }

  private String cancelled(Alike group) {
    int count = group.jobs().size();
    return "%s (%s): `karez retry %s --cause user` runs %s again"
        .formatted(
            StateMark.style(group.state())
                .paint(Quantities.count(count, "job") + " cancelled", color),
            JobRanges.of(group.jobs().stream().map(TrackedJob::index).toList()),
            run.document().id(),
            count == 1 ? "it" : "them");
  }

  private List<String> group(Alike group, Map<Integer, Job> jobs) {
    TrackedJob example = group.jobs().getFirst();
    int count = group.jobs().size();
    List<String> lines = new ArrayList<>();
    lines.add(
        StateMark.style(group.state())
                .paint(Quantities.count(count, "job") + " " + StateMark.word(group.state()), color)
            + ": "
            + Printable.joined(group.explanation().sentence()));
    lines.addAll(Fields.indented(fields(group, example, jobs), color));
    List<String> words = words(example);
    lines.addAll(words);
    if (run.document().passPaths() && words.stream().anyMatch(Reasons::namesPassedPath)) {
      lines.add(
          "  hint: Karez passes `--storage_path` and `--dataset_path`; `pass_paths: false` in"
              + " `.karez/experiments/%s.yaml` switches that off"
                  .formatted(run.document().experiment()));
    }
    if (words.stream().anyMatch(Reasons::isFull)) {
      lines.add(
          "  hint: a disk or a quota is full: `karez doctor` shows those that Karez uses, and"
              + " `karez retry %s` runs the job again when there is room"
                  .formatted(run.document().id()));
    }
    hint(group).ifPresent(hint -> lines.add("  hint: " + hint));
    return lines;
  }

  Optional<String> hint(Alike group) {
    return group
        .explanation()
        .hint()
        .map(hint -> hint.replace("RUN", run.document().id().toString()));
  }

  private Map<String, String> fields(Alike group, TrackedJob example, Map<Integer, Job> jobs) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (group.jobs().size() > 1) {
      fields.put("jobs", JobRanges.of(group.jobs().stream().map(TrackedJob::index).toList()));
    }
    String name = "%s/%d".formatted(run.document().id(), example.index());
    String attempt = example.attempt() > 1 ? ", attempt " + example.attempt() : "";
    fields.put(group.jobs().size() > 1 ? "example" : "job", name + attempt);
    Optional.ofNullable(jobs.get(example.index()))
        .ifPresent(job -> fields.put("parameters", JobsTable.parameters(job.parameters())));
    fields.put("evidence", Printable.joined(example.verdict().evidence()));
    example
        .verdict()
        .nativeState()
        .or(() -> refusal(example))
        .ifPresent(word -> fields.put("scheduler says", Printable.joined(word)));
    fields.put("ended with", end(example.verdict()));
    fields.put("node", node(example));
    JobUse use = uses.get(example.index());
    if (use != null && use.asked().time().isPresent()) {
      fields.put("time", EfficiencyView.time(use));
    } else {
      fields.put(
          "elapsed",
          Optional.ofNullable(use).flatMap(JobUse::elapsed).map(Quantities::duration).orElse(""));
    }
    if (use != null && use.memory().isPresent() && use.asked().memory().isPresent()) {
      fields.put("memory", EfficiencyView.memory(use));
    } else {
      fields.put("peak memory", ShownRun.memory(example));
    }
    fields.put("asked for", ShownRun.askedFor(run, example));
    return fields;
  }

  /// How the program itself ended, where the sentence is about something else.
  private static String end(Verdict verdict) {
    boolean isSaid =
        verdict.cause().filter(cause -> cause == Cause.EXIT || cause == Cause.SIGNAL).isPresent();
    return isSaid
        ? ""
        : verdict
            .signal()
            .map(signal -> "signal " + signal)
            .or(() -> verdict.exitCode().map(code -> "exit code " + code))
            .orElse("");
  }

  /// As the machine calls itself, else as the scheduler calls it.
  static String node(TrackedJob job) {
    return job.record()
        .flatMap(JobRecord::start)
        .map(JobRecord.Start::host)
        .or(() -> job.facts().node())
        .orElse("");
  }

  private static boolean namesPassedPath(String line) {
    return line.contains("--storage_path") || line.contains("--dataset_path");
  }

  private Optional<String> refusal(TrackedJob job) {
    return Optional.ofNullable(run.history().submissions().get(job.submission()))
        .flatMap(RunHistory.Submission::refusal);
  }

  /// The last line of its standard error; empty when there is none.
  static String lastWord(RunView run, TrackedJob job) {
    Path directory = run.directory().job(run.document().directoryOf(job.index()));
    List<String> last = Tail.of(directory.resolve("stderr.txt"), 1);
    return last.isEmpty() ? "" : last.getFirst();
  }

  private static boolean isFull(String line) {
    return line.contains("No space left on device") || line.contains("Disk quota exceeded");
  }

  /// The last lines of its standard error, or of its output when it said nothing there.
  private List<String> words(TrackedJob job) {
    Path directory = run.directory().job(run.document().directoryOf(job.index()));
    for (String name : List.of("stderr.txt", "stdout.txt")) {
      List<String> last = Tail.of(directory.resolve(name), LAST_LINES);
      if (!last.isEmpty()) {
        return quoted("  the end of " + shown(directory.resolve(name)), last);
      }
    }
    return List.of();
  }

  /// What the scheduler has printed of the examples.
  private List<String> printed(List<Alike> groups) {
    List<String> ends = new ArrayList<>();
    for (Alike group : groups) {
      TrackedJob example = group.jobs().getFirst();
      example.nativeId().ifPresent(id -> ends.add("-" + id + ".txt"));
      ends.add("-%d.%d.txt".formatted(example.index(), example.attempt()));
    }
    boolean batch = Dialects.named(run.document().runner()).isBatch();
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(run.directory().scheduler(), "*.*")) {
      found.forEach(files::add);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list `" + run.directory().scheduler() + "`", e);
    }
    Collections.sort(files);
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      boolean wanted = batch ? ends.stream().anyMatch(name::endsWith) : !name.startsWith(".");
      List<String> last = wanted ? Tail.of(file, LAST_LINES) : List.of();
      if (!last.isEmpty()) {
        lines.add("");
        lines.addAll(quoted(run.document().runner() + " itself said, in " + shown(file), last));
      }
    }
    return lines;
  }

  private List<String> quoted(String title, List<String> quoted) {
    List<String> lines = new ArrayList<>();
    lines.add(Style.FAINT.paint(Printable.onLine(title), color));
    quoted.forEach(line -> lines.add("    " + Printable.onLine(line)));
    return lines;
  }

  private String shown(Path file) {
    return Places.shown(file);
  }
}
