package io.karez.cli;

import io.karez.define.Container;
import io.karez.define.ExperimentName;
import io.karez.inspect.RunView;
import io.karez.inspect.Submitted;
import io.karez.launch.LaunchScript;
import io.karez.project.Places;
import io.karez.store.Job;
import io.karez.store.JobRecord;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunFiles;
import io.karez.store.RunHistory;
import io.karez.store.SubmissionCode;
import io.karez.text.Secrets;
import io.karez.text.ShellWords;
import io.karez.track.TrackedJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.stream.Collectors;

/// What `show` says of a run or a job.
///
/// @param now when it was looked at
/// @param there what is known of the code on sites
record ShownRun(Instant now, TimeZone zone, boolean color, CodeThere there) {

  List<String> run(RunView run, List<TrackedJob> jobs) {
    RunDocument document = run.document();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("description", run.description());
    fields.put("tags", String.join(", ", run.tags()));
    fields.put("state", Sentences.counts(run.counts()));
    fields.put("asked", asked(run.directory(), document));
    if (!document.experiment().equals(ExperimentName.UNREGISTERED)) {
      fields.put("command", ShellWords.quoteAll(Secrets.hidden(document.command())));
    }
    fields.put("working directory", document.workingDirectory().toString());
    fields.put("directory", Places.shown(run.directory().path()));
    fields.put("original", original(run.directory(), document));
    fields.put("datasets", named(document.datasets(), ": "));
    fields.put("runner", runner(document));
    Submitted submitted = Submitted.of(run.directory(), document, 1);
    fields.put("resources", named(submitted.resources(), " "));
    fields.put("directives", String.join(" ", submitted.others()));
    fields.put("container", document.container().map(ShownRun::container).orElse(""));
    fields.put("commit", document.commit().map(commit -> commit + dirty(run)).orElse(""));
    there.later(run, zone).ifPresent(later -> fields.put("later", later));
    fields.put("launched", launched(document));
    fields.put("started", moment(run.started()));
    fields.put("ended", moment(run.ended()));
    fields.put("duration", duration(run));
    fields.put("uid", document.uid());
    List<String> lines =
        new ArrayList<>(Fields.lines("run", Sentences.name(document), fields, color));
    section(lines, "submissions", submissions(run));
    section(lines, "evidence", evidence(jobs));
    section(lines, "comment", comment(run.directory()));
    return lines;
  }

  List<String> job(RunView run, TrackedJob job) {
    RunDocument document = run.document();
    RunDirectory directory = run.directory();
    Path place = directory.job(document.directoryOf(job.index()));
    Optional<JobRecord.Start> start = job.record().flatMap(JobRecord::start);
    Optional<JobRecord.End> end = job.record().flatMap(JobRecord::end);
    Map<String, String> fields = new LinkedHashMap<>();
    String cause = JobsTable.cause(job.verdict());
    fields.put(
        "state", StateMark.word(job.verdict().state()) + (cause.isEmpty() ? "" : ", " + cause));
    fields.put("evidence", Printable.joined(job.verdict().evidence()));
    RunFiles.eachJob(
        directory,
        line -> {
          if (line.index() == job.index()) {
            fields.put("parameters", JobsTable.parameters(line.parameters()));
            fields.put("command", command(line));
          }
        });
    fields.put("directory", Places.shown(place));
    fields.put("attempt", Integer.toString(job.attempt()));
    fields.put("asked for", askedFor(run, job));
    Optional.ofNullable(SubmissionCode.others(directory).get(job.submission()))
        .ifPresent(code ->
            fields.put(
                "code",
                "attempt %d ran other code: %s"
                    .formatted(job.attempt(), code(run, job.submission(), code))));
    fields.put("node", start.map(JobRecord.Start::host).orElse(""));
    fields.put("started", moment(start.flatMap(JobRecord.Start::at)));
    fields.put("ended", moment(end.flatMap(JobRecord.End::at)));
    fields.put("elapsed", JobsTable.elapsed(job, now).map(Quantities::duration).orElse(""));
    fields.put(
        "processor time", end.flatMap(JobRecord.End::cpu).map(Quantities::duration).orElse(""));
    fields.put("peak memory", memory(job));
    return Fields.lines("job", document.id() + "/" + job.index(), fields, color);
  }

  /// `1.5G (time)`.
  static String memory(TrackedJob job) {
    Optional<String> source =
        job.record().flatMap(JobRecord::end).flatMap(JobRecord.End::memorySource);
    return JobsTable.memory(job)
        .map(memory -> memory + source.map(" (%s)"::formatted).orElse(""))
        .orElse("");
  }

