package io.karez.track;

import io.karez.define.Cause;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.NativeId;
import io.karez.scheduler.Sighting;
import io.karez.site.RunLink;
import io.karez.store.Event;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunHistory;
import io.karez.store.SubmissionFiles;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// Ends jobs at their owner's wish: those that wait never start, those that run are asked to end
/// and, if they do not, made to.
public final class Cancellation {
  /// For one command of the scheduler.
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// How long programs that were made to end are waited for.
  private static final Duration AFTER_GRACE = Duration.ofSeconds(27);

  /// Between looks, the first and the longest: a process here is asked without cost, a batch system
  /// is not.
  private static final Duration PAUSE = Duration.ofMillis(50);

  private static final Duration BATCH_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_BATCH_PAUSE = Duration.ofSeconds(5);
  private static final String SHARED = "it runs in a pack with others, which would end as well";
  private static final Optional<Cause> LOST = Optional.of(Cause.LOST);

  private final RunLink link;
  private final RunDirectory run;
  private final Marks marks;
  private final RunTracker tracker;
  private final Dialect dialect;
  private final InstantSource clock;

  public Cancellation(RunLink link, RunTracker tracker, Dialect dialect, InstantSource clock) {
    this.link = link;
    this.run = link.run();
    this.marks = new Marks(link);
    this.tracker = tracker;
    this.dialect = dialect;
    this.clock = clock;
  }

  /// @param jobs all jobs as they stand then
  /// @param unreached why some could not be asked to end, by their indices: of those that have not
  ///   ended, and of those that never will start and still wait in the scheduler's queue
  /// @param packs of those that cannot end alone, by their indices: all jobs of their pack that
  ///   have not ended
  public record Outcome(
      List<TrackedJob> jobs, Map<Integer, String> unreached, Map<Integer, List<Integer>> packs) {}

  /// Cancels every job that has not ended, and waits until they have, but not for ever.
  ///
  /// @param hurry whether programs get no more time to end by themselves
  public Outcome all(BooleanSupplier hurry) throws TransportException, InterruptedException {
    return cancel(job -> true, true, hurry);
  }

  /// As {@link #all}, for some jobs.
  ///
  /// @param indices at least one
  public Outcome some(Set<Integer> indices, BooleanSupplier hurry)
      throws TransportException, InterruptedException {
    return cancel(job -> indices.contains(job.index()), false, hurry);
  }

  private Outcome cancel(Predicate<TrackedJob> meant, boolean whole, BooleanSupplier hurry)
      throws TransportException, InterruptedException {
    RunHistory history = tracker.history();
    List<TrackedJob> jobs = tracker.look(history);
    List<TrackedJob> lost =
        jobs.stream().filter(job -> job.verdict().cause().equals(LOST)).toList();
    Set<NativeId> shared = shared(jobs, meant);
    List<TrackedJob> open =
        jobs.stream()
            .filter(job -> meant.test(job) && !job.verdict().settled())
            .filter(
                job -> job.record().isEmpty() || job.nativeId().filter(shared::contains).isEmpty())
            .toList();
    List<NativeId> waiting = waiting(jobs, meant, shared);
    if (!open.isEmpty()) {
      // A job that had started and whose end nobody knows must not come to be called cancelled.
      boolean every = whole && lost.isEmpty();
      List<Integer> named = every ? List.of() : open.stream().map(TrackedJob::index).toList();
      history = request(history, named, jobs.size());
      if (whole) {
        marks.cancelSubmissions(new SubmissionFiles(run).prepared());
      } else {
        marks.cancel(open);
      }
    }
    marks.cancel(lost.stream().filter(job -> meant.test(job) && job.record().isEmpty()).toList());
    return end(history, meant, waiting, hurry);
  }

  /// What the scheduler may still start, also of jobs that were cancelled before: these count as
  /// ended as soon as they are marked, and it would keep them, perhaps for ever.
  private List<NativeId> waiting(
      List<TrackedJob> jobs, Predicate<TrackedJob> meant, Set<NativeId> shared) {
    if (!dialect.isBatch()) {
      return List.of();
    }
    return jobs.stream()
        .filter(job -> meant.test(job) && job.record().isEmpty())
        .filter(job -> job.sighting().filter(Cancellation::mayBeThere).isPresent())
        .flatMap(job -> job.nativeId().stream())
        .filter(id -> !shared.contains(id))
        .distinct()
        .toList();
  }

  private static boolean mayBeThere(Sighting sighting) {
    return switch (sighting) {
      case Sighting.Listed listed -> !listed.state().isEnd();
      case Sighting.Silent silent -> true;
      case Sighting.Absent absent -> false;
      case Sighting.Gone gone -> false;
    };
  }

  private RunHistory history() {
    return RunHistory.of(new EventLog(run).read());
  }

