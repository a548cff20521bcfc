package io.karez.submit;

import io.karez.define.ExperimentName;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.render.RunRequest;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.JobRequest;
import io.karez.scheduler.LaunchFiles;
import io.karez.store.AtomicFile;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunFiles;
import io.karez.store.RunHistory;
import io.karez.store.SubmissionFiles;
import io.karez.store.Task;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// A further submission of a run's jobs, which runs them as the first one did.
public final class NextSubmission {
  private NextSubmission() {}

  /// Writes its files. It is not begun: until then it changes nothing.
  ///
  /// @param attempts the index of each job and the number of its attempt; at least one
  /// @return its number
  public static int prepare(
      RunDirectory run,
      RunDocument document,
      Dialect dialect,
      SortedMap<Integer, Integer> attempts) {
    return prepare(run, document, dialect, attempts, document.directives());
  }

  /// As above, asking the scheduler for something else than the run did.
  public static int prepare(
      RunDirectory run,
      RunDocument document,
      Dialect dialect,
      SortedMap<Integer, Integer> attempts,
      List<Directive> directives) {
    int submission = RunFiles.takeSubmission(run);
    RunFiles.writeTasks(run, submission, attempts);
    if (!directives.equals(document.directives())) {
      SubmissionFiles.writeDirectives(run, submission, directives);
    }
    RunRequest request = RunRequest.of(document, Map.of()).asking(directives);
    LaunchFiles files = render(dialect, run, request, document.uid(), submission, attempts.size());
    AtomicFile.write(
        run.submission(submission).resolve("script.sh"), files.script(), AtomicFile.ORDINARY);
    return submission;
  }

  /// The jobs that no submission carries and nobody has cancelled, each with its first attempt.
  public static SortedMap<Integer, Integer> unsubmitted(
      RunDirectory run, RunDocument document, RunHistory history) {
    Set<Integer> carried = new HashSet<>();
    for (int submission : history.submissions().keySet()) {
      Task.read(run, submission).forEach(task -> carried.add(task.job()));
    }
    SortedMap<Integer, Integer> attempts = new TreeMap<>();
    for (int job = 0; job < history.jobs(document); job++) {
      if (!carried.contains(job) && !history.cancelRequested(job, 0)) {
        attempts.put(job, 1);
      }
    }
    return attempts;
  }

  static LaunchFiles render(
      Dialect dialect,
      RunDirectory run,
      RunRequest request,
      String uid,
      int submission,
      int tasks) {
    Map<String, String> environment = new LinkedHashMap<>(request.variables());
    environment.putAll(request.environment());
    return dialect.render(
        new JobRequest(
            "run %s of %s".formatted(run.id(), request.experiment()),
            name(run, request.experiment()),
            uid,
            Submitter.token(uid, submission),
            run.path(),
            request.workingDirectory(),
            submission,
            tasks,
            Math.min(request.slots(), tasks),
            request.devices(),
            environment,
            request.setup(),
            request.directives()));
  }

  /// What a scheduler's lists call a job of the run.
  static String name(RunDirectory run, ExperimentName experiment) {
    boolean registered = !experiment.equals(ExperimentName.UNREGISTERED);
    return "%s_%s".formatted(registered ? experiment.value() : "karez", run.id());
  }
}
