package io.karez.submit;

import io.karez.define.ExperimentName;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.render.RunRequest;
import io.karez.scheduler.ContainerScript;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Directives;
import io.karez.scheduler.JobRequest;
import io.karez.scheduler.LaunchFiles;
import io.karez.store.AtomicFile;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunFiles;
import io.karez.store.RunHistory;
import io.karez.store.SubmissionFiles;
import io.karez.store.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A further submission of a run's jobs, which runs them as the first one did.
public final class NextSubmission {
  private NextSubmission() {}

  /// Writes its files. It is not begun: until then it changes nothing.
  ///
  /// @param attempts the index of each job and the number of its attempt; at least one
  /// @param directives what is asked of the scheduler
  /// @param waits further directives, which hold for this submission alone
  /// @return its number
  static int prepare(
      RunDirectory run,
      RunDocument document,
      Dialect dialect,
      SortedMap<Integer, Integer> attempts,
      List<Directive> directives,
      List<Directive> waits) {
    int submission = RunFiles.takeSubmission(run);
    RunFiles.writeTasks(run, submission, attempts);
    if (!directives.equals(document.directives())) {
      SubmissionFiles.writeDirectives(run, submission, directives);
    }
    RunRequest request = RunRequest.of(document, Map.of()).asking(directives);
    LaunchFiles files =
        render(dialect, run, request, waits, document.uid(), submission, attempts.size());
    AtomicFile.write(
        run.submission(submission).resolve("script.sh"), files.script(), AtomicFile.ORDINARY);
    return submission;
  }

  /// All jobs of a run, each with its first attempt.
  public static SortedMap<Integer, Integer> all(RunDocument document, RunHistory history) {
    SortedMap<Integer, Integer> attempts = new TreeMap<>();
    for (int job = 0; job < history.jobs(document); job++) {
      attempts.put(job, 1);
    }
    return attempts;
  }

  /// The jobs that no submission carries, nobody has cancelled, and for which it is not too late.
  ///
  /// @param wanted the index of each job and the number of its attempt
  public static SortedMap<Integer, Integer> left(
      RunDirectory run, SortedMap<Integer, Integer> wanted, RunHistory history) {
    SortedMap<Integer, Integer> left = new TreeMap<>(wanted);
    for (RunHistory.Submission submission : history.submissions().values()) {
      boolean refused = submission.refusal().isPresent();
      for (Task task : Task.read(run, submission.number())) {
        // A further attempt that was refused was none, and may be made again.
        left.computeIfPresent(
            task.job(),
            (job, attempt) ->
                task.attempt() >= attempt && !(refused && attempt > 1) ? null : attempt);
      }
    }
    left.entrySet()
        .removeIf(job -> {
          boolean first = job.getValue() == 1;
          return first
              && (history.cancelRequested(job.getKey(), 0)
                  || history.endings().containsKey(job.getKey()));
        });
    return left;
  }

  static LaunchFiles render(
      Dialect dialect,
      RunDirectory run,
      RunRequest request,
      List<Directive> waits,
      String uid,
      int submission,
      int tasks) {
    Map<String, String> environment = new LinkedHashMap<>(request.variables());
    environment.putAll(request.environment());
    String title = "run %s of %s".formatted(run.id(), request.experiment());
    LaunchFiles files =
        dialect.render(
            new JobRequest(
                title,
                name(run, request.experiment()),
                uid,
                Submitter.token(uid, submission),
                request.original(run).path(),
                request.workingDirectory(),
                submission,
                tasks,
                request.conduct().pack(),
                request.conduct().requeue(),
                Math.min(request.slots(), tasks),
                request.devices(),
                environment,
                request.setup(),
                new Directives(dialect).over(request.directives()).over(waits).list()));
    return request
        .container()
        .map(container ->
            ContainerScript.of(
                container,
                title,
                uid,
                request.original(run).path(),
                request.workingDirectory(),
                request.datasets().values()))
        .map(script -> files.with(ContainerScript.FILE, script))
        .orElse(files);
  }

  /// What a scheduler's lists call a job of the run.
  static String name(RunDirectory run, ExperimentName experiment) {
    boolean registered = !experiment.equals(ExperimentName.UNREGISTERED);
    return "%s_%s".formatted(registered ? experiment.value() : "karez", run.id());
  }
}
