package io.karez.track;

import io.karez.define.Cause;
import io.karez.define.JobState;
import io.karez.define.RetryPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Jobs that ended for the same cause, after the same submission, and are tried again together.
///
/// @param submission the last that carried them
/// @param attempts the index of each job and the number of its next attempt
public record Round(
    Cause cause, RetryPolicy.Again again, int submission, SortedMap<Integer, Integer> attempts) {

  /// What a policy tries again, as the jobs stand.
  public static List<Round> of(RetryPolicy policy, List<TrackedJob> jobs) {
    Map<List<Object>, Round> rounds = new LinkedHashMap<>();
    for (TrackedJob job : jobs) {
      Optional<Cause> cause = cause(job);
      Optional<RetryPolicy.Again> again =
          cause
              .flatMap(known -> Optional.ofNullable(policy.rules().get(known)))
              .filter(rule -> job.attempt() <= rule.times());
      again.ifPresent(rule ->
          rounds
              .computeIfAbsent(
                  List.of(cause.orElseThrow(), job.submission()),
                  key -> new Round(cause.orElseThrow(), rule, job.submission(), new TreeMap<>()))
              .attempts()
              .put(job.index(), job.attempt() + 1));
    }
    return new ArrayList<>(rounds.values());
  }

  /// Of an end without success.
  private static Optional<Cause> cause(TrackedJob job) {
    Verdict verdict = job.verdict();
    return verdict
        .cause()
        .filter(cause -> verdict.settled() && verdict.state() != JobState.SUCCEEDED);
  }
}
