package io.karez.inspect;

import io.karez.define.JobState;
import io.karez.scheduler.Asked;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.NativeId;
import io.karez.scheduler.Usage;
import io.karez.scheduler.UsageQuery;
import io.karez.store.RunDocument;
import io.karez.store.SubmissionFiles;
import io.karez.track.TrackedJob;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out what the jobs of a run have asked for and used: from their directives and their own
/// records; where those do not tell, from the accounting.
///
/// @param unasked how many jobs the accounting was not asked about though their records say too
///   little, because it takes its time
/// @param trouble why the accounting has told nothing, where something is missing for it
public record Uses(List<JobUse> jobs, int unasked, Optional<String> trouble) {
  /// The steps of so many jobs take an accounting about two seconds.
  private static final int MOST = 200;

  /// So many are asked about to see whether their own records tell the whole.
  private static final int CHECKED = 10;

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// @param jobs those of the run that are looked at; what has not ended is left out
  public static Uses of(RunView run, List<TrackedJob> jobs, Transport transport) {
    Dialect dialect = Dialects.named(run.document().runner());
    Map<Integer, Asked> asked = asked(run, dialect);
    List<TrackedJob> ended = jobs.stream().filter(job -> job.verdict().settled()).toList();
    if (run.document().conduct().pack() > 1) {
      asked.replaceAll((submission, all) -> share(all));
      ended = ended.stream().map(Uses::alone).toList();
    }
    Optional<UsageQuery> query = dialect.usage();
    if (query.isEmpty()) {
      return new Uses(uses(ended, asked, Map.of()), 0, Optional.empty());
    }
    Set<TrackedJob> lacking = lacking(ended, asked);
    Set<TrackedJob> about = new LinkedHashSet<>();
    lacking.stream().limit(MOST).forEach(about::add);
    highest(ended, asked).forEach(about::add);
    Map<NativeId, Usage> told = new HashMap<>();
    Optional<String> trouble = ask(query.get(), about, transport, told);
    return new Uses(
        uses(ended, asked, told),
        Math.max(0, lacking.size() - MOST),
        trouble.filter(why -> !lacking.isEmpty()));
  }

  /// What the jobs of each submission ask for.
  static Map<Integer, Asked> asked(RunView run, Dialect dialect) {
    RunDocument document = run.document();
    SubmissionFiles files = new SubmissionFiles(run.directory());
    Map<Integer, Asked> asked = new HashMap<>();
    for (int number : run.history().submissions().keySet()) {
      asked.put(
          number,
          dialect.isBatch()
              ? dialect.asked(files.directives(number).orElse(document.directives()))
              : Asked.of(document.resources()));
    }
    return asked;
  }

  /// What each job of a pack has of what was asked for all of them: the cores of a task. It may use
  /// all of the memory and the time.
  private static Asked share(Asked all) {
    return new Asked(
        Optional.empty(),
        Optional.of(1),
        all.cores().flatMap(cores -> all.tasks().map(tasks -> cores / tasks)),
        Optional.empty(),
        Optional.empty(),
        all.queue());
  }

  /// Without what the scheduler says, which is of the pack.
  private static TrackedJob alone(TrackedJob job) {
    return new TrackedJob(
        job.index(),
        job.attempt(),
        job.submission(),
        Optional.empty(),
        job.record(),
        Optional.empty(),
        job.verdict());
  }

  private static Asked of(TrackedJob job, Map<Integer, Asked> asked) {
    return asked.getOrDefault(job.submission(), Asked.NOTHING);
  }

  private static Set<TrackedJob> lacking(List<TrackedJob> jobs, Map<Integer, Asked> asked) {
    Set<TrackedJob> lacking = new LinkedHashSet<>();
    Set<Integer> submissions = new HashSet<>();
    List<TrackedJob> known = jobs.stream().filter(job -> job.nativeId().isPresent()).toList();
    for (TrackedJob job : known) {
      // What the directives leave open is the same for all jobs of a submission.
      if (!isTold(of(job, asked)) && submissions.add(job.submission())) {
        lacking.add(job);
      }
    }
    for (TrackedJob job : known) {
      if (JobUse.of(job, of(job, asked), Optional.empty()).isIncomplete()) {
        lacking.add(job);
      }
    }
    return lacking;
  }

  private static boolean isTold(Asked asked) {
    return asked.cores().isPresent() && asked.memory().isPresent() && asked.time().isPresent();
  }

  /// A record of memory is that of the largest process, not that of several that run at a time.
  private static List<TrackedJob> highest(List<TrackedJob> jobs, Map<Integer, Asked> asked) {
    record Peak(TrackedJob job, double value) {}
    List<Peak> peaks = new ArrayList<>();
    for (TrackedJob job : jobs) {
      if (job.verdict().state() == JobState.SUCCEEDED && job.nativeId().isPresent()) {
        JobUse.of(job, of(job, asked), Optional.empty())
            .memory()
            .ifPresent(memory -> peaks.add(new Peak(job, memory.value())));
      }
    }
    return peaks.stream()
        .sorted(Comparator.comparingDouble(Peak::value).reversed())
        .limit(CHECKED)
        .map(Peak::job)
        .toList();
  }

  private static Optional<String> ask(
      UsageQuery query, Set<TrackedJob> about, Transport transport, Map<NativeId, Usage> told) {
    List<NativeId> ids =
        about.stream().map(TrackedJob::nativeId).flatMap(Optional::stream).distinct().toList();
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    try {
      Completed reply = transport.run(query.ask(ids), LIMIT);
      told.putAll(query.read(ids, reply));
      return reply.succeeded()
          ? Optional.empty()
          : Optional.of(
              "the accounting did not answer: " + reply.errorText().strip().replace('\n', ' '));
    } catch (TransportException e) {
      return Optional.of(
          "the accounting did not answer: "
              + String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " "));
    }
  }

  private static List<JobUse> uses(
      List<TrackedJob> jobs, Map<Integer, Asked> asked, Map<NativeId, Usage> told) {
    Map<Integer, Asked> filled = filled(jobs, asked, told);
    return jobs.stream()
        .map(job -> JobUse.of(job, of(job, filled), job.nativeId().map(told::get)))
        .toList();
  }

  /// What the directives of a submission leave open is what the accounting says of its jobs, unless
  /// it says different things.
  private static Map<Integer, Asked> filled(
      List<TrackedJob> jobs, Map<Integer, Asked> asked, Map<NativeId, Usage> told) {
    Map<Integer, @Nullable Asked> said = new HashMap<>();
    for (TrackedJob job : jobs) {
      Optional<Usage> usage = job.nativeId().map(told::get);
      if (usage.isPresent()) {
        Asked now = usage.get().asked();
        Asked before = said.putIfAbsent(job.submission(), now);
        if (before != null && !before.equals(now)) {
          said.put(job.submission(), Asked.NOTHING);
        }
      }
    }
    Map<Integer, Asked> filled = new HashMap<>(asked);
    said.forEach((submission, all) -> {
      if (all != null) {
        filled.computeIfPresent(submission, (number, own) -> own.or(all));
      }
    });
    return filled;
  }
}
