package io.karez.cli;

import io.karez.define.Cause;
import io.karez.define.JobState;
import io.karez.inspect.Amounts;
import io.karez.inspect.RunView;
import io.karez.store.JobRecord;
import io.karez.store.Progress;
import io.karez.text.Secrets;
import io.karez.track.TrackedJob;
import io.karez.track.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The table of a run's jobs: those that failed first, then those that nothing is known of, then
/// those that go on, then the rest.
///
/// @param now when they were looked at
record JobsTable(RunView run, Instant now) {
  private static final List<JobState> ORDER =
      List.of(
          JobState.FAILED,
          JobState.UNKNOWN,
          JobState.RUNNING,
          JobState.COMPLETING,
          JobState.SUSPENDED,
          JobState.HELD,
          JobState.QUEUED,
          JobState.PREPARED,
          JobState.CANCELLED,
          JobState.SUCCEEDED);

  static final Comparator<TrackedJob> WORST_FIRST =
      Comparator.comparingInt((TrackedJob job) -> ORDER.indexOf(job.verdict().state()))
          .thenComparingInt(TrackedJob::index);

  private static final List<TextTable.Column> COLUMNS =
      List.of(
          TextTable.Column.number("job"),
          TextTable.Column.of("status"),
          TextTable.Column.of("cause"),
          TextTable.Column.text("parameters"),
          TextTable.Column.text("node").leaving(1),
          TextTable.Column.number("elapsed").leaving(3),
          TextTable.Column.number("memory").leaving(2),
          TextTable.Column.number("progress"));

  /// @param jobs in the order in which they are shown
  TextTable of(List<TrackedJob> jobs) {
    TellingParameters parameters = TellingParameters.of(run.directory());
    List<List<TextTable.Cell>> rows = new ArrayList<>();
    for (TrackedJob job : jobs) {
      rows.add(row(job, parameters.of(job.index())));
    }
    return new TextTable(COLUMNS, rows);
  }

  private List<TextTable.Cell> row(TrackedJob job, String parameters) {
    Optional<JobRecord.Start> start = job.record().flatMap(JobRecord::start);
    String attempt = job.attempt() > 1 ? " (attempt %d)".formatted(job.attempt()) : "";
    String directory = run.document().directoryOf(job.index());
    return List.of(
        TextTable.Cell.of(Integer.toString(job.index())),
        StateMark.cell(job.verdict().state(), attempt),
        TextTable.Cell.of(cause(job.verdict())),
        TextTable.Cell.of(parameters),
        TextTable.Cell.of(Printable.onLine(start.map(JobRecord.Start::host).orElse(""))),
        TextTable.Cell.of(elapsed(job, now).map(Quantities::duration).orElse("")),
        TextTable.Cell.of(memory(job).orElse("")),
        TextTable.Cell.of(
            Progress.ofJob(run.directory().job(directory)).map(Progress::toString).orElse("")));
  }

  /// `exit 3`, `signal 9`, or the cause's name.
  static String cause(Verdict verdict) {
    Optional<String> number =
        verdict
            .cause()
            .flatMap(cause ->
                switch (cause) {
                  case EXIT -> verdict.exitCode().map(code -> "exit " + code);
                  case SIGNAL -> verdict.signal().map(signal -> "signal " + signal);
                  case TIMEOUT,
                      OOM,
                      NODE,
                      PREEMPTED,
                      LAUNCH,
                      DEADLINE,
                      DEPENDENCY,
                      POLICY,
                      USER,
                      ADMIN,
                      LOST ->
                      Optional.empty();
                });
    return number.or(() -> verdict.cause().map(Cause::word)).orElse("");
  }

  /// `k=3 seed=0`, secrets hidden.
  static String parameters(Map<String, Object> parameters) {
    return Printable.onLine(
        Secrets.hidden(parameters).entrySet().stream()
            .map(entry -> entry.getKey() + "=" + value(entry.getValue()))
            .collect(Collectors.joining(" ")));
  }

  private static String value(Object value) {
    return value instanceof List<?> values
        ? values.stream().map(String::valueOf).collect(Collectors.joining(","))
        : value.toString();
  }

  /// From its start to its end, or until now while it runs.
  static Optional<Duration> elapsed(TrackedJob job, Instant now) {
    Optional<JobRecord.End> end = job.record().flatMap(JobRecord::end);
    if (end.isPresent() || job.verdict().settled()) {
      return end.flatMap(JobRecord.End::elapsed);
    }
    return job.record()
        .flatMap(JobRecord::start)
        .flatMap(JobRecord.Start::at)
        .map(start -> Duration.between(start, now));
  }

  /// The most it used; at least that much where only samples were taken.
  static Optional<String> memory(TrackedJob job) {
    Optional<JobRecord.End> end = job.record().flatMap(JobRecord::end);
    String least =
        end.flatMap(JobRecord.End::memorySource).filter("samples"::equals).isPresent() ? "≥ " : "";
    return end.flatMap(JobRecord.End::memoryBytes).map(bytes -> least + Amounts.memory(bytes));
  }
}
