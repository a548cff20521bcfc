package io.karez.track;

import io.karez.define.Cause;
import io.karez.define.Conduct;
import io.karez.define.JobState;
import io.karez.scheduler.Sighting;
import io.karez.store.Ending;
import io.karez.store.JobRecord;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Weighs the evidence about one job: its own record first, then what the scheduler says. Success
/// is never guessed.
public final class Judge {
  private Judge() {}

  public static Verdict judge(Evidence evidence) {
    Optional<JobRecord.End> end = evidence.record().flatMap(JobRecord::end);
    if (end.isPresent()) {
      Verdict own = ended(end.get(), evidence.cancelRequested());
      Verdict unexplained =
          evidence.askable() ? own.unsettled("; the scheduler was not asked why yet") : own;
      return evidence.sighting().map(seen -> explained(own, seen, evidence)).orElse(unexplained);
    }
    if (evidence.record().flatMap(JobRecord::start).isPresent()) {
      return started(evidence);
    }
    return switch (evidence.handedOver()) {
      case NOT_YET -> notStarted(evidence, "nothing was submitted yet");
      case REFUSED ->
          Verdict.end(JobState.FAILED, Cause.LAUNCH, "the scheduler refused the submission");
      case UNCERTAIN, ACCEPTED -> waiting(evidence);
    };
  }

