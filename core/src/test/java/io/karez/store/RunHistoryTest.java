package io.karez.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.Cause;
import io.karez.define.JobFacts;
import io.karez.define.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunHistoryTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  static List<Event> oneOfEachKind(Instant at) {
    return List.of(
        new Event.Submitting(at, 1, "token"),
        new Event.Submitted(at, 1, "a b\nc", Optional.of("warning \"x\"")),
        new Event.Submitting(at, 2, "token.2"),
        new Event.Refused(at, 2, "no\nsuch queue"),
        new Event.Submitting(at, 3, "token.3"),
        new Event.Deferred(at, 3, "the queue is full"),
        new Event.Extended(at, 7),
        new Event.CancelRequested(at, 2, List.of(1, 2), Optional.of(7)),
        new Event.Ended(
            at,
            List.of(
                new Ending(3, 1, JobState.FAILED, Optional.of(Cause.TIMEOUT), "TIMEOUT", facts(at)),
                new Ending(
                    4, 2, JobState.SUCCEEDED, Optional.empty(), "COMPLETED", JobFacts.NONE))),
        settled(2, Map.of("SUCCEEDED", 6, "UNKNOWN", 1), List.of(3), at),
        new Event.Tagged(at, List.of("a", "é")),
        new Event.Described(at, "text"),
        new Event.Commented(at));
  }

  private static JobFacts facts(Instant at) {
    return new JobFacts(
        Optional.of(3),
        Optional.of(15),
        Optional.of("None"),
        Optional.of("n[01-04]"),
        Optional.of(at),
        Optional.of(at.plusSeconds(60)),
        Optional.of(Duration.ofSeconds(60)),
        Optional.of(Duration.ofSeconds(60)),
        Optional.of(Duration.ofSeconds(59)),
        Optional.of(1L << 33),
        Optional.of("4G"));
  }

  @Test
  void aSubmissionThatIsKnownToBeThereCountsWhateverWasThoughtOfIt() {
    RunHistory history =
        RunHistory.of(
            List.of(
                new Event.Submitting(AT, 2, "token"),
                new Event.Deferred(AT, 2, "nobody knows its token"),
                new Event.Submitted(AT, 2, "12", Optional.empty())));
    assertThat(history.submissions().get(2))
        .extracting(RunHistory.Submission::nativeId)
        .isEqualTo(Optional.of("12"));
  }

  @Test
  void whatTheSchedulerHadNoRoomForIsNotSubmittedUntilItIsTriedAgain() {
    List<Event> events =
        new ArrayList<>(
            List.of(new Event.Submitting(AT, 1, "token"), new Event.Deferred(AT, 1, "full")));
    assertThat(RunHistory.of(events).submissions()).isEmpty();
    events.add(new Event.Submitting(AT.plusSeconds(30), 1, "token"));
    assertThat(RunHistory.of(events).submissions().values())
        .containsExactly(
            new RunHistory.Submission(1, AT.plusSeconds(30), Optional.empty(), Optional.empty()));
    assertThat(RunHistory.of(events.reversed()).submissions())
        .isEqualTo(RunHistory.of(events).submissions());
  }

  @Test
  void theOrderOfReadingMakesNoDifference() {
    List<Event> events = new ArrayList<>(oneOfEachKind(AT));
    events.add(settled(2, Map.of("SUCCEEDED", 7), List.of(), AT.minusSeconds(9)));
    events.add(settled(1, Map.of("SUCCEEDED", 5), List.of(), AT.plusSeconds(9)));
    events.add(new Event.Tagged(AT.plusSeconds(5), List.of("late")));
    events.add(new Event.Described(AT.minusSeconds(5), "early"));
    events.add(new Event.CancelRequested(AT, 1, List.of(), Optional.empty()));
    RunHistory expected = RunHistory.of(events);
    assertThat(expected.settled())
        .contains(settled(2, Map.of("SUCCEEDED", 7), List.of(), AT.minusSeconds(9)));
    assertThat(expected.tags()).contains(List.of("late"));
    assertThat(expected.description()).contains("text");
    Random random = new Random(3);
    for (int round = 0; round < 100; round++) {
      Collections.shuffle(events, random);
      RunHistory history = RunHistory.of(events);
      assertThat(history.submissions()).isEqualTo(expected.submissions());
      assertThat(history.settled()).isEqualTo(expected.settled());
      assertThat(history.tags()).isEqualTo(expected.tags());
      assertThat(history.description()).isEqualTo(expected.description());
      assertThat(history.extended()).isEqualTo(7);
      assertThat(new HashSet<>(history.cancellations()))
          .isEqualTo(new HashSet<>(expected.cancellations()));
    }
  }

  @Test
  void aSettlementDoesNotCoverALaterSubmission() {
    List<Event> events = new ArrayList<>();
    events.add(new Event.Submitting(AT, 1, "t"));
    events.add(settled(1, Map.of("FAILED", 1), List.of(), AT));
    assertThat(RunHistory.of(events).settled()).isPresent();
    events.add(new Event.Submitting(AT, 2, "t"));
    assertThat(RunHistory.of(events).settled()).isEmpty();
  }

  @Test
  void aCancellationMeansTheSubmissionsThatWereThere() {
    RunHistory history =
        RunHistory.of(
            List.of(
                new Event.Submitting(AT, 1, "t"),
                new Event.CancelRequested(AT, 1, List.of(4), Optional.of(6)),
                new Event.Submitting(AT, 2, "t")));
    assertThat(history.cancelRequested(4, 1)).isTrue();
    assertThat(history.cancelRequested(5, 1)).isFalse();
    assertThat(history.cancelRequested(4, 2)).isFalse();
  }

  @Test
  void aCancellationDoesNotMeanJobsThatWereAddedLater() {
    RunHistory history =
        RunHistory.of(List.of(new Event.CancelRequested(AT, 1, List.of(), Optional.of(3))));
    assertThat(history.cancelRequested(2, 0)).isTrue();
    assertThat(history.cancelRequested(3, 0)).isFalse();
  }

  @Test
  void aCancellationOfAnEarlierVersionMeansEveryJob() {
    Event old =
        Event.read(
                """
                {"event":"CancelRequested","at":"2026-01-01T00:00:00Z","submissions":1,"jobs":[]}\
                """)
            .orElseThrow();
    assertThat(RunHistory.of(List.of(old)).cancelRequested(3, 0)).isTrue();
  }

  private static Event.Settled settled(
      int submissions, Map<String, Integer> counts, List<Integer> lost, Instant at) {
    return new Event.Settled(
        at, submissions, counts, lost, Optional.of(at), Optional.empty(), Optional.empty());
  }
}