  private static String command(Job job) {
    return ShellWords.quoteAll(Secrets.hidden(job.argv()));
  }

  private void section(List<String> lines, String title, List<String> content) {
    if (!content.isEmpty()) {
      lines.add(Style.FAINT.paint(title, color));
      content.forEach(line -> lines.add(("  " + Printable.of(line)).stripTrailing()));
    }
  }

  private List<String> submissions(RunView run) {
    SortedMap<Integer, SubmissionCode> codes = SubmissionCode.others(run.directory());
    List<String> lines = new ArrayList<>();
    for (RunHistory.Submission submission : run.history().submissions().values()) {
      String came =
          submission
              .refusal()
              .map(text -> ", refused: " + Printable.joined(text))
              .or(() -> submission.nativeId().map(id -> ", accepted"))
              .orElse(", nothing is known of its end");
      lines.add(
          "%d: %s%s%s%s"
              .formatted(
                  submission.number(),
                  moment(Optional.of(submission.begun())),
                  Submitted.of(run.directory(), run.document(), submission.number())
                      .besides(Submitted.of(run.directory(), run.document(), 1))
                      .map(more -> ", asking for " + more)
                      .orElse(""),
                  came,
                  Optional.ofNullable(codes.get(submission.number()))
                      .map(code -> ", ran other code: " + code(run, submission.number(), code))
                      .orElse("")));
    }
    return lines;
  }

  /// `commit 1234567 with uncommitted changes, see submissions/2/uncommitted.patch`.
  private static String code(RunView run, int submission, SubmissionCode code) {
    SubmissionCode first = SubmissionCode.of(run.directory(), run.document());
    Path patch = run.directory().submission(submission).resolve(SubmissionCode.PATCH);
    return Sentences.code(code, first)
        + (code.dirty() && Files.exists(patch)
            ? ", see " + run.directory().path().relativize(patch)
            : "");
  }

  /// What the states of the jobs rest on.
  private static List<String> evidence(List<TrackedJob> jobs) {
    Map<String, Long> counts =
        jobs.stream()
            .collect(
                Collectors.groupingBy(
                    job -> job.verdict().evidence(), LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry ->
            Quantities.count(entry.getValue(), "job") + ": " + Printable.joined(entry.getKey()))
        .toList();
  }

  private static List<String> comment(RunDirectory run) {
    try {
      return Files.isRegularFile(run.comment())
          ? CommentText.body(Files.readString(run.comment())).lines().toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + run.comment() + "`", e);
    }
  }

  private static String dirty(RunView run) {
    if (!run.document().dirty()) {
      return "";
    }
    boolean saved = Files.exists(run.directory().path().resolve(SubmissionCode.PATCH));
    return saved ? ", and what differed: uncommitted.patch" : ", and uncommitted changes";
  }

  /// `/data/c.sif, with GPUs`.
  private static String container(Container container) {
    return container + (container.gpu() ? ", with GPUs" : "");
  }

  /// Inside an allocation that is named besides.
  private static String asked(RunDirectory run, RunDocument document) {
    String inside =
        document.directives().stream()
            .filter(directive -> directive.key().equals("--jobid"))
            .flatMap(directive -> directive.value().stream())
            .map("alloc run %s "::formatted)
            .findFirst()
            .orElse(LaunchScript.isIn(run) ? "launch " : "run ");
    return "karez " + inside + ShellWords.quoteAll(document.request());
  }

  /// Where the jobs are, if that is a site which shares no files with this machine.
  private static String original(RunDirectory run, RunDocument document) {
    return document
        .site()
        .map(place -> place.site() + ":" + document.original(run).path())
        .orElse("");
  }

  private static String runner(RunDocument document) {
    return document.jobs() > 1 && document.slots() > 0
        ? "%s, %d at a time".formatted(document.runner(), document.slots())
        : document.runner();
  }

  private String launched(RunDocument document) {
    return "%s by %s on %s with karez %s"
        .formatted(
            moment(Optional.of(document.created())),
            document.user(),
            document.host(),
            document.version());
  }

  private String duration(RunView run) {
    return run.started()
        .filter(start -> run.ended().isPresent() || !run.settled())
        .map(start -> Quantities.duration(Duration.between(start, run.ended().orElse(now))))
        .orElse("");
  }

  private String moment(Optional<Instant> instant) {
    return instant.map(at -> Quantities.moment(at, zone)).orElse("");
  }

  /// What the last submission of a job asks for.
  static String askedFor(RunView run, TrackedJob job) {
    return named(Submitted.of(run.directory(), run.document(), job.submission()).resources(), " ");
  }

  /// `memory 2G, time 1h`.
  static String named(Map<String, String> values, String between) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + between + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
