package io.karez.cli;

import io.karez.define.JobState;
import io.karez.inspect.Runs;
import io.karez.launch.RunTrust;
import io.karez.project.Project;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.NativeId;
import io.karez.site.Reach;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunStore;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.track.TrackedJob;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Keeps jobs that wait in a queue from starting, or lets them go again.
final class HoldCommand implements Verb {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final ProjectOptions project = new ProjectOptions();
  private final boolean hold;

  private List<String> names = List.of();

  private HoldCommand(boolean hold) {
    this.hold = hold;
  }

  static Verb hold() {
    return new HoldCommand(true);
  }

  static Verb release() {
    return new HoldCommand(false);
  }

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words("[NAME] RUN[/JOB]...", "1..*", "runs, or single jobs", words -> names = words)
        .footer(
            "",
            hold
                ? "Jobs that run go on; `karez release` lets the others start again."
                : "Lets jobs start that `karez hold` or their own options keep waiting.",
            "",
            "Example: karez %s 4".formatted(hold ? "hold" : "release"));
  }

  @Override
  public int run(Console console) throws Exception {
    Project here = project.project();
    Reach reach = Reach.of(here);
    Runs runs = new Runs(reach, reach.clock(), new Silence(console));
    Map<RunDirectory, Set<Integer>> wanted = RunWords.jobs(names, new RunStore(here.results()));
    for (RunDirectory run : wanted.keySet()) {
      RunTrust.requireToSignal(here, run, RunDocument.read(run));
    }
    boolean done = true;
    for (Map.Entry<RunDirectory, Set<Integer>> entry : wanted.entrySet()) {
      done &= change(console, reach, runs, entry.getKey(), entry.getValue());
    }
    return done ? ExitCode.DONE : ExitCode.FAILED;
  }

  private boolean change(
      Console console, Reach reach, Runs runs, RunDirectory run, Set<Integer> jobs)
      throws Exception {
    RunDocument document = RunDocument.read(run);
    Dialect dialect = Dialects.named(document.runner());
    JobState from = hold ? JobState.QUEUED : JobState.HELD;
    List<NativeId> ids =
        runs.detail(run).jobs().stream()
            .filter(job -> jobs.isEmpty() || jobs.contains(job.index()))
            .filter(job -> job.verdict().state() == from)
            .map(TrackedJob::nativeId)
            .flatMap(Optional::stream)
            .toList();
    reach.requireReached(document);
    if (ids.isEmpty()) {
      console
          .err()
          .println(
              "run %s: none of its jobs is %s"
                  .formatted(run.id(), hold ? "waiting in a queue" : "held"));
      return true;
    }
    Command command =
        dialect
            .hold(ids, hold)
            .orElseThrow(() ->
                new InvalidInputException(
                    Problem.of("`%s` cannot hold jobs back".formatted(dialect.name()))
                        .hint("`karez cancel` ends them")));
    Completed reply = reach.transport(run, document).run(command, LIMIT);
    if (!reply.succeeded()) {
      console.err().println("error: `%s` exited %d".formatted(command, reply.exitCode()));
      console.err().println(Printable.of(reply.errorText()).strip().indent(2).stripTrailing());
      return false;
    }
    console
        .err()
        .println(
            "run %s: %s %s"
                .formatted(
                    run.id(), Quantities.count(ids.size(), "job"), hold ? "held" : "released"));
    return true;
  }
}
