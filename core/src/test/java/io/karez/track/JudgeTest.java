package io.karez.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.After;
import io.karez.define.Cause;
import io.karez.define.Conduct;
import io.karez.define.JobState;
import io.karez.define.RetryPolicy;
import io.karez.define.RunId;
import io.karez.scheduler.Sighting;
import io.karez.store.JobRecord;
import io.karez.track.Evidence.HandOver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Every kind of evidence, and what is made of it.
class JudgeTest {
  private static final Sighting GONE = new Sighting.Gone("it is gone");
  private static final Sighting ABSENT = new Sighting.Absent();
  private static final Sighting SILENT = new Sighting.Silent("nobody answers");
  private static final Sighting QUEUED =
      new Sighting.Listed(JobState.QUEUED, Optional.empty(), "PD");
  private static final Sighting RUNNING =
      new Sighting.Listed(JobState.RUNNING, Optional.empty(), "R");

  @Test
  void anEndThatNobodySawIsNeitherSuccessNorFailure() {
    assertThat(of().end(137).unseen().judge())
        .isEqualTo(
            Verdict.end(
                JobState.UNKNOWN,
                Cause.LOST,
                "what measured its program was killed, so nobody saw how the program ended"));
    assertThat(of().end(137).cancelledThen().unseen().judge().state())
        .isEqualTo(JobState.CANCELLED);
  }

