package io.karez.cli;

import io.karez.inspect.Counts;
import io.karez.inspect.Runs;
import io.karez.project.Project;
import io.karez.scheduler.Dialects;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunStore;
import io.karez.track.Cancellation;
import io.karez.track.TrackedJob;
import io.karez.transport.TransportException;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    Runs runs = new Runs(reach, reach.clock());
    Map<RunDirectory, Set<Integer>> wanted = RunWords.jobs(names, store);
    for (RunDirectory run : wanted.keySet()) {
      RunTrust.requireToSignal(here, run, RunDocument.read(run));
    }
    boolean ended = true;
    for (Map.Entry<RunDirectory, Set<Integer>> entry : wanted.entrySet()) {
      RunDirectory run = entry.getKey();
      RunDocument document = RunDocument.read(run);
      Cancellation cancellation =
          new Cancellation(
              reach.to(run, document),
              runs.tracker(run, document),
              Dialects.named(document.runner()),
              reach.clock());
      ended &= cancel(console, run, cancellation, entry.getValue());
    }
    return ended ? ExitCode.DONE : ExitCode.FAILED;
  }

  /// @param jobs empty for all
  /// @return whether all of them have ended
  private boolean cancel(
      Console console, RunDirectory run, Cancellation cancellation, Set<Integer> jobs)
      throws TransportException, InterruptedException {
    Cancellation.Outcome outcome =
        jobs.isEmpty() ? cancellation.all(() -> now) : cancellation.some(jobs, () -> now);
    List<TrackedJob> meant =
        outcome.jobs().stream()
            .filter(job -> jobs.isEmpty() || jobs.contains(job.index()))
            .toList();
    console.err().println("run %s: %s".formatted(run.id(), Sentences.counts(Counts.of(meant))));
    List<TrackedJob> open = meant.stream().filter(job -> !job.verdict().settled()).toList();
    open.stream()
        .limit(20)
        .forEach(job -> console.err().println("error: " + stillThere(run, job, outcome)));
    if (open.size() > 20) {
      console.err().println("error: and %d more jobs".formatted(open.size() - 20));
    }
    return open.isEmpty();
  }

  private static String stillThere(RunDirectory run, TrackedJob job, Cancellation.Outcome outcome) {
    String why = outcome.unreached().get(job.index());
    return why == null
        ? "job %s/%d has not ended: %s"
            .formatted(run.id(), job.index(), Printable.onLine(job.verdict().evidence()))
        : "job %s/%d cannot be asked to end from here: %s"
                .formatted(run.id(), job.index(), Printable.onLine(why))
            + "\nhint: run `karez cancel %s/%d` where it runs".formatted(run.id(), job.index());
  }
}
