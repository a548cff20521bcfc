package io.karez.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the events of a run add up to. The order in which different hosts' events are read makes no
/// difference to it, but for tags and descriptions, of which the latest counts.
///
/// @param submissions by their numbers
/// @param cancellations all that were asked for
/// @param extended how many jobs the run has since some were added; 0 when none were
/// @param endings what the scheduler said of the ends of jobs, by their indices: of the latest
///   attempt that it spoke of
/// @param settled the one that covers the last submission and all jobs, if there is one
/// @param tags empty when they were never changed
/// @param description empty when it was never changed
public record RunHistory(
    TreeMap<Integer, Submission> submissions,
    List<Event.CancelRequested> cancellations,
    int extended,
    Map<Integer, Ending> endings,
    Optional<Event.Settled> settled,
    Optional<List<String>> tags,
    Optional<String> description) {

  /// @param begun when the submit command was about to be run
  /// @param nativeId the scheduler's; empty while it is not known
  /// @param refusal the scheduler's words, when it is known to have refused
  public record Submission(
      int number, Instant begun, Optional<String> nativeId, Optional<String> refusal) {}

  public static RunHistory of(List<Event> events) {
    Fold fold = new Fold();
    for (Event event : events) {
      event.addTo(fold);
    }
    return fold.history();
  }

  /// A history in the making.
  static final class Fold {
    private final TreeMap<Integer, Event.Submitting> begun = new TreeMap<>();

    /// Begun, less those that came to nothing.
    private final Map<Integer, Integer> tries = new HashMap<>();

    private final Map<Integer, String> ids = new HashMap<>();
    private final Map<Integer, String> refusals = new HashMap<>();
    private final List<Event.CancelRequested> cancellations = new ArrayList<>();
    private final Map<Integer, Ending> endings = new HashMap<>();
    private int extended;
    private Event.@Nullable Settled settled;
    private Event.@Nullable Tagged tagged;
    private Event.@Nullable Described described;

    void add(Event.Submitting event) {
      begun.merge(
          event.submission(), event, (one, other) -> one.at().isAfter(other.at()) ? one : other);
      tries.merge(event.submission(), 1, Integer::sum);
    }

    void add(Event.Deferred event) {
      tries.merge(event.submission(), -1, Integer::sum);
    }

    void add(Event.Submitted event) {
      ids.put(event.submission(), event.nativeId());
    }

    void add(Event.Refused event) {
      refusals.put(event.submission(), event.text());
    }

    void add(Event.Extended event) {
      extended = Math.max(extended, event.jobs());
    }

    void add(Event.CancelRequested event) {
      cancellations.add(event);
    }

    void add(Event.Ended event) {
      for (Ending ending : event.endings()) {
        endings.merge(
            ending.job(), ending, (one, other) -> one.attempt() > other.attempt() ? one : other);
      }
    }

    void add(Event.Settled event) {
      if (settled == null || !settled.isSurerThan(event)) {
        settled = event;
      }
    }

    void add(Event.Tagged event) {
      if (tagged == null || !tagged.at().isAfter(event.at())) {
        tagged = event;
      }
    }

    void add(Event.Described event) {
      if (described == null || !described.at().isAfter(event.at())) {
        described = event;
      }
    }

    private RunHistory history() {
      TreeMap<Integer, Submission> submissions = new TreeMap<>();
      for (Event.Submitting event : begun.values()) {
        int number = event.submission();
        if (tries.getOrDefault(number, 0) < 1 && !ids.containsKey(number)) {
          continue;
        }
        submissions.put(
            number,
            new Submission(
                number,
                event.at(),
                Optional.ofNullable(ids.get(number)),
                Optional.ofNullable(refusals.get(number))));
      }
      int last = submissions.isEmpty() ? 0 : submissions.lastKey();
      boolean covered =
          settled != null && settled.submissions() >= last && settled.jobs() >= extended;
      return new RunHistory(
          submissions,
          List.copyOf(cancellations),
          extended,
          endings,
          covered ? Optional.ofNullable(settled) : Optional.empty(),
          Optional.ofNullable(tagged).map(Event.Tagged::tags),
          Optional.ofNullable(described).map(Event.Described::description));
    }
  }

  /// The highest number of a submission; 0 when there was none.
  public int lastSubmission() {
    return submissions.isEmpty() ? 0 : submissions.lastKey();
  }

  /// Whether the scheduler is known to have refused this submission.
  public boolean isRefused(int submission) {
    return Optional.ofNullable(submissions.get(submission))
        .flatMap(Submission::refusal)
        .isPresent();
  }

  /// How many jobs the run has.
  public int jobs(RunDocument document) {
    return Math.max(document.jobs(), extended);
  }

  /// Whether the cancellation of this job, as carried by this submission, was asked for.
  public boolean cancelRequested(int job, int submission) {
    return cancellations.stream().anyMatch(request -> request.means(job, submission));
  }
}
