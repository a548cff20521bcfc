package io.karez.submit;

import io.karez.define.After;
import io.karez.define.Cause;
import io.karez.define.JobFacts;
import io.karez.define.JobState;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.SubmitReply;
import io.karez.site.RunLink;
import io.karez.store.Ending;
import io.karez.store.Event;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.transport.NotRunException;
import io.karez.transport.SshUnreachableException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Hands jobs of a run over, as many at a time as the scheduler takes, when what they wait for has
/// ended.
///
/// It may be interrupted at any instant and gone on with by anybody: all it knows is in the run.
public final class Drip {
  private final RunLink link;
  private final RunDirectory run;
  private final RunDocument document;
  private final Dialect dialect;
  private final Submitter submitter;
  private final int most;
  private final Supplier<Gate> gate;
  private final InstantSource clock;

  /// @param most how many jobs one submission may carry
  /// @param gate asked before each submission
  public Drip(
      RunLink link,
      RunDocument document,
      Dialect dialect,
      Submitter submitter,
      int most,
      Supplier<Gate> gate,
      InstantSource clock) {
    this.link = link;
    this.run = link.run();
    this.document = document;
    this.dialect = dialect;
    this.submitter = submitter;
    this.most = most;
    this.gate = gate;
    this.clock = clock;
  }

  /// What is to be handed over.
  ///
  /// @param attempts the index of each job and the number of its attempt; at least one
  /// @param directives what is asked of the scheduler
  /// @param prepared a submission of the first of them that is there already and not begun
  /// @param isAfterDependency whether some were kept back by what they wait for
  /// @param input whether the program reads what this process reads
  public record Wanted(
      SortedMap<Integer, Integer> attempts,
      List<Directive> directives,
      Optional<Prepared> prepared,
      boolean isAfterDependency,
      boolean input) {
    public Wanted {
      directives = List.copyOf(directives);
    }

    /// What the jobs wait for: those that were begun before, for nothing.
    public List<After> after(RunDocument run) {
      boolean isFirst = attempts.values().stream().anyMatch(attempt -> attempt == 1);
      return isFirst || isAfterDependency ? run.conduct().after() : List.of();
    }
  }

  /// @param waits what it tells the scheduler to wait for
  public record Prepared(int submission, List<Directive> waits) {
    public Prepared {
      waits = List.copyOf(waits);
    }
  }

  /// Whoever waits until there is room, and watches.
  public interface Patience {
    /// @param text what the scheduler said
    /// @param left how many jobs are not submitted
    /// @return whether to try again
    boolean isWorthWaiting(String text, int left) throws InterruptedException;

    /// @param why the jobs cannot be handed over yet
    /// @return whether to look again
    boolean waitsFor(String why) throws InterruptedException;

    /// Its files are written, and it is not begun.
    void prepared(int submission) throws Exception;

    /// @param submission its number
    /// @param left how many jobs are not submitted
    void submitted(int submission, int left);
  }

  /// How it came out.
  ///
  /// @param first the number of the first submission; empty when there was none
  public record Outcome(OptionalInt first, State state) {

    /// Whether all is handed over, and otherwise why not.
    public sealed interface State {
      record Done() implements State {}

      /// @param reply the scheduler's, which did not accept
      record Stopped(SubmitReply reply) implements State {}

      /// @param why it has to wait, and nobody does
      record Waiting(String why) implements State {}

      /// @param why it will never be handed over
      record Abandoned(String why) implements State {}
    }
  }

  public Outcome submit(Wanted wanted, Patience patience) throws Exception {
    OptionalInt first = OptionalInt.empty();
    Optional<Prepared> ready = wanted.prepared();
    SortedMap<Integer, Integer> carried = new TreeMap<>();
    Portions portions = new Portions(most);
    while (true) {
      SortedMap<Integer, Integer> left = left(wanted.attempts());
      if (left.isEmpty()) {
        return new Outcome(first, new Outcome.State.Done());
      }
      List<Directive> waits;
      switch (gate.get()) {
        case Gate.Open(List<Directive> directives) -> waits = directives;
        case Gate.Later(String why) -> {
          if (patience.waitsFor(why)) {
            continue;
          }
          return new Outcome(first, new Outcome.State.Waiting(why));
        }
        case Gate.Never(String why) -> {
          abandon(left, why);
          return new Outcome(first, new Outcome.State.Abandoned(why));
        }
      }
      SortedMap<Integer, Integer> some = new TreeMap<>();
      left.entrySet().stream()
          .limit(portions.next())
          .forEach(job -> some.put(job.getKey(), job.getValue()));
      SortedMap<Integer, Integer> before = carried;
      Optional<Prepared> usable =
          ready
              .filter(prepared -> before.isEmpty() || before.equals(some))
              .filter(prepared -> prepared.waits().equals(waits));
      int submission =
          usable.isPresent()
              ? usable.get().submission()
              : NextSubmission.prepare(run, document, dialect, some, wanted.directives(), waits);
      if (usable.isEmpty()) {
        patience.prepared(submission);
      }
      first = first.isPresent() ? first : OptionalInt.of(submission);
      SubmitReply reply = submit(submission, wanted.input());
      boolean goesOn =
          switch (reply) {
            case SubmitReply.Accepted accepted -> {
              ready = Optional.empty();
              patience.submitted(submission, left.size() - some.size());
              portions.accepted(some.size());
              yield true;
            }
            case SubmitReply.Full full -> {
              // The same once more, unless something has changed meanwhile.
              ready = Optional.of(new Prepared(submission, waits));
              carried = some;
              yield !portions.full(some.size())
                  || patience.isWorthWaiting(full.text(), left.size());
            }
            case SubmitReply.Refused refused -> false;
            case SubmitReply.Uncertain uncertain -> false;
          };
      if (!goesOn) {
        return new Outcome(first, new Outcome.State.Stopped(reply));
      }
    }
  }

  private SubmitReply submit(int submission, boolean input)
      throws SshUnreachableException, NotRunException, InterruptedException {
    SubmitReply reply =
        submitter.submit(link, submission, Submitter.token(document.uid(), submission), input);
    if (reply instanceof SubmitReply.Uncertain) {
      Optional<SubmitReply> found =
          new Recovery(dialect, clock)
              .find(link, document, submission)
              .map(id -> new SubmitReply.Accepted(id, Optional.empty()));
      return found.orElse(reply);
    }
    return reply;
  }

  private SortedMap<Integer, Integer> left(SortedMap<Integer, Integer> wanted) {
    return NextSubmission.left(run, wanted, RunHistory.of(new EventLog(run).read()));
  }

  /// Jobs that have run before keep the end that they had.
  private void abandon(SortedMap<Integer, Integer> left, String why) {
    List<Ending> endings =
        left.entrySet().stream()
            .filter(job -> job.getValue() == 1)
            .map(job ->
                new Ending(
                    job.getKey(),
                    1,
                    JobState.CANCELLED,
                    Optional.of(Cause.DEPENDENCY),
                    why,
                    JobFacts.NONE))
            .toList();
    if (!endings.isEmpty()) {
      new EventLog(run).append(new Event.Ended(clock.instant(), endings));
    }
  }
}
