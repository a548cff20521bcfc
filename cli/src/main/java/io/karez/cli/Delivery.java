package io.karez.cli;

import io.karez.inspect.Runs;
import io.karez.project.Project;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunStore;
import io.karez.submit.Drip;
import io.karez.submit.Limits;
import io.karez.submit.Submitter;
import java.time.InstantSource;

/// Hands jobs of a run to its scheduler.
record Delivery(Project project, Reach reach, InstantSource clock) {

  static Delivery of(Project project) {
    Reach reach = Reach.of(project);
    return new Delivery(project, reach, reach.clock());
  }

  Runs runs() {
    return new Runs(reach, clock);
  }

  /// How many jobs one submission may carry.
  int most(RunDirectory run, RunDocument document) {
    return Limits.jobsOf(
        Dialects.named(document.runner()),
        reach.transport(run, document),
        document.conduct().pack());
  }

  /// Whoever calls it sees to it that nobody else does at the same time, where somebody else might.
  ///
  /// @param most how many jobs one submission may carry
  /// @param patience what to do while the scheduler takes no more, or another run has to end first
  Drip.Outcome hand(
      RunDirectory run, RunDocument document, Drip.Wanted wanted, int most, LaunchPatience patience)
      throws Exception {
    Dialect dialect = Dialects.named(document.runner());
    Predecessors predecessors = new Predecessors(new RunStore(project.results()), runs());
    return new Drip(
            reach.to(run, document),
            document,
            dialect,
            new Submitter(dialect, clock),
            most,
            () -> predecessors.gate(wanted.after(document), dialect, wanted.directives()),
            clock)
        .submit(wanted, patience);
  }
}
