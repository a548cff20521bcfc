package io.karez.launch;

import io.karez.define.SubmitTemplate.Directive;
import io.karez.expand.Sweep;
import io.karez.inspect.Runs;
import io.karez.project.Project;
import io.karez.project.ProjectSetup;
import io.karez.render.RunRequest;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.site.Reach;
import io.karez.store.Lease;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.RunStore;
import io.karez.submit.Drip;
import io.karez.submit.Gate;
import io.karez.submit.Limits;
import io.karez.submit.NewRun;
import io.karez.submit.NextSubmission;
import io.karez.submit.Submitter;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.transfer.Entry;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The way of a run from its request to its scheduler: planned, made here and on its site, handed
/// over. Each step can be stopped after.
public record Delivery(Project project, Reach reach, InstantSource clock) {

  public static Delivery of(Project project) {
    Reach reach = Reach.of(project);
    return new Delivery(project, reach, reach.clock());
  }

  public RunStore store() {
    return new RunStore(project.results());
  }

  public Runs runs() {
    return new Runs(reach, clock);
  }

  /// Brings the code of a run to where it runs.
  @FunctionalInterface
  public interface Courier {
    /// The site has what is needed already.
    Courier NONE = () -> {};

    void send() throws TransportException, InterruptedException;
  }

  /// How a run would be handed over. Nothing is made.
  ///
  /// @throws InvalidInputException when what it waits for has ended otherwise
  public PlannedRun plan(RunRequest request, Sweep sweep, Dialect dialect) {
    Gate gate =
        new Predecessors(store(), runs())
            .gate(request.conduct().after(), dialect, request.directives());
    if (gate instanceof Gate.Never(String why)) {
      throw new InvalidInputException(
          Problem.at(Place.of("--after"), why).hint("so this run could never start"));
    }
    List<Directive> waits =
        gate instanceof Gate.Open(List<Directive> directives) ? directives : List.of();
    int most = Limits.jobsOf(dialect, schedulerOf(request), request.conduct().pack());
    return new PlannedRun(dialect, request, sweep, waits, most);
  }

  /// What its jobs ask for beyond what they can ever get, a line each.
  public List<String> beyond(PlannedRun plan) {
    return Limits.beyond(plan.dialect(), schedulerOf(plan.request()), plan.asked());
  }

  private Transport schedulerOf(RunRequest request) {
    return reach.to(request.site().map(far -> reach.site(far.site(), Place.of("a run"))));
  }

  /// Makes the project, unless there is one.
  ///
  /// @return whether it was made
  public boolean makeProject() throws IOException {
    if (project.exists()) {
      return false;
    }
    new ProjectSetup(reach.here()).withoutRepository(project.root(), "results");
    return true;
  }

  /// What would go to a run's site before it is made, as far as it is not there: paths below the
  /// project's root, none for a run on this machine.
  public List<String> transfers(PlannedRun plan) {
    return plan.request().site().isEmpty()
        ? List.of()
        : Transfers.code(project).listing().entries().stream()
            .filter(entry -> !(entry instanceof Entry.Directory))
            .map(Entry::path)
            .toList();
  }

  /// Takes a number and makes the run here, whole or not at all. On a site it is made with the
  /// first command that acts there.
  ///
  /// @param copies files to be copied into the run, by their path in it
  /// @param courier asked before
  public RunDirectory make(PlannedRun plan, Map<String, Path> copies, Courier courier)
      throws TransportException, InterruptedException {
    RunRequest request = plan.request();
    courier.send();
    RunDirectory place = reach.next(request.experiment(), request.site(), store());
    return plan.maker()
        .make(
            place,
            request,
            plan.sweep(),
            plan.most(),
            plan.waits(),
            NewRun.uid(),
            copies,
            clock.instant());
  }

  /// All jobs of a run that was just made.
  ///
  /// @param waits what its first submission tells its scheduler to wait for
  /// @param input whether the program reads what this process reads
  public static Drip.Wanted all(RunDocument document, List<Directive> waits, boolean input) {
    return new Drip.Wanted(
        NextSubmission.all(document, RunHistory.of(List.of())),
        document.directives(),
        Optional.of(new Drip.Prepared(1, waits)),
        false,
        input);
  }

  /// How many jobs one submission may carry.
  public int most(RunDirectory run, RunDocument document) {
    return Limits.jobsOf(
        Dialects.named(document.runner()),
        reach.transport(run, document),
        document.conduct().pack());
  }

  /// Whoever calls it sees to it that nobody else does at the same time, where somebody else might.
  ///
  /// @param most how many jobs one submission may carry
  /// @param patience what to do while the scheduler takes no more, or another run has to end first
  public Drip.Outcome hand(
      RunDirectory run, RunDocument document, Drip.Wanted wanted, int most, Drip.Patience patience)
      throws Exception {
    Dialect dialect = Dialects.named(document.runner());
    Predecessors predecessors = new Predecessors(store(), runs());
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

  /// As {@link #hand}, which only one does at a time.
  ///
  /// @param held takes the lease, which whoever waits long has to renew
  /// @throws IllegalStateException when somebody else does it now
  public Drip.Outcome handAlone(
      RunDirectory run,
      RunDocument document,
      Drip.Wanted wanted,
      int most,
      Drip.Patience patience,
      Consumer<Lease> held)
      throws Exception {
    try (Lease lease = Leases.takeSubmitting(run)) {
      held.accept(lease);
      return hand(run, document, wanted, most, patience);
    }
  }
}
