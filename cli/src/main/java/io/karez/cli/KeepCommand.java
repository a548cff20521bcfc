package io.karez.cli;

import io.karez.define.RunId;
import io.karez.launch.Delivery;
import io.karez.launch.Leases;
import io.karez.project.Project;
import io.karez.store.Lease;
import io.karez.store.RunDirectory;
import io.karez.store.RunStore;
import io.karez.transport.SshUnreachableException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Stays in place of the user: submits what could not be submitted yet, and tries again what a
/// run's policy tries again. It ends when nothing is left to do.
final class KeepCommand implements Verb {
  /// Between two looks, from short to long, since most that waits waits long.
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final ProjectOptions project = new ProjectOptions();

  private static final int MOST_FAILURES = 20;

  private final Map<RunId, Integer> failures = new HashMap<>();

  private List<String> names = List.of();

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words("[RUN...]", "0..*", "runs; all of the project without any", words -> names = words)
        .footer(
            "",
            "Submits the jobs that a full queue or a run that they wait for has kept back, and runs"
                + " jobs again as the experiment's `retry` says. It may be ended and started again"
                + " at any time; of several in one project all but the first end at once.",
            "",
            "Examples:",
            "  karez keep",
            "  setsid -f karez keep >keep.log 2>&1      # goes on when the terminal closes");
  }

  @Override
  public int run(Console console) throws Exception {
    Project here = project.project();
    RunStore store = new RunStore(here.results());
    List<NamedRun> named = names.isEmpty() ? List.of() : RunWords.all(names, store);
    if (!Files.isDirectory(here.results())) {
      console.err().println("nothing is left to do");
      return ExitCode.DONE;
    }
    if (!named.isEmpty()) {
      return keep(console, here, store, named, Optional.empty());
    }
    return switch (Leases.attempt(here.results().resolve(".keep"))) {
      case Lease.Attempt.Held(String holder) -> {
        console.err().println("%s does this already".formatted(holder));
        yield ExitCode.DONE;
      }
      case Lease.Attempt.Taken(Lease lease) -> {
        try (lease) {
          yield keep(console, here, store, named, Optional.of(lease));
        }
      }
    };
  }

  private int keep(
      Console console, Project here, RunStore store, List<NamedRun> named, Optional<Lease> lease)
      throws Exception {
    Interrupts interrupts = new Interrupts();
    Delivery delivery = Delivery.of(here);
    Set<RunId> done = new HashSet<>();
    Duration pause = SHORTEST;
    while (true) {
      List<RunDirectory> runs =
          named.isEmpty()
              ? store.list(Optional.empty())
              : named.stream().map(NamedRun::run).toList();
      boolean waits = false;
      for (RunDirectory run : runs) {
        if (!done.contains(run.id())) {
          if (isLeftToDo(console, delivery, run, interrupts)) {
            waits = true;
          } else {
            done.add(run.id());
          }
        }
        if (lease.filter(own -> !own.renew()).isPresent()) {
          console.err().println("somebody else does this now");
          return ExitCode.DONE;
        }
      }
      if (!waits) {
        console.err().println("nothing is left to do");
        return ExitCode.DONE;
      }
      if (interrupts.await(pause.toMillis())) {
        return interrupts.exitCode().orElse(ExitCode.INTERRUPTED);
      }
      pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    }
  }

  /// What cannot be done for one run must not keep the others waiting. What is in the way may pass,
  /// but not for ever.
  private boolean isLeftToDo(
      Console console, Delivery delivery, RunDirectory run, Interrupts interrupts)
      throws InterruptedException {
    try {
      boolean left = new KeptRun(console, delivery, run, interrupts).isLeftToDo();
      failures.remove(run.id());
      return left;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // A site may be out of reach for as long as a laptop sleeps.
      boolean passes =
          e instanceof SshUnreachableException unreachable
              && unreachable.reason() == SshUnreachableException.Reason.NETWORK;
      int times = failures.merge(run.id(), 1, (before, one) -> passes ? 2 : before + one);
      if (times == 1 || times == MOST_FAILURES) {
        console
            .err()
            .println(
                "warning: run %s: %s%s"
                    .formatted(
                        run.id(), e.getMessage(), times == 1 ? "" : "; it is not tried any more"));
      }
      return times < MOST_FAILURES;
    }
  }
}
