package io.karez.track;

import io.karez.scheduler.Dialect;
import io.karez.scheduler.JobRequest;
import io.karez.scheduler.JobTrace;
import io.karez.scheduler.NativeId;
import io.karez.scheduler.Sighting;
import io.karez.site.RunLink;
import io.karez.store.Ending;
import io.karez.store.Event;
import io.karez.store.EventLog;
import io.karez.store.JobRecord;
import io.karez.store.Owner;
import io.karez.store.Progress;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.SubmissionFiles;
import io.karez.store.Task;
import io.karez.track.Evidence.HandOver;
import io.karez.transport.TransportException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds out how the jobs of one run stand. What has come to its end is not looked at again, so
/// that the next look costs what has changed.
public final class RunTracker {
  /// How many ends an event tells of at most.
  private static final int IN_ONE_LINE = 1000;

  private final RunLink link;
  private final RunDirectory run;
  private final RunDocument document;
  private final Dialect dialect;
  private final Questions questions;
  private final InstantSource clock;
  private final Duration patience;
  private final Consumer<String> silence;
  private final SubmissionFiles files;
  private final Map<Integer, TrackedJob> ended = new HashMap<>();
  private final Set<String> remembered = new HashSet<>();

  /// @param patience how long silence is borne before a job counts as lost
  public RunTracker(
      RunLink link, RunDocument document, Dialect dialect, InstantSource clock, Duration patience) {
    this(link, document, dialect, clock, patience, why -> {});
  }

  /// @param silence told why, each time that the scheduler or the site does not answer
  public RunTracker(
      RunLink link,
      RunDocument document,
      Dialect dialect,
      InstantSource clock,
      Duration patience,
      Consumer<String> silence) {
    this.silence = silence;
    this.link = link;
    this.run = link.run();
    this.document = document;
    this.dialect = dialect;
    this.questions = new Questions(dialect.statusQueries(), link);
    this.clock = clock;
    this.patience = patience;
    this.files = new SubmissionFiles(run);
  }

  /// What has become of the run so far, also by what was done with it elsewhere after it had ended
  /// here.
  public RunHistory history() {
    RunHistory known = read();
    try {
      return hasEnded(known) && link.lookAgain() ? read() : known;
    } catch (TransportException e) {
      silence.accept(String.valueOf(e.getMessage()));
      return known;
    }
  }

  private RunHistory read() {
    return RunHistory.of(new EventLog(run).read());
  }

  private static boolean hasEnded(RunHistory history) {
    return history.settled().filter(settled -> settled.lost().isEmpty()).isPresent();
  }

  /// Looks at every job that has not come to its end, and asks the scheduler about those that have
  /// not said so themselves.
  ///
  /// @return all jobs, in the order of their indices
  public List<TrackedJob> look(RunHistory history) {
    List<Lead> leads = leads(history);
    boolean over = isOver(history, leads);
    Map<NativeId, Sighting> sightings =
        over && link.sparesQuestions() ? Map.of() : questions.ask(openIds(history, leads));
    sightings.values().stream()
        .filter(Sighting.Silent.class::isInstance)
        .map(Sighting.Silent.class::cast)
        .findFirst()
        .ifPresent(silent -> silence.accept(silent.why()));
    boolean isNew = !sightings.isEmpty() || (!leads.isEmpty() && !over && isSeen());
    if (isNew) {
      // What the scheduler said may be older than what the jobs have said since.
      leads = leads(history);
    }
    List<TrackedJob> jobs = judge(history, leads, sightings);
    remember(history, jobs);
    return jobs;
  }

  /// Whether all jobs are known to have ended, and everything that tells so is here.
  private boolean isOver(RunHistory history, List<Lead> leads) {
    return hasEnded(history)
        && judge(history, leads, Map.of()).stream().allMatch(job -> job.verdict().settled());
  }

  /// Looks where no scheduler can be asked about any job.
  private boolean isSeen() {
    try {
      return link.look();
    } catch (TransportException e) {
      silence.accept(String.valueOf(e.getMessage()));
      return false;
    }
  }

