package io.karez.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the events of a run add up to. The order in which different hosts' events are read makes no
/// difference to it, but for tags and descriptions, of which the latest counts.
///
/// @param submissions by their numbers
/// @param cancellations all that were asked for
/// @param extended how many jobs the run has since some were added; 0 when none were
/// @param settled the one that covers the last submission and all jobs, if there is one
/// @param tags empty when they were never changed
/// @param description empty when it was never changed
public record RunHistory(
    TreeMap<Integer, Submission> submissions,
    List<Event.CancelRequested> cancellations,
    int extended,
    Optional<Event.Settled> settled,
    Optional<List<String>> tags,
    Optional<String> description) {

  /// @param begun when the submit command was about to be run
  /// @param nativeId the scheduler's; empty while it is not known
  /// @param refusal the scheduler's words, when it is known to have refused
  public record Submission(
      int number, Instant begun, Optional<String> nativeId, Optional<String> refusal) {}

  /// That which covers more, then that which knows the end of more jobs.
  private static final Comparator<Event.Settled> SURER_LAST =
      Comparator.comparingInt(Event.Settled::submissions)
          .thenComparingInt(Event.Settled::jobs)
          .thenComparing(s -> s.lost().size(), Comparator.reverseOrder())
          .thenComparing(Event.Settled::at);

  public static RunHistory of(List<Event> events) {
    TreeMap<Integer, Submission> submissions = new TreeMap<>();
    Map<Integer, String> ids = new HashMap<>();
    Map<Integer, String> refusals = new HashMap<>();
    List<Event.CancelRequested> cancellations = new ArrayList<>();
    int extended = 0;
    Optional<Event.Settled> settled = Optional.empty();
    Optional<Event.Tagged> tagged = Optional.empty();
    Optional<Event.Described> described = Optional.empty();
    for (Event event : events) {
      switch (event) {
        case Event.Submitting e ->
            submissions.put(
                e.submission(),
                new Submission(e.submission(), e.at(), Optional.empty(), Optional.empty()));
        case Event.Submitted e -> ids.put(e.submission(), e.nativeId());
        case Event.Refused e -> refusals.put(e.submission(), e.text());
        case Event.Extended e -> extended = Math.max(extended, e.jobs());
        case Event.CancelRequested e -> cancellations.add(e);
        case Event.Settled e ->
            settled = settled.filter(s -> SURER_LAST.compare(s, e) > 0).or(() -> Optional.of(e));
        case Event.Tagged e ->
            tagged = tagged.filter(t -> t.at().isAfter(e.at())).or(() -> Optional.of(e));
        case Event.Described e ->
            described = described.filter(d -> d.at().isAfter(e.at())).or(() -> Optional.of(e));
        case Event.Commented e -> {}
      }
    }
    submissions.replaceAll((number, begun) ->
        new Submission(
            number,
            begun.begun(),
            Optional.ofNullable(ids.get(number)),
            Optional.ofNullable(refusals.get(number))));
    int last = submissions.isEmpty() ? 0 : submissions.lastKey();
    int jobs = extended;
    return new RunHistory(
        submissions,
        List.copyOf(cancellations),
        extended,
        settled.filter(s -> s.submissions() >= last && s.jobs() >= jobs),
        tagged.map(Event.Tagged::tags),
        described.map(Event.Described::description));
  }

  /// The highest number of a submission; 0 when there was none.
  public int lastSubmission() {
    return submissions.isEmpty() ? 0 : submissions.lastKey();
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
