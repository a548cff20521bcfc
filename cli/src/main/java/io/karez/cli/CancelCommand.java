package io.karez.cli;

import io.karez.inspect.Counts;
import io.karez.inspect.Runs;
import io.karez.launch.RunTrust;
import io.karez.project.Project;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.site.Reach;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunStore;
import io.karez.track.Cancellation;
import io.karez.track.TrackedJob;
import io.karez.transport.TransportException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Ends jobs: those that wait never start, those that run are asked to end and then made to.
final class CancelCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();

  private List<String> names = List.of();
  private boolean now;

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words("[NAME] RUN[/JOB]...", "1..*", "runs, or single jobs", words -> names = words)
        .flag("--now", "give the programs no time to end by themselves", () -> now = true)
        .footer(
            "",
            "Programs get TERM, and KILL 3 s later. Jobs that have ended keep their end.",
            "Ends with 0 when all of the jobs have ended, else with 1.",
            "",
            "Examples:",
            "  karez cancel 4",
            "  karez cancel 4/17 4/18 last");
  }

  @Override
  public int run(Console console) throws Exception {
    Project here = project.project();
    RunStore store = new RunStore(here.results());
    Reach reach = Reach.of(here);
    Runs runs = new Runs(reach, reach.clock(), new Silence(console));
    Map<RunDirectory, Set<Integer>> wanted = RunWords.jobs(names, store);
    for (RunDirectory run : wanted.keySet()) {
      RunTrust.requireToSignal(here, run, RunDocument.read(run));
    }
    boolean ended = true;
    for (Map.Entry<RunDirectory, Set<Integer>> entry : wanted.entrySet()) {
      RunDirectory run = entry.getKey();
      RunDocument document = RunDocument.read(run);
      Dialect dialect = Dialects.named(document.runner());
      Cancellation cancellation =
          new Cancellation(
              reach.to(run, document), runs.tracker(run, document), dialect, reach.clock());
      ended &= cancel(console, run, dialect, cancellation, entry.getValue());
    }
    return ended ? ExitCode.DONE : ExitCode.FAILED;
  }

  /// @param jobs empty for all
  /// @return whether all of them have ended
  private boolean cancel(
      Console console,
      RunDirectory run,
      Dialect dialect,
      Cancellation cancellation,
      Set<Integer> jobs)
      throws TransportException, InterruptedException {
    Cancellation.Outcome outcome =
        jobs.isEmpty() ? cancellation.all(() -> now) : cancellation.some(jobs, () -> now);
    List<TrackedJob> meant =
        outcome.jobs().stream()
            .filter(job -> jobs.isEmpty() || jobs.contains(job.index()))
            .toList();
    String named =
        jobs.isEmpty()
            ? "run " + run.id()
            : "%s %s of run %s"
                .formatted(
                    jobs.size() == 1 ? "job" : "jobs",
                    JobRanges.of(List.copyOf(new TreeSet<>(jobs))),
                    run.id());
    console.err().println("%s: %s".formatted(named, Sentences.counts(Counts.of(meant))));
    List<TrackedJob> open = meant.stream().filter(job -> !job.verdict().settled()).toList();
    List<String> lines = new ArrayList<>(packs(run, outcome.packs()));
    open.stream()
        .filter(job -> !outcome.packs().containsKey(job.index()))
        .limit(20)
        .forEach(job -> lines.add("error: " + stillThere(run, dialect, job, outcome)));
    lines.forEach(console.err()::println);
    if (open.size() - outcome.packs().size() > 20) {
      console
          .err()
          .println("error: and %d more jobs".formatted(open.size() - outcome.packs().size() - 20));
    }
    stillQueued(run, dialect, meant, outcome).forEach(console.err()::println);
    return open.isEmpty();
  }

  /// A pack ends as a whole.
  private static List<String> packs(RunDirectory run, Map<Integer, List<Integer>> packs) {
    Map<List<Integer>, List<Integer>> byPack = new LinkedHashMap<>();
    packs.forEach((job, pack) -> byPack.computeIfAbsent(pack, none -> new ArrayList<>()).add(job));
    List<String> lines = new ArrayList<>();
    byPack.forEach((pack, asked) -> {
      List<Integer> others = pack.stream().filter(job -> !asked.contains(job)).toList();
      lines.add(
          "error: job %s of run %s cannot be ended alone: its pack runs %s as well"
              .formatted(JobRanges.of(asked), run.id(), JobRanges.of(others)));
      lines.add(
          "hint: `karez cancel %s` ends the whole pack"
              .formatted(
                  pack.stream().map(job -> run.id() + "/" + job).collect(Collectors.joining(" "))));
    });
    return lines;
  }

  /// They will never start, so they count as cancelled; who waits for them in the scheduler does
  /// not know.
  private static List<String> stillQueued(
      RunDirectory run, Dialect dialect, List<TrackedJob> meant, Cancellation.Outcome outcome) {
    List<Integer> jobs =
        meant.stream()
            .filter(job -> job.verdict().settled())
            .map(TrackedJob::index)
            .filter(outcome.unreached()::containsKey)
            .toList();
    return jobs.isEmpty()
        ? List.of()
        : List.of(
            "warning: job %s of run %s will not start, and may still be in the queue of `%s`: %s"
                .formatted(
                    JobRanges.of(jobs),
                    run.id(),
                    dialect.name(),
                    Printable.onLine(outcome.unreached().getOrDefault(jobs.getFirst(), ""))),
            "hint: `karez cancel %s` tries again".formatted(name(run, jobs)));
  }

  private static String name(RunDirectory run, List<Integer> jobs) {
    return jobs.size() == 1 ? run.id() + "/" + jobs.getFirst() : run.id().toString();
  }

  private static String stillThere(
      RunDirectory run, Dialect dialect, TrackedJob job, Cancellation.Outcome outcome) {
    String why = outcome.unreached().get(job.index());
    if (why == null) {
      return "job %s/%d has not ended: %s"
          .formatted(run.id(), job.index(), Printable.onLine(job.verdict().evidence()));
    }
    String hint =
        dialect.isBatch()
            ? "`karez cancel %s/%d` tries again".formatted(run.id(), job.index())
            : "run `karez cancel %s/%d` where it runs".formatted(run.id(), job.index());
    return "job %s/%d cannot be asked to end from here: %s\nhint: %s"
        .formatted(run.id(), job.index(), Printable.onLine(why), hint);
  }
}