  /// Records what the scheduler has said of ends, because it will forget it.
  private void remember(RunHistory history, List<TrackedJob> jobs) {
    List<Ending> endings = new ArrayList<>();
    for (TrackedJob job : jobs) {
      boolean known =
          Optional.ofNullable(history.endings().get(job.index()))
              .filter(ending -> ending.attempt() >= job.attempt())
              .isPresent();
      if (!known
          && job.sighting().isPresent()
          && job.sighting().get() instanceof Sighting.Listed seen
          && seen.state().isEnd()
          && remembered.add(job.index() + "." + job.attempt())) {
        endings.add(
            new Ending(
                job.index(), job.attempt(), seen.state(), seen.cause(), seen.word(), seen.facts()));
      }
    }
    for (int from = 0; from < endings.size(); from += IN_ONE_LINE) {
      int to = Math.min(from + IN_ONE_LINE, endings.size());
      record(new Event.Ended(clock.instant(), endings.subList(from, to)));
    }
  }

  /// Unless the run is somebody else's.
  private void record(Event event) {
    if (Files.isWritable(run.events()) && Owner.of(run.events()) == Owner.me()) {
      try {
        new EventLog(run).append(event);
      } catch (UncheckedIOException e) {
        // A full disk, or a log that belongs to somebody else: whoever looks next finds the same.
      }
    }
  }

  /// As {@link #look}, from the jobs' own records alone: cheap enough for a progress bar.
  public List<TrackedJob> glance(RunHistory history) {
    return judge(history, leads(history), Map.of());
  }

  /// Records that all jobs have come to their end, if that is not known yet, or less surely, and
  /// the run is the user's own.
  ///
  /// @return whether they have
  public boolean settle(RunHistory history, List<TrackedJob> jobs) {
    if (!jobs.stream().allMatch(job -> job.verdict().settled())) {
      return false;
    }
    Event.Settled settled =
        Settlement.of(
            jobs,
            history.lastSubmission(),
            clock.instant(),
            Progress.of(run, document, jobs.size()));
    boolean known =
        history
            .settled()
            .filter(s ->
                s.lost().size() < settled.lost().size()
                    || (s.counts().equals(settled.counts()) && s.lost().equals(settled.lost())))
            .isPresent();
    if (!known) {
      record(settled);
    }
    return true;
  }

  /// Where to look for a job: the latest submission that carries it and may be at work on it.
  ///
  /// @param unreadable why its record cannot be read
  /// @param id what to ask the scheduler about; null while its name for the job is not known
  private record Lead(
      Task task,
      RunHistory.Submission submission,
      Optional<String> supervisorEnd,
      boolean claimed,
      boolean withdrawn,
      Optional<JobRecord> record,
      Optional<String> unreadable,
      @Nullable NativeId id) {

    boolean hasEnd() {
      return record.flatMap(JobRecord::end).isPresent();
    }

    /// Whether nothing that the scheduler says is about it: it has ended by itself, and the
    /// scheduler knows only the pack that it was in.
    ///
    /// @param pack how many jobs share one of the scheduler's
    boolean isApart(int pack) {
      return pack > 1
          && record.flatMap(JobRecord::end).filter(JobRecord.End::isOfItself).isPresent();
    }

    /// Whether the scheduler may know more than the job's own record.
    boolean isOpen(Dialect dialect, int pack) {
      Optional<JobRecord.End> end = record.flatMap(JobRecord::end);
      if (isApart(pack)) {
        return false;
      }
      boolean clean =
          end.filter(e -> e.status().equals(Optional.of(0)) && e.forwarded().isEmpty()).isPresent();
      return id != null && !clean && (end.isEmpty() || dialect.isBatch());
    }
  }

