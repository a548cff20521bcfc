package io.karez.cli;

import io.karez.define.JobState;
import io.karez.inspect.Counts;
import io.karez.track.TrackedJob;
import java.util.ArrayList;
import java.util.List;

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

  private record Awaited(NamedRun name, WatchedRun run) {}

  @Override
  public int run(Console console) throws Exception {
    Inspection inspection = Inspection.of(project.project());
    List<Awaited> open = new ArrayList<>();
    for (NamedRun name : RunWords.all(words, inspection.store())) {
      open.add(new Awaited(name, new WatchedRun(inspection, name.run())));
    }
    Interrupts interrupts = new Interrupts();
    Pace pace = new Pace();
    boolean failed = false;
    boolean abandoned = false;
    while (true) {
      for (Awaited awaited : List.copyOf(open)) {
        List<TrackedJob> jobs = awaited.name().pick(awaited.run().jobs());
        if (jobs.stream().allMatch(job -> job.verdict().settled())) {
          open.remove(awaited);
          failed |= !succeeded(jobs);
          console
              .err()
              .println(
                  "%s: %s".formatted(awaited.name().shown(), Sentences.counts(Counts.of(jobs))));
        } else if (awaited.run().isAbandoned()) {
          open.remove(awaited);
          abandoned = true;
          Unsubmitted.line(awaited.run().directory(), jobs).ifPresent(console.err()::println);
        }
      }
      if (open.isEmpty()) {
        return abandoned ? ExitCode.FAILED : failed ? ExitCode.JOB_FAILED : ExitCode.DONE;
      }
      if (interrupts.await(pace.next().toMillis())) {
        return interrupts.exitCode().orElse(ExitCode.INTERRUPTED);
      }
    }
  }

  private static boolean succeeded(List<TrackedJob> jobs) {
    return jobs.stream().allMatch(job -> job.verdict().state() == JobState.SUCCEEDED);
  }
}
