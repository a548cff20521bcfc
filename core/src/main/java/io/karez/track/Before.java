package io.karez.track;

import io.karez.define.After;
import io.karez.define.JobState;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.NativeId;
import io.karez.scheduler.Sighting;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.submit.Gate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A run that another one waits for, as it stands.
public record Before(After after, RunDocument document, RunHistory history, List<TrackedJob> jobs) {
  /// More names of jobs do not go on one line.
  private static final int MOST = 500;

  /// What they mean for the run that waits.
  ///
  /// @param dialect of the run that waits
  /// @param asked what that run asks of its scheduler besides
  public static Gate gate(List<Before> runs, Dialect dialect, List<Directive> asked) {
    Map<After.When, List<NativeId>> waits = new EnumMap<>(After.When.class);
    List<String> open = new ArrayList<>();
    boolean told = true;
    for (Before run : runs) {
      Optional<String> disappointment = run.disappointment();
      if (disappointment.isPresent()) {
        return new Gate.Never(disappointment.get());
      }
      if (!run.hasEnded()) {
        Set<NativeId> ids = run.ids(dialect);
        told &= !ids.isEmpty();
        waits.computeIfAbsent(run.after().when(), when -> new ArrayList<>()).addAll(ids);
        open.add("run " + run.after().run());
      }
    }
    if (open.isEmpty()) {
      return Gate.FREE;
    }
    Optional<List<Directive>> directives = told ? dialect.after(waits, asked) : Optional.empty();
    return directives
        .<Gate>map(Gate.Open::new)
        .orElseGet(() -> new Gate.Later("it waits for " + String.join(" and ", open)));
  }

  /// Why it cannot end any more as it has to; lower case, no full stop.
  private Optional<String> disappointment() {
    long failed =
        jobs.stream()
            .filter(job -> isOver(job) && job.verdict().state() != JobState.SUCCEEDED)
            .count();
    return switch (after.when()) {
      case OK ->
          failed == 0
              ? Optional.empty()
              : Optional.of(
                  (jobs.size() == 1 ? "" : "%d of the %d jobs of ".formatted(failed, jobs.size()))
                      + "run %s did not succeed".formatted(after.run()));
      case ANY -> Optional.empty();
      case FAILED ->
          failed > 0 || !hasEnded()
              ? Optional.empty()
              : Optional.of("every job of run %s succeeded".formatted(after.run()));
    };
  }

  private boolean hasEnded() {
    return jobs.stream().allMatch(this::isOver);
  }

  /// Whether nothing more is expected of a job, nor will the run's policy try it again.
  private boolean isOver(TrackedJob job) {
    return job.verdict().settled() && Round.of(document.conduct().retry(), List.of(job)).isEmpty();
  }

  /// What the scheduler calls what has not ended; empty when it cannot be told to wait for all of
  /// it. What one submission carries is named as a whole.
  private Set<NativeId> ids(Dialect dialect) {
    if (!document.runner().equals(dialect.name())) {
      return Set.of();
    }
    List<TrackedJob> open = jobs.stream().filter(job -> !isOver(job)).toList();
    // Of a job that it does not list any more a scheduler may think what it likes.
    boolean listed =
        open.stream()
            .allMatch(job ->
                job.sighting().isPresent()
                    && job.sighting().get() instanceof Sighting.Listed seen
                    && !seen.state().isEnd()
                    && seen.state() != JobState.UNKNOWN);
    if (!listed) {
      return Set.of();
    }
    Set<Integer> submissions =
        jobs.stream().map(TrackedJob::submission).collect(Collectors.toUnmodifiableSet());
    if (submissions.size() == 1) {
      return Optional.ofNullable(history.submissions().get(submissions.iterator().next()))
          .flatMap(RunHistory.Submission::nativeId)
          .map(id -> Set.of(new NativeId(id)))
          .orElse(Set.of());
    }
    boolean possible =
        after.when() != After.When.FAILED
            && open.size() <= MOST
            && open.stream().allMatch(job -> job.nativeId().isPresent());
    return possible
        ? open.stream().flatMap(job -> job.nativeId().stream()).collect(Collectors.toSet())
        : Set.of();
  }
}