  @Test
  void aProgramsOwnEndDecides() {
    assertThat(of().end(0).judge())
        .isEqualTo(verdict(JobState.SUCCEEDED, null, 0, null, "job record"));
    assertThat(of().end(3).judge())
        .isEqualTo(verdict(JobState.FAILED, Cause.EXIT, 3, null, "job record"));
    assertThat(of().end(3).sighting(RUNNING).judge().state()).isEqualTo(JobState.FAILED);
    assertThat(of().end(0).cancelRequested().judge().state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(of().end(0).cancelledThen().judge().state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(of().end(3).cancelledThen().judge())
        .isEqualTo(verdict(JobState.CANCELLED, Cause.USER, 3, null, "job record"));
    // A cancellation that came after the end does not change it.
    assertThat(of().end(3).cancelRequested().judge().state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void aSignalIsCertainWhenMeasuredAndAGuessOtherwise() {
    assertThat(of().end(137).signal(9).judge())
        .isEqualTo(verdict(JobState.FAILED, Cause.SIGNAL, null, 9, "job record"));
    assertThat(of().end(137).measured().judge())
        .isEqualTo(verdict(JobState.FAILED, Cause.EXIT, 137, null, "job record"));
    assertThat(of().end(137).judge())
        .isEqualTo(
            verdict(
                JobState.FAILED,
                Cause.SIGNAL,
                null,
                9,
                "job record; the status could also be the program's own 137"));
    assertThat(of().end(128).judge())
        .isEqualTo(verdict(JobState.FAILED, Cause.EXIT, 128, null, "job record"));
    assertThat(of().end(193).judge())
        .isEqualTo(verdict(JobState.FAILED, Cause.EXIT, 193, null, "job record"));
    assertThat(of().end(143).signal(15).cancelledThen().judge())
        .isEqualTo(verdict(JobState.CANCELLED, Cause.USER, null, 15, "job record"));
  }

  @Test
  void aProgramThatCouldNotBeStartedFailedAtItsLaunch() {
    assertThat(of().end(127).launch("program").judge())
        .isEqualTo(verdict(JobState.FAILED, Cause.LAUNCH, null, null, "job record"));
    assertThat(of().end(143).launch("signal").judge().state()).isEqualTo(JobState.FAILED);
    assertThat(of().end(143).launch("signal").cancelRequested().judge())
        .isEqualTo(verdict(JobState.CANCELLED, Cause.USER, null, null, "job record"));
  }

  @Test
  void withoutAnEndAProgramRunsUntilSomethingProvesThatItCannot() {
    assertThat(of().started().judge().state()).isEqualTo(JobState.RUNNING);
    assertThat(of().started().sighting(RUNNING).judge())
        .isEqualTo(listed(JobState.RUNNING, "R", "the scheduler: R"));
    assertThat(of().started().sighting(GONE).judge())
        .isEqualTo(
            verdict(
                JobState.UNKNOWN, Cause.LOST, null, null, "it is gone, and its record has no end"));
    assertThat(of().started().sighting(GONE).cancelRequested().judge().state())
        .isEqualTo(JobState.CANCELLED);
    for (Sighting sighting : List.of(ABSENT, SILENT)) {
      assertThat(of().started().sighting(sighting).age(60).judge().state())
          .isEqualTo(JobState.RUNNING);
      Verdict verdict = of().started().sighting(sighting).age(121).judge();
      assertThat(verdict.state()).isEqualTo(JobState.UNKNOWN);
      assertThat(verdict.evidence()).startsWith("no sign of life for 121 s");
    }
  }

  @Test
  void whatNobodyKnowsOfIsLostButNotWhileSomebodyCannotBeAsked() {
    for (Case job : List.of(of(), of().started())) {
      Verdict lost = job.sighting(ABSENT).age(121).judge();
      assertThat(lost.cause()).contains(Cause.LOST);
      assertThat(lost.settled()).isTrue();
      assertThat(job.sighting(SILENT).age(100_000).judge().settled()).isFalse();
    }
    assertThat(of().sighting(ABSENT).cancelRequested().age(1).judge().state())
        .isEqualTo(JobState.CANCELLED);
  }

  @Test
  void aSchedulerExplainsAnEndThatTheProgramCannot() {
    Sighting timeout = ended(JobState.FAILED, Cause.TIMEOUT, "TIMEOUT");
    for (int status : List.of(0, 1, 143)) {
      Verdict verdict = of().end(status).sighting(timeout).judge();
      assertThat(verdict.state()).isEqualTo(JobState.FAILED);
      assertThat(verdict.cause()).contains(Cause.TIMEOUT);
      assertThat(verdict.settled()).isTrue();
    }
    assertThat(of().end(3).sighting(ended(JobState.FAILED, Cause.EXIT, "FAILED")).judge())
        .isEqualTo(verdict(JobState.FAILED, Cause.EXIT, 3, null, "job record"));
    assertThat(of().end(0).sighting(ended(JobState.CANCELLED, Cause.ADMIN, "CANCELLED")).judge())
        .isEqualTo(verdict(JobState.SUCCEEDED, null, 0, null, "job record"));
  }

  @Test
  void anEndWaitsForItsExplanationButNotForEver() {
    assertThat(of().end(143).sighting(ABSENT).age(5).judge().settled()).isFalse();
    assertThat(of().end(143).sighting(RUNNING).age(5).judge().settled()).isFalse();
    assertThat(of().end(143).sighting(ABSENT).age(61).judge().settled()).isTrue();
    assertThat(of().end(143).judge().settled()).isTrue();
  }

  @Test
  void whoHasCancelledIsNotGuessed() {
    Sighting nobody = new Sighting.Listed(JobState.CANCELLED, Optional.empty(), "CANCELLED");
    assertThat(of().sighting(nobody).judge().cause()).isEmpty();
    assertThat(of().sighting(nobody).cancelRequested().judge().cause()).contains(Cause.USER);
  }

  @Test
  void whatIsCancelledJustWhenItStartsHasNotFailed() {
    Sighting wrapper = ended(JobState.FAILED, Cause.EXIT, "FAILED");
    assertThat(of().sighting(wrapper).cancelRequested().judge().state())
        .isEqualTo(JobState.CANCELLED);
    assertThat(of().sighting(wrapper).judge().state()).isEqualTo(JobState.FAILED);
  }

  private static Sighting ended(JobState state, Cause cause, String word) {
    return new Sighting.Listed(state, Optional.of(cause), word);
  }

  @Test
  void whatWasNotSubmittedIsPreparedOrCancelled() {
    assertThat(of().handedOver(HandOver.NOT_YET).judge().state()).isEqualTo(JobState.PREPARED);
    assertThat(of().handedOver(HandOver.NOT_YET).cancelRequested().judge())
        .isEqualTo(
            verdict(
                JobState.CANCELLED,
                Cause.USER,
                null,
                null,
                "it was cancelled before it was submitted"));
    assertThat(of().handedOver(HandOver.REFUSED).judge())
        .isEqualTo(
            verdict(
                JobState.FAILED, Cause.LAUNCH, null, null, "the scheduler refused the submission"));
  }

  @Test
  void anUncertainSubmissionIsLostOnlyAfterThePatience() {
    assertThat(of().handedOver(HandOver.UNCERTAIN).age(1).judge().state())
        .isEqualTo(JobState.PREPARED);
    assertThat(of().handedOver(HandOver.UNCERTAIN).age(120).judge().settled()).isFalse();
    assertThat(of().handedOver(HandOver.UNCERTAIN).age(121).judge())
        .isEqualTo(
            verdict(
                JobState.UNKNOWN,
                Cause.LOST,
                null,
                null,
                "its submission was begun and nothing came of it"));
    assertThat(of().handedOver(HandOver.UNCERTAIN).age(1).cancelRequested().judge().state())
        .isEqualTo(JobState.CANCELLED);
  }

  @Test
  void anAcceptedJobWaitsUntilSomethingIsKnown() {
    assertThat(of().judge().state()).isEqualTo(JobState.QUEUED);
    assertThat(of().claimed().judge().state()).isEqualTo(JobState.RUNNING);
    assertThat(of().sighting(QUEUED).judge())
        .isEqualTo(listed(JobState.QUEUED, "PD", "the scheduler: PD"));
    assertThat(of().sighting(QUEUED).claimed().judge().state()).isEqualTo(JobState.RUNNING);
    assertThat(of().sighting(ABSENT).age(1).judge().state()).isEqualTo(JobState.QUEUED);
    assertThat(of().sighting(SILENT).age(1).judge().settled()).isFalse();
    assertThat(of().sighting(SILENT).age(1000).judge().state()).isEqualTo(JobState.UNKNOWN);
    assertThat(of().sighting(SILENT).age(1000).judge().settled()).isFalse();
    assertThat(of().sighting(GONE).judge())
        .isEqualTo(
            verdict(
                JobState.UNKNOWN, Cause.LOST, null, null, "it is gone, and it was not started"));
    assertThat(of().sighting(GONE).cancelRequested().judge().state()).isEqualTo(JobState.CANCELLED);
    assertThat(of().claimed().withdrawn().judge())
        .isEqualTo(
            verdict(
                JobState.CANCELLED, Cause.USER, null, null, "it was cancelled before it started"));
  }

  @Test
  void theSupervisorsLastWordExplainsWhatItDidNotStart() {
    assertThat(of().supervisorEnd("ended").judge())
        .isEqualTo(
            verdict(
                JobState.FAILED, Cause.LAUNCH, null, null, "the supervisor could not start it"));
    assertThat(of().supervisorEnd("ended").claimed().judge())
        .isEqualTo(
            verdict(
                JobState.UNKNOWN,
                Cause.LOST,
                null,
                null,
                "its wrapper died before it could start the program"));
    assertThat(of().supervisorEnd("setup").judge())
        .isEqualTo(verdict(JobState.FAILED, Cause.LAUNCH, null, null, "a set-up line failed"));
    assertThat(of().supervisorEnd("stopped").judge())
        .isEqualTo(
            verdict(
                JobState.CANCELLED,
                Cause.ADMIN,
                null,
                null,
                "a signal stopped the supervisor before it started"));
    assertThat(of().supervisorEnd("ended").cancelRequested().judge().cause()).contains(Cause.USER);
  }

  @Test
  void whatWaitsAgainAfterItsEndWasPutBack() {
    assertThat(of().end(1).sighting(QUEUED).age(1000).judge())
        .isEqualTo(listed(JobState.QUEUED, "PD", "job record; the scheduler has put it back: PD"));
    assertThat(of().end(0).sighting(QUEUED).judge().state()).isEqualTo(JobState.SUCCEEDED);
    // it starts, and its wrapper has not said so yet
    assertThat(of().end(1).sighting(RUNNING).age(1000).judge().settled()).isFalse();
  }

  @Test
  void oneThatWasNeverBegunHasNotTheEndOfItsPackAndWaitedForOthers() {
    Conduct pack = new Conduct(10, false, List.of(), RetryPolicy.NONE);
    Sighting failed = new Sighting.Listed(JobState.FAILED, Optional.of(Cause.EXIT), "FAILED");
    Verdict ofPack = Judge.unclaimed(of().sighting(failed).judge(), pack);
    assertThat(ofPack.cause()).contains(Cause.LAUNCH);
    assertThat(ofPack.exitCode()).isEmpty();
    After after = new After(new RunId(1), "00", After.When.OK);
    Conduct waiting = new Conduct(1, false, List.of(after), RetryPolicy.NONE);
    Sighting cancelled = new Sighting.Listed(JobState.CANCELLED, Optional.empty(), "CANCELLED");
    assertThat(Judge.unclaimed(of().sighting(cancelled).judge(), waiting).cause())
        .contains(Cause.DEPENDENCY);
    assertThat(Judge.unclaimed(of().sighting(cancelled).judge(), Conduct.PLAIN).cause()).isEmpty();
  }

  @Test
  void noEvidenceAtAllIsNeverASuccess() {
    for (HandOver handOver : HandOver.values()) {
      for (Optional<Sighting> sighting :
          List.of(
              Optional.<Sighting>empty(),
              Optional.of(GONE),
              Optional.of(ABSENT),
              Optional.of(SILENT))) {
        for (long age : new long[] {0, 120, 121, 1_000_000}) {
          Case evidence = of().handedOver(handOver).age(age);
          assertThat(sighting.map(evidence::sighting).orElse(evidence).judge().state())
              .isNotEqualTo(JobState.SUCCEEDED);
        }
      }
    }
  }

  private static Verdict verdict(
      JobState state,
      @Nullable Cause cause,
      @Nullable Integer exitCode,
      @Nullable Integer signal,
      String evidence) {
    return new Verdict(
        state,
        true,
        Optional.ofNullable(cause),
        Optional.ofNullable(exitCode),
        Optional.ofNullable(signal),
        Optional.empty(),
        evidence);
  }

  private static Verdict listed(JobState state, String word, String evidence) {
    return new Verdict(
        state,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(word),
        evidence);
  }

  private static Case of() {
    return new Case(
        new Evidence(
            Optional.empty(),
            false,
            false,
            HandOver.ACCEPTED,
            Optional.empty(),
            false,
            Optional.empty(),
            false,
            Optional.empty(),
            Duration.ofMinutes(2)));
  }

  /// Evidence, piece by piece.
  private record Case(Evidence e) {
    Verdict judge() {
      return Judge.judge(e);
    }

    Case started() {
      return record(start(), Optional.empty());
    }

    Case end(int status) {
      return record(
          start(),
          Optional.of(
              new JobRecord.End(
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(status),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  List.of(),
                  false)));
    }

    Case unseen() {
      return record(
          start(),
          Optional.of(
              new JobRecord.End(
                  end().at(),
                  end().elapsed(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  List.of(),
                  end().cancelled())));
    }

    Case signal(int signal) {
      return changed(Optional.of(signal), end().launch(), Optional.of("time"), end().cancelled());
    }

    Case measured() {
      return changed(end().signal(), end().launch(), Optional.of("time"), end().cancelled());
    }

    Case launch(String why) {
      return changed(end().signal(), Optional.of(why), end().memorySource(), end().cancelled());
    }

    Case cancelledThen() {
      return changed(end().signal(), end().launch(), end().memorySource(), true);
    }

    Case claimed() {
      return with(true, e.withdrawn(), e.handedOver(), e.supervisorEnd(), e.cancelRequested());
    }

    Case withdrawn() {
      return with(e.claimed(), true, e.handedOver(), e.supervisorEnd(), e.cancelRequested());
    }

    Case handedOver(HandOver handOver) {
      return with(e.claimed(), e.withdrawn(), handOver, e.supervisorEnd(), e.cancelRequested());
    }

    Case supervisorEnd(String word) {
      return with(
          e.claimed(), e.withdrawn(), e.handedOver(), Optional.of(word), e.cancelRequested());
    }

    Case cancelRequested() {
      return with(e.claimed(), e.withdrawn(), e.handedOver(), e.supervisorEnd(), true);
    }

    Case sighting(Sighting sighting) {
      return new Case(
          new Evidence(
              e.record(),
              e.claimed(),
              e.withdrawn(),
              e.handedOver(),
              e.supervisorEnd(),
              e.cancelRequested(),
              Optional.of(sighting),
              false,
              e.heartbeatAge(),
              e.patience()));
    }

    Case age(long seconds) {
      return new Case(
          new Evidence(
              e.record(),
              e.claimed(),
              e.withdrawn(),
              e.handedOver(),
              e.supervisorEnd(),
              e.cancelRequested(),
              e.sighting(),
              e.askable(),
              Optional.of(Duration.ofSeconds(seconds)),
              e.patience()));
    }

    private Case with(
        boolean claimed,
        boolean withdrawn,
        HandOver handedOver,
        Optional<String> supervisorEnd,
        boolean cancelRequested) {
      return new Case(
          new Evidence(
              e.record(),
              claimed,
              withdrawn,
              handedOver,
              supervisorEnd,
              cancelRequested,
              e.sighting(),
              e.askable(),
              e.heartbeatAge(),
              e.patience()));
    }

    private Case changed(
        Optional<Integer> signal,
        Optional<String> launch,
        Optional<String> memorySource,
        boolean cancelled) {
      return record(
          start(),
          Optional.of(
              new JobRecord.End(
                  end().at(),
                  end().elapsed(),
                  end().status(),
                  signal,
                  launch,
                  end().memoryBytes(),
                  memorySource,
                  end().cpu(),
                  end().forwarded(),
                  cancelled)));
    }

    private JobRecord.End end() {
      return e.record().flatMap(JobRecord::end).orElseThrow();
    }

    private static JobRecord.Start start() {
      return new JobRecord.Start(Optional.empty(), "h", "h m b n 1 2", "h m b n 3 4", "");
    }

    private Case record(JobRecord.Start start, Optional<JobRecord.End> end) {
      return new Case(
          new Evidence(
              Optional.of(new JobRecord(1, Optional.of(start), end)),
              true,
              e.withdrawn(),
              e.handedOver(),
              e.supervisorEnd(),
              e.cancelRequested(),
              e.sighting(),
              e.askable(),
              e.heartbeatAge(),
              e.patience()));
    }
  }
}
