package io.karez.track;

import io.karez.define.Cause;
import io.karez.define.JobState;
import io.karez.define.RunId;
import io.karez.site.RunLink;
import io.karez.store.SubmissionFiles;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.transport.TransportException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Chooses the jobs of a run that get a next attempt.
public final class Retry {
  private Retry() {}

  /// Which jobs are wanted.
  public sealed interface Choice {

    /// Those that failed, and those whose end nobody knows.
    record FailedOrLost() implements Choice {}

    record Failed() implements Choice {}

    record WithCause(Cause cause) implements Choice {}

    /// @param jobs their indices; at least one
    record Named(Set<Integer> jobs) implements Choice {}
  }

  /// The number of the next attempt of each chosen job, by the job's index. None of them succeeded,
  /// and all have come to their end: no program of an earlier attempt is at work.
  ///
  /// @throws InvalidInputException when a named job cannot be retried
  public static SortedMap<Integer, Integer> attempts(
      RunId run, List<TrackedJob> jobs, Choice choice) {
    Problems problems = new Problems();
    SortedMap<Integer, Integer> attempts = new TreeMap<>();
    for (TrackedJob job : jobs) {
      if (isChosen(job, choice)) {
        refusal(run, job).ifPresent(problems::add);
        attempts.put(job.index(), job.attempt() + 1);
      }
    }
    problems.throwIfAny();
    return attempts;
  }

  /// Makes sure that no late copy of the attempts before these can start.
  ///
  /// @param restarts whether the scheduler may start by itself what has run before
  /// @throws InvalidInputException when one has just started
  public static void supersede(
      RunLink link, List<TrackedJob> jobs, SortedMap<Integer, Integer> attempts, boolean restarts)
      throws TransportException {
    Marks marks = new Marks(link);
    Set<String> claims = new SubmissionFiles(link.run()).claims();
    List<TrackedJob> chosen =
        jobs.stream()
            .filter(job -> attempts.containsKey(job.index()) && job.submission() > 0)
            .toList();
    if (restarts) {
      marks.end(chosen);
    }
    List<TrackedJob> started =
        marks.supersede(
            chosen.stream()
                .filter(job -> !claims.contains(job.index() + "." + job.attempt()))
                .toList());
    if (!started.isEmpty()) {
      throw new InvalidInputException(
          Problem.of(
              "job %d has just started, later than expected"
                  .formatted(started.getFirst().index())));
    }
  }

  private static boolean isChosen(TrackedJob job, Choice choice) {
    Verdict verdict = job.verdict();
    return switch (choice) {
      case Choice.FailedOrLost() -> verdict.state() == JobState.FAILED || isLost(verdict);
      case Choice.Failed() -> verdict.state() == JobState.FAILED;
      case Choice.WithCause(Cause cause) ->
          verdict.settled() && verdict.cause().equals(Optional.of(cause));
      case Choice.Named(Set<Integer> indices) -> indices.contains(job.index());
    };
  }

  private static boolean isLost(Verdict verdict) {
    return verdict.settled() && verdict.state() == JobState.UNKNOWN;
  }

  private static Optional<Problem> refusal(RunId run, TrackedJob job) {
    Verdict verdict = job.verdict();
    if (!verdict.settled() && job.submission() == 0) {
      return Optional.of(
          Problem.of("job %d was never submitted".formatted(job.index()))
              .hint("`karez resume %s` submits it".formatted(run)));
    }
    if (!verdict.settled()) {
      return Optional.of(
          Problem.of(
                  "job %d is %s (%s), so its program may be at work"
                      .formatted(
                          job.index(),
                          verdict.state().name().toLowerCase(Locale.ROOT),
                          verdict.evidence()))
              .hint("wait for its end, or cancel it first"));
    }
    if (verdict.state() == JobState.SUCCEEDED) {
      return Optional.of(
          Problem.of("job %d succeeded".formatted(job.index()))
              .hint("`karez rerun` makes a new run with the same parameters"));
    }
    return Optional.empty();
  }
}