  private RunHistory request(RunHistory before, List<Integer> jobs, int among) {
    new EventLog(run)
        .append(
            new Event.CancelRequested(
                clock.instant(), before.lastSubmission(), jobs, Optional.of(among)));
    return history();
  }

  /// @param waiting asked to end first, whatever becomes of their jobs
  private Outcome end(
      RunHistory history,
      Predicate<TrackedJob> meant,
      List<NativeId> waiting,
      BooleanSupplier hurry)
      throws TransportException, InterruptedException {
    Instant begin = clock.instant();
    Set<NativeId> asked = new HashSet<>(waiting);
    Set<NativeId> killed = new HashSet<>();
    Map<NativeId, String> unreached = new HashMap<>(send(waiting, false));
    Duration pause = dialect.isBatch() ? BATCH_PAUSE : PAUSE;
    Duration patience = dialect.grace().plus(AFTER_GRACE);
    while (true) {
      List<TrackedJob> jobs = tracker.look(history);
      List<TrackedJob> open =
          jobs.stream().filter(job -> meant.test(job) && !job.verdict().settled()).toList();
      Duration past = Duration.between(begin, clock.instant());
      boolean hopeless =
          open.stream().allMatch(job -> job.nativeId().filter(unreached::containsKey).isPresent());
      if (hopeless || past.compareTo(patience) > 0) {
        tracker.settle(history, jobs);
        return new Outcome(jobs, reasons(jobs, meant, unreached), packs(jobs, meant));
      }
      Set<NativeId> shared = shared(jobs, meant);
      shared.forEach(id -> unreached.put(id, SHARED));
      open =
          open.stream().filter(job -> job.nativeId().filter(shared::contains).isEmpty()).toList();
      List<NativeId> queued = open.stream().flatMap(job -> job.nativeId().stream()).toList();
      unreached.putAll(send(queued.stream().filter(asked::add).toList(), false));
      if (past.compareTo(dialect.grace()) > 0 || hurry.getAsBoolean()) {
        List<NativeId> running =
            open.stream()
                .filter(job -> job.record().isPresent())
                .flatMap(job -> job.nativeId().stream())
                .toList();
        unreached.putAll(send(running.stream().filter(killed::add).toList(), true));
      }
      if (past.compareTo(dialect.grace()) > 0) {
        withdraw(open);
      }
      Thread.sleep(pause);
      pause =
          dialect.isBatch()
              ? Collections.min(List.of(pause.multipliedBy(2), LONGEST_BATCH_PAUSE))
              : PAUSE;
    }
  }

  /// What the scheduler calls jobs of which some are not to end.
  private Set<NativeId> shared(List<TrackedJob> jobs, Predicate<TrackedJob> meant) {
    Set<NativeId> shared = new HashSet<>();
    if (!dialect.isBatch()) {
      return shared;
    }
    jobs.stream()
        .filter(job -> !job.verdict().settled() && !meant.test(job))
        .forEach(job -> job.nativeId().ifPresent(shared::add));
    return shared;
  }

  private Map<Integer, List<Integer>> packs(List<TrackedJob> jobs, Predicate<TrackedJob> meant) {
    Set<NativeId> shared = shared(jobs, meant);
    Map<NativeId, List<Integer>> open = new HashMap<>();
    jobs.stream()
        .filter(job -> !job.verdict().settled())
        .forEach(job ->
            job.nativeId()
                .filter(shared::contains)
                .ifPresent(
                    id -> open.computeIfAbsent(id, none -> new ArrayList<>()).add(job.index())));
    Map<Integer, List<Integer>> packs = new TreeMap<>();
    jobs.stream()
        .filter(job -> meant.test(job) && !job.verdict().settled())
        .forEach(
            job -> job.nativeId().map(open::get).ifPresent(pack -> packs.put(job.index(), pack)));
    return packs;
  }

  /// Jobs that wait behind others which do not end, such as those of another machine.
  private void withdraw(List<TrackedJob> open) throws TransportException {
    marks.cancel(
        open.stream().filter(job -> job.record().isEmpty() && job.submission() > 0).toList());
  }

  private static Map<Integer, String> reasons(
      List<TrackedJob> jobs, Predicate<TrackedJob> meant, Map<NativeId, String> unreached) {
    Map<Integer, String> reasons = new TreeMap<>();
    for (TrackedJob job : jobs) {
      if (meant.test(job) && (!job.verdict().settled() || job.record().isEmpty())) {
        job.nativeId().map(unreached::get).ifPresent(why -> reasons.put(job.index(), why));
      }
    }
    return reasons;
  }

  private Map<NativeId, String> send(List<NativeId> ids, boolean now) throws TransportException {
    return ids.isEmpty()
        ? Map.of()
        : dialect.readCancel(ids, link.tell(dialect.cancel(ids, now), LIMIT)).unreached();
  }
}