  private List<Lead> leads(RunHistory history) {
    // A supervisor's last word says that all else is there: what is read before it may be older.
    Map<Integer, Optional<String>> ends = new HashMap<>();
    history.submissions().keySet().forEach(number -> ends.put(number, files.end(number)));
    Set<String> claims = files.claims();
    Map<Integer, Lead> leads = new HashMap<>();
    for (RunHistory.Submission submission : history.submissions().descendingMap().values()) {
      Optional<String> name = files.supervisors(submission.number()).or(submission::nativeId);
      Optional<String> end = ends.getOrDefault(submission.number(), Optional.empty());
      for (Task task : files.tasks(submission.number())) {
        if (isStartedAgain(task, submission)) {
          ended.remove(task.job());
        }
        if (ended.containsKey(task.job())) {
          continue;
        }
        @Nullable Lead later = leads.get(task.job());
        if (later == null || isOvertaken(later, task, end) || isVoid(later, submission)) {
          leads.put(task.job(), lead(task, submission, end, name, claims));
        }
      }
    }
    return List.copyOf(leads.values());
  }

  /// Whether a job that had ended has got a further attempt since.
  private boolean isStartedAgain(Task task, RunHistory.Submission submission) {
    @Nullable TrackedJob last = ended.get(task.job());
    return last != null && task.attempt() > last.attempt() && submission.refusal().isEmpty();
  }

  /// Of submissions that carry the same attempt, made at the same time, one runs it; one that has
  /// ended without running it proves nothing while another is at work.
  private static boolean isOvertaken(Lead later, Task task, Optional<String> end) {
    return later.task().attempt() == task.attempt()
        && later.supervisorEnd().isPresent()
        && end.isEmpty();
  }

  /// A further attempt that the scheduler has refused is none.
  private static boolean isVoid(Lead later, RunHistory.Submission earlier) {
    return later.submission().refusal().isPresent() && earlier.refusal().isEmpty();
  }

  private Lead lead(
      Task task,
      RunHistory.Submission submission,
      Optional<String> supervisorEnd,
      Optional<String> name,
      Set<String> claims) {
    String claim = task.job() + "." + task.attempt();
    boolean claimed = claims.contains(claim);
    boolean withdrawn = claims.contains(claim + SubmissionFiles.WITHDRAWN);
    Optional<JobRecord> record = Optional.empty();
    Optional<String> unreadable = Optional.empty();
    if (claimed) {
      Path file = run.job(document.directoryOf(task.job())).resolve("record.jsonl");
      try {
        record = JobRecord.read(file, task.attempt());
      } catch (UncheckedIOException e) {
        unreadable = Optional.of(why(e));
      }
    }
    Optional<JobTrace> trace = record.flatMap(JobRecord::start).map(RunTracker::trace);
    int pack = document.conduct().pack();
    @Nullable NativeId id =
        name.map(n -> dialect.idOf(n, carriers(submission.number()), task.place() / pack, trace))
            .orElse(null);
    return new Lead(task, submission, supervisorEnd, claimed, withdrawn, record, unreadable, id);
  }

  /// How many jobs of the scheduler a submission is.
  private int carriers(int submission) {
    return JobRequest.carriers(files.tasks(submission).size(), document.conduct().pack());
  }

  /// Java leaves out what the system said when it has a type for it.
  private static String why(UncheckedIOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause instanceof AccessDeniedException
        ? cause.getMessage() + ": permission denied"
        : String.valueOf(cause.getMessage());
  }

  private static JobTrace trace(JobRecord.Start start) {
    return new JobTrace(start.process(), start.wrapper(), start.nativeId());
  }

  private List<NativeId> openIds(RunHistory history, List<Lead> leads) {
    List<NativeId> ids = new ArrayList<>();
    for (Lead lead : leads) {
      if (lead.id() != null
          && lead.isOpen(dialect, document.conduct().pack())
          && told(history, lead).isEmpty()) {
        ids.add(lead.id());
      }
    }
    return ids;
  }

