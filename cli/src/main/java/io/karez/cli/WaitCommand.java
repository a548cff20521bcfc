package io.karez.cli;

import io.karez.define.JobState;
import io.karez.inspect.Counts;
import io.karez.track.TrackedJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Waits until runs, or some of their jobs, have ended.
final class WaitCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();

  private List<String> words = List.of();

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words("[NAME] RUN[/JOB]...", "1..*", "the runs, or jobs of them", given -> words = given)
        .footer(
            "",
            "Ends with 0 when all have succeeded and with 3 when some have not; with 1 when nobody"
                + " has submitted the jobs of some run. To stop waiting does not stop the runs.",
            "",
            "Example: karez wait 4 last && echo done");
  }

  private record Awaited(NamedRun name, WatchedRun run, ProgressBar bar) {}

  @Override
  public int run(Console console) throws Exception {
    Inspection inspection = Inspection.of(project.project(), new Silence(console));
    List<Awaited> open = new ArrayList<>();
    for (NamedRun name : RunWords.all(words, inspection.store())) {
      WatchedRun run = new WatchedRun(inspection, name.run());
      int jobs = name.pick(run.jobs()).size();
      open.add(new Awaited(name, run, ProgressBar.of(name.run().id(), jobs, console)));
    }
    Interrupts interrupts = new Interrupts();
    Pace pace = new Pace();
    boolean failed = false;
    boolean abandoned = false;
    while (true) {
      Optional<Runnable> bar = Optional.empty();
      for (Awaited awaited : List.copyOf(open)) {
        List<TrackedJob> jobs = awaited.name().pick(awaited.run().jobs());
        if (jobs.stream().allMatch(job -> job.verdict().settled())) {
          open.remove(awaited);
          open.forEach(other -> other.bar().clear());
          awaited.bar().clear();
          failed |= !succeeded(jobs);
          console
              .err()
              .println(
                  "%s: %s".formatted(awaited.name().shown(), Sentences.counts(Counts.of(jobs))));
        } else if (awaited.run().isAbandoned()) {
          open.remove(awaited);
          abandoned = true;
          open.forEach(other -> other.bar().clear());
          awaited.bar().clear();
          Unsubmitted.line(awaited.run().directory(), jobs).ifPresent(console.err()::println);
        } else if (bar.isEmpty()) {
          bar = Optional.of(() -> awaited.bar().show(jobs));
        }
      }
      // Of several runs the first that goes on has the line.
      bar.ifPresent(Runnable::run);
      if (open.isEmpty()) {
        return abandoned ? ExitCode.FAILED : failed ? ExitCode.JOB_FAILED : ExitCode.DONE;
      }
      if (interrupts.await(pace.next().toMillis())) {
        open.forEach(awaited -> awaited.bar().clear());
        return interrupts.exitCode().orElse(ExitCode.INTERRUPTED);
      }
    }
  }

  private static boolean succeeded(List<TrackedJob> jobs) {
    return jobs.stream().allMatch(job -> job.verdict().state() == JobState.SUCCEEDED);
  }
}