  /// Of a job that was not handed over, and never will be.
  static Verdict abandoned(Ending ending) {
    return new Verdict(
        ending.state(),
        true,
        ending.cause(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "it was not submitted: " + ending.word());
  }

  /// Of a job whose wrapper was never started. When nobody has cancelled one that waited for other
  /// runs, the scheduler has, because they ended otherwise; it says so only for a while. And the
  /// end of a pack is not that of a job which it did not come to.
  static Verdict unclaimed(Verdict verdict, Conduct conduct) {
    boolean nobody = verdict.state() == JobState.CANCELLED && verdict.cause().isEmpty();
    if (nobody && !conduct.after().isEmpty()) {
      return caused(
          verdict, verdict.state(), Cause.DEPENDENCY, ", by itself; it waited for others");
    }
    boolean ofPack =
        verdict.state() == JobState.SUCCEEDED || verdict.cause().filter(OWN::contains).isPresent();
    return conduct.pack() > 1 && verdict.nativeState().isPresent() && ofPack
        ? caused(verdict, JobState.FAILED, Cause.LAUNCH, "; its pack ended before it was begun")
        : verdict;
  }

  private static Verdict caused(Verdict verdict, JobState state, Cause cause, String remark) {
    return new Verdict(
        state,
        verdict.settled(),
        Optional.of(cause),
        Optional.empty(),
        Optional.empty(),
        verdict.nativeState(),
        verdict.evidence() + remark);
  }

  /// A record that is there and cannot be read may say anything.
  ///
  /// @param why lower case, no full stop
  static Verdict unreadable(String why) {
    return Verdict.open(JobState.UNKNOWN, Optional.empty(), "its record cannot be read: " + why);
  }

  private static Verdict ended(JobRecord.End end, boolean cancelRequested) {
    String own = "job record";
    if (end.launch().isPresent()) {
      boolean stopped = end.launch().get().equals("signal");
      return stopped && (end.cancelled() || cancelRequested)
          ? Verdict.end(JobState.CANCELLED, Cause.USER, own)
          : Verdict.end(JobState.FAILED, Cause.LAUNCH, own);
    }
    if (end.status().isEmpty()) {
      return end.cancelled()
          ? Verdict.end(JobState.CANCELLED, Cause.USER, own)
          : lost("what measured its program was killed, so nobody saw how the program ended");
    }
    int status = end.status().get();
    if (status == 0) {
      return withCode(JobState.SUCCEEDED, Optional.empty(), 0, own);
    }
    JobState state = end.cancelled() ? JobState.CANCELLED : JobState.FAILED;
    if (end.signal().isPresent()) {
      return bySignal(state, end.cancelled(), end.signal().get(), own);
    }
    Optional<Integer> likely = end.likelySignal();
    if (likely.isPresent()) {
      return bySignal(
          state,
          end.cancelled(),
          likely.get(),
          own + "; the status could also be the program's own " + status);
    }
    return withCode(state, Optional.of(end.cancelled() ? Cause.USER : Cause.EXIT), status, own);
  }

  /// What the program could not know of its own end: a limit, a node, somebody's wish. The
  /// accounting may be late.
  private static Verdict explained(Verdict own, Sighting seen, Evidence evidence) {
    if (!(seen instanceof Sighting.Listed listed) || listed.state() == JobState.UNKNOWN) {
      return unexplained(own, seen, evidence);
    }
    if (!listed.state().isEnd()) {
      return isPutBack(listed, own)
          ? Verdict.open(
              listed.state(),
              Optional.of(listed.word()),
              own.evidence() + "; the scheduler has put it back: " + listed.word())
          : own.unsettled("; the scheduler still lists it: " + listed.word());
    }
    boolean tells =
        listed.cause().filter(cause -> !OWN.contains(cause)).isPresent()
            && own.cause().filter(cause -> OWN.contains(cause) || cause == Cause.LOST).isPresent();
    // A program that was asked to end by a limit may do so with status 0; that is no success.
    boolean cut = listed.cause().filter(CUT::contains).isPresent();
    if (!tells && !(cut && own.state() == JobState.SUCCEEDED)) {
      return own;
    }
    return new Verdict(
        listed.state(),
        true,
        listed.cause(),
        own.exitCode(),
        own.signal(),
        Optional.of(listed.word()),
        own.evidence() + "; the scheduler: " + listed.word());
  }

  /// A program that was asked to end may have been put back by the scheduler, which has to say
  /// otherwise, or nothing at all for long.
  private static Verdict unexplained(Verdict own, Sighting seen, Evidence evidence) {
    boolean asked =
        own.state() != JobState.SUCCEEDED
            && evidence
                .record()
                .flatMap(JobRecord::end)
                .filter(end -> !end.forwarded().isEmpty() && !end.cancelled())
                .isPresent();
    Duration bound = asked ? evidence.patience() : LAG;
    boolean late =
        evidence.heartbeatAge().filter(age -> age.compareTo(bound) > 0).isPresent()
            && !(asked && seen instanceof Sighting.Silent);
    return late ? own : own.unsettled("; the scheduler has not said why yet");
  }

  /// What has run and waits again will run again, unless it had succeeded.
  private static boolean isPutBack(Sighting.Listed seen, Verdict own) {
    return own.state() != JobState.SUCCEEDED
        && (seen.state() == JobState.QUEUED || seen.state() == JobState.HELD);
  }

  /// How long a scheduler is given to explain an end.
  private static final Duration LAG = Duration.ofSeconds(60);

  private static final Set<Cause> OWN = EnumSet.of(Cause.EXIT, Cause.SIGNAL);
  private static final Set<Cause> CUT = EnumSet.of(Cause.TIMEOUT, Cause.OOM);

  private static Verdict bySignal(JobState state, boolean cancelled, int signal, String evidence) {
    return new Verdict(
        state,
        true,
        Optional.of(cancelled ? Cause.USER : Cause.SIGNAL),
        Optional.empty(),
        Optional.of(signal),
        Optional.empty(),
        evidence);
  }

  private static Verdict withCode(
      JobState state, Optional<Cause> cause, int code, String evidence) {
    return new Verdict(
        state, true, cause, Optional.of(code), Optional.empty(), Optional.empty(), evidence);
  }

  /// Its program was started and has not recorded its end.
  private static Verdict started(Evidence evidence) {
    Optional<Sighting> sighting = evidence.sighting();
    if (sighting.isEmpty()) {
      return Verdict.open(JobState.RUNNING, Optional.empty(), "its record has a start and no end");
    }
    return switch (sighting.get()) {
      case Sighting.Listed listed -> listed(listed, evidence);
      case Sighting.Gone gone ->
          evidence.cancelRequested()
              ? Verdict.end(
                  JobState.CANCELLED,
                  Cause.USER,
                  "it was asked to end, and " + gone.how() + " without a record of the end")
              : lost(gone.how() + ", and its record has no end");
      case Sighting.Absent absent -> absent(evidence, JobState.RUNNING);
      case Sighting.Silent silent -> silent(evidence, JobState.RUNNING, silent.why());
    };
  }

  /// It was handed to the scheduler, as far as we know, and its program was not started.
  private static Verdict waiting(Evidence evidence) {
    if (evidence.withdrawn()) {
      return Verdict.end(JobState.CANCELLED, Cause.USER, "it was cancelled before it started");
    }
    if (evidence.supervisorEnd().isPresent()) {
      String word = evidence.supervisorEnd().get();
      if (evidence.cancelRequested()) {
        return Verdict.end(JobState.CANCELLED, Cause.USER, "it was cancelled before it started");
      }
      return switch (word) {
        case "stopped" ->
            Verdict.end(
                JobState.CANCELLED,
                Cause.ADMIN,
                "a signal stopped the supervisor before it started");
        case "setup" -> Verdict.end(JobState.FAILED, Cause.LAUNCH, "a set-up line failed");
        default ->
            evidence.claimed()
                ? lost("its wrapper died before it could start the program")
                : Verdict.end(
                    JobState.FAILED,
                    Cause.LAUNCH,
                    word.equals("over")
                        ? "the allocation had ended before it could start"
                        : "the supervisor could not start it");
      };
    }
    Optional<Sighting> sighting = evidence.sighting();
    if (sighting.isEmpty()) {
      return unheardOf(evidence);
    }
    return switch (sighting.get()) {
      case Sighting.Listed listed ->
          evidence.claimed() && listed.state() == JobState.QUEUED
              ? Verdict.open(JobState.RUNNING, Optional.empty(), "it is being started")
              : neverStarted(evidence, listed)
                  ? Verdict.end(
                      JobState.CANCELLED, Cause.USER, "it was cancelled before it started")
                  : listed(listed, evidence);
      case Sighting.Gone gone ->
          evidence.cancelRequested()
              ? Verdict.end(JobState.CANCELLED, Cause.USER, "it was cancelled before it started")
              : lost(gone.how() + ", and it was not started");
      case Sighting.Absent absent ->
          evidence.cancelRequested() && !evidence.claimed()
              ? Verdict.end(JobState.CANCELLED, Cause.USER, "it was cancelled before it started")
              : absent(evidence, JobState.QUEUED);
      case Sighting.Silent silent -> silent(evidence, JobState.QUEUED, silent.why());
    };
  }

  /// Whether what has failed is the wrapper, which starts nothing that is cancelled.
  private static boolean neverStarted(Evidence evidence, Sighting.Listed listed) {
    return evidence.cancelRequested()
        && !evidence.claimed()
        && listed.state() == JobState.FAILED
        && listed.cause().equals(Optional.of(Cause.EXIT));
  }

  /// The submit command was begun, and nothing came of it yet; or the scheduler was not asked.
  private static Verdict unheardOf(Evidence evidence) {
    if (evidence.handedOver() == Evidence.HandOver.ACCEPTED) {
      return Verdict.open(
          evidence.claimed() ? JobState.RUNNING : JobState.QUEUED,
          Optional.empty(),
          "it was submitted");
    }
    boolean overdue =
        evidence.heartbeatAge().filter(age -> age.compareTo(evidence.patience()) > 0).isPresent();
    return overdue
        ? lost("its submission was begun and nothing came of it")
        : notStarted(evidence, "its submission was begun and nothing is known of it yet");
  }

  private static Verdict notStarted(Evidence evidence, String why) {
    if (evidence.cancelRequested()) {
      return Verdict.end(
          JobState.CANCELLED, Cause.USER, "it was cancelled before it was submitted");
    }
    return Verdict.open(JobState.PREPARED, Optional.empty(), why);
  }

  private static Verdict listed(Sighting.Listed listed, Evidence evidence) {
    // The queue does not say who has cancelled a job; we know whether it was asked of us.
    boolean asked = listed.state() == JobState.CANCELLED && evidence.cancelRequested();
    return new Verdict(
        listed.state(),
        listed.state().isEnd(),
        listed.cause().or(() -> asked ? Optional.of(Cause.USER) : Optional.empty()),
        listed.facts().exitCode().filter(code -> listed.cause().equals(Optional.of(Cause.EXIT))),
        listed.facts().signal().filter(code -> listed.cause().equals(Optional.of(Cause.SIGNAL))),
        Optional.of(listed.word()),
        "the scheduler: " + listed.word());
  }

  /// Queue and accounting answer, and neither knows it. Both may be late; not for ever.
  private static Verdict absent(Evidence evidence, JobState as) {
    String why = "the scheduler does not list it";
    boolean overdue =
        evidence.heartbeatAge().filter(age -> age.compareTo(evidence.patience()) > 0).isPresent();
    return overdue
        ? lost(
            "no sign of life for %d s, and %s"
                .formatted(evidence.heartbeatAge().get().toSeconds(), why))
        : silent(evidence, as, why);
  }

  /// Nobody says anything: as it was, while there are signs of life; then unknown.
  private static Verdict silent(Evidence evidence, JobState as, String why) {
    Optional<Duration> age = evidence.heartbeatAge();
    if (age.isPresent() && age.get().compareTo(evidence.patience()) <= 0) {
      return Verdict.open(
          as,
          Optional.empty(),
          "its last sign of life is %d s old; %s".formatted(age.get().toSeconds(), why));
    }
    String silence = age.map(a -> "no sign of life for %d s; ".formatted(a.toSeconds())).orElse("");
    return Verdict.open(JobState.UNKNOWN, Optional.empty(), silence + why);
  }

  private static Verdict lost(String evidence) {
    return Verdict.end(JobState.UNKNOWN, Cause.LOST, evidence);
  }
}
