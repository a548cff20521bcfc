package io.karez.cli;

import io.karez.allocation.Inquiry;
import io.karez.define.JobState;
import io.karez.define.Resources;
import io.karez.define.Site;
import io.karez.scheduler.Allocation;
import io.karez.scheduler.Allocations;
import io.karez.scheduler.NativeId;
import io.karez.site.FarProject;
import io.karez.site.Reach;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.ShellWords;
import io.karez.transport.Completed;
import io.karez.transport.TransportException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/// Runs a command inside an allocation, or an experiment whose jobs are steps of it.
final class AllocRun implements Verb, TakesWords {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /// Stands for an allocation whose number cannot be read.
  private static final NativeId NOBODY = new NativeId("0");

  /// What a command alone may be given; whatever else is given makes a run of it.
  private static final Set<String> OF_A_STEP =
      Set.of(
          "--runner",
          "--nodes",
          "--tasks",
          "--cpus",
          "--memory",
          "--gpus",
          "--time",
          "--queue",
          "--account",
          "--native",
          "--on",
          "--dry-run",
          "--project",
          "--debug",
          "--help");

  private final RunCommand run = new RunCommand(AllocationOptions.DEFAULT);
  private Optional<String> id = Optional.empty();
  private boolean step;

  @Override
  public void declare(Options options) {
    run.declare(options);
    options
        .synopsis(
            "karez alloc run [OPTIONS] ID -- COMMAND ARGS...",
            "karez alloc run [OPTIONS] ID [OPTIONS] NAME [ARGS and OPTIONS...]")
        .footer(
            "",
            "A command runs once, on one node, with the streams of this terminal, and its exit code"
                + " is that of this command. `--tasks` and `--nodes` run it several times; what is"
                + " asked for with `--cpus`, `--memory` or `--gpus` it gets for itself, otherwise it"
                + " shares the allocation.",
            "An experiment becomes a run as by `karez run`, each of whose jobs is a step on one node;"
                + " so does a command with options that make jobs, such as `-R`.",
            "",
            "Examples:",
            "  karez alloc run 118568 -- python3 train.py --lr 0.1",
            "  karez alloc run --on triton 118568 -- nvidia-smi",
            "  karez alloc run 118568 --cpus 4 train -R \"--seed 0 10\"");
  }

  @Override
  public List<String> take(CommandSpec spec, List<String> all) {
    int place = ProgramWords.first(spec, all);
    if (place < 0) {
      return run.take(spec, all);
    }
    id = Optional.of(all.get(place));
    List<String> rest = new ArrayList<>(all);
    rest.remove(place);
    List<String> karez = run.take(spec, rest);
    step =
        run.words().name().isEmpty()
            && !run.words().program().isEmpty()
            && OF_A_STEP.containsAll(ProgramWords.options(spec, karez));
    return karez;
  }

  @Override
  public int run(Console console) throws Exception {
    if (id.isEmpty()) {
      throw new InvalidInputException(
          Problem.of("in which allocation?")
              .hint("`karez alloc run ID -- COMMAND`; `karez alloc list` shows yours"));
    }
    run.requireSomething();
    RunOptions options = run.options();
    AllocationPlace place = place(options);
    Allocations allocations = AllocationOptions.of(options.runner(place.site()));
    Problems problems = new Problems();
    Optional<NativeId> named = problems.attempt(() -> AllocationOptions.id(id.get()));
    Optional<Resources> asked = problems.attempt(options.resources::read);
    requirePossible(options, asked, problems);
    Optional<AllocStep> alone =
        step
            ? problems.attempt(() ->
                AllocStep.of(
                    allocations,
                    named.orElse(NOBODY),
                    asked.orElse(Resources.NONE),
                    options.natives,
                    run.words().program(),
                    place.site().isPresent() ? Set.of() : System.getenv().keySet()))
            : Optional.empty();
    problems.throwIfAny();
    if (alone.isPresent() && options.dryRun) {
      console.out().println(ShellWords.quoteAll(alone.get().command().words()));
      return ExitCode.DONE;
    }
    NativeId wanted = named.orElseThrow();
    place.requireScheduler(allocations, run.projectOptions());
    Optional<Allocation> allocation =
        usable(console, new Inquiry(allocations, place.transport()), wanted, place);
    if (allocation.isEmpty()) {
      return ExitCode.FAILED;
    }
    if (alone.isPresent()) {
      return inTheProject(alone.get(), place).run(console, place.starter());
    }
    Completed room = place.transport().run(allocations.askRoom(wanted), LIMIT);
    Inside inside = new Inside(allocations, allocation.get(), allocations.readRoom(room));
    return run.run(console, Optional.of(inside));
  }

  private AllocationPlace place(RunOptions options) {
    return AllocationPlace.of(
        Optional.ofNullable(options.site)
            .map(name -> SiteOption.named(name, Place.of("--on"), run.projectOptions())));
  }

  /// On a site a command runs where the project lies there; here where it is typed.
  private AllocStep inTheProject(AllocStep step, AllocationPlace place) throws TransportException {
    if (place.site().flatMap(Site::directory).isEmpty()) {
      return step;
    }
    Path here = Path.of("").toAbsolutePath();
    Optional<FarProject> far =
        Reach.of(run.projectOptions().anyProject()).project(place.site(), false);
    return far.isEmpty()
        ? step
        : new AllocStep(step.command().in(far.get().workingDirectory(here)));
  }

  /// What an allocation has already, or only jobs of their own have.
  private static void requirePossible(
      RunOptions options, Optional<Resources> asked, Problems problems) {
    if (asked.filter(r -> r.queue().isPresent() || r.account().isPresent()).isPresent()) {
      problems.add(
          Problem.of("an allocation has its queue and its account already")
              .hint("leave out `--queue` and `--account`"));
    }
    Map<String, Boolean> others = new LinkedHashMap<>();
    others.put("--submit-template", options.submitTemplate != null);
    others.put("--signal", options.signal != null);
    others.put("--pack", options.pack != null);
    others.forEach((name, given) -> {
      if (given) {
        problems.add(Problem.of("`%s` is for jobs of their own, not for steps".formatted(name)));
      }
    });
  }

  /// Empty when it cannot be used, which is said.
  private Optional<Allocation> usable(
      Console console, Inquiry inquiry, NativeId wanted, AllocationPlace place)
      throws TransportException {
    Optional<Allocation> found =
        inquiry.these(List.of(wanted)).stream()
            .filter(allocation -> allocation.id().equals(wanted))
            .findFirst();
    Optional<Allocation> usable =
        found.filter(allocation -> allocation.state() == JobState.RUNNING);
    if (usable.isEmpty()) {
      String state =
          found
              .map(allocation -> "is " + StateMark.word(allocation.state()))
              .orElse("is not known to `%s`".formatted(run.options().runner(place.site())));
      console.err().println("error: allocation %s %s".formatted(wanted, state));
      console.err().println("hint: " + place.whereElse(run.projectOptions()));
    }
    return usable;
  }
}