  private List<TrackedJob> judge(
      RunHistory history, List<Lead> leads, Map<NativeId, Sighting> sightings) {
    Map<Integer, TrackedJob> judged = new HashMap<>();
    for (Lead lead : leads) {
      Verdict verdict =
          lead.unreadable()
              .map(Judge::unreadable)
              .orElseGet(() -> Judge.judge(evidence(history, lead, sightings)));
      if (!lead.claimed()) {
        verdict = Judge.unclaimed(verdict, document.conduct());
      }
      judged.put(
          lead.task().job(),
          new TrackedJob(
              lead.task().job(),
              lead.task().attempt(),
              lead.submission().number(),
              Optional.ofNullable(lead.id()),
              lead.record(),
              sighting(history, lead, sightings),
              verdict));
    }
    int count = history.jobs(document);
    List<TrackedJob> jobs = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      @Nullable TrackedJob job = ended.get(index);
      if (job == null) {
        job = judged.get(index);
      }
      if (job == null) {
        job = unsubmitted(history, index);
      }
      jobs.add(job);
      if (job.verdict().settled() && job.verdict().state().isEnd()) {
        ended.put(index, job);
      }
    }
    return jobs;
  }

  private Evidence evidence(RunHistory history, Lead lead, Map<NativeId, Sighting> sightings) {
    int number = lead.submission().number();
    Optional<Sighting> sighting = sighting(history, lead, sightings);
    boolean silent =
        sighting
            .map(s -> s instanceof Sighting.Silent || s instanceof Sighting.Absent || lead.hasEnd())
            .orElse(lead.id() == null);
    return new Evidence(
        lead.record(),
        lead.claimed(),
        lead.withdrawn(),
        handOver(lead),
        lead.supervisorEnd(),
        history.cancelRequested(lead.task().job(), number),
        sighting,
        sighting.isEmpty() && lead.isOpen(dialect, document.conduct().pack()),
        silent ? Optional.of(silence(lead)) : Optional.empty(),
        patience);
  }

  private Optional<Sighting> sighting(
      RunHistory history, Lead lead, Map<NativeId, Sighting> sightings) {
    if (lead.isApart(document.conduct().pack())) {
      return Optional.empty();
    }
    return told(history, lead).or(() -> Optional.ofNullable(lead.id()).map(sightings::get));
  }

  /// What the scheduler has said of this attempt's end before.
  private static Optional<Sighting> told(RunHistory history, Lead lead) {
    return Optional.ofNullable(history.endings().get(lead.task().job()))
        .filter(ending -> ending.attempt() == lead.task().attempt())
        .map(e -> new Sighting.Listed(e.state(), e.cause(), e.word(), e.facts()));
  }

  private static HandOver handOver(Lead lead) {
    if (lead.submission().refusal().isPresent()) {
      return HandOver.REFUSED;
    }
    return lead.id() == null ? HandOver.UNCERTAIN : HandOver.ACCEPTED;
  }

  /// How long ago anything of the job or its submission showed life.
  private Duration silence(Lead lead) {
    Instant last = lead.submission().begun();
    Path directory = run.job(document.directoryOf(lead.task().job()));
    Path shared = run.scheduler().resolve("heartbeat");
    Optional<Instant> heartbeat =
        lead.claimed()
            ? files.lastChange(
                shared, directory.resolve("record.jsonl"), directory.resolve("heartbeat"))
            : files.lastChange(shared);
    Instant latest = heartbeat.filter(h -> h.isAfter(last)).orElse(last);
    Duration age = Duration.between(latest, clock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }

  private TrackedJob unsubmitted(RunHistory history, int index) {
    Optional<Ending> ending = Optional.ofNullable(history.endings().get(index));
    if (ending.isPresent()) {
      Verdict verdict = Judge.abandoned(ending.get());
      return new TrackedJob(
          index, 1, 0, Optional.empty(), Optional.empty(), Optional.empty(), verdict);
    }
    Evidence nothing =
        new Evidence(
            Optional.empty(),
            false,
            false,
            HandOver.NOT_YET,
            Optional.empty(),
            history.cancelRequested(index, 0),
            Optional.empty(),
            false,
            Optional.empty(),
            patience);
    return new TrackedJob(
        index, 1, 0, Optional.empty(), Optional.empty(), Optional.empty(), Judge.judge(nothing));
  }
}
