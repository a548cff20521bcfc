package io.karez.cli;

import io.karez.expand.Sweep;
import io.karez.launch.Delivery;
import io.karez.launch.LaunchScript;
import io.karez.launch.RunTrust;
import io.karez.project.Project;
import io.karez.render.RunRequest;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunFiles;
import io.karez.store.RunStore;
import io.karez.submit.Drip;
import io.karez.submit.Extension;
import io.karez.submit.NewRun;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.Secrets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;

/// Adds jobs to a run.
final class ExtendCommand implements Verb, TakesWords {
  private final ProjectOptions project = new ProjectOptions();
  private final StayOptions stay = new StayOptions();
  private final ParameterOptions parameters = new ParameterOptions();
  private final SweepOptions more = new SweepOptions();

  private ProgramWords words = new ProgramWords(List.of(), Optional.empty(), List.of());
  private boolean yes;

  @Override
  public void declare(Options options) {
    project.declare(options);
    stay.declare(options);
    parameters.declare(options);
    more.declare(options);
    options
        .flag("--yes", "do not ask", () -> yes = true)
        .synopsis("karez extend [OPTIONS] [NAME] RUN [ARGS and OPTIONS...]")
        .footer(
            "",
            "The new jobs are numbered on from those that the run has. Words after RUN are the"
                + " program's, as for `run`; without any, the new jobs get those of the run. Options of"
                + " `run` that are not listed here are refused unless they stand after `--`.",
            "",
            "Example: karez extend 4 -R \"--seed 10 20 1\"");
  }

  @Override
  public List<String> take(CommandSpec spec, List<String> all) {
    Set<String> ofRun = new HashSet<>(RunCommand.names());
    ofRun.removeAll(spec.optionsMap().keySet());
    words = ProgramWords.split(spec, all, ProgramWords.COMMON, SweepOptions.NAMES, ofRun);
    return words.karez();
  }

  @Override
  public int run(Console console) throws Exception {
    List<String> given = new ArrayList<>(words.name().stream().toList());
    given.addAll(words.program());
    if (given.isEmpty()) {
      throw needsMore("RUN");
    }
    Project here = project.project();
    RunWords.First named = RunWords.first(given, new RunStore(here.results()));
    if (named.rest().isEmpty() && !parameters.areGiven()) {
      throw needsMore(named.run().run().id().toString());
    }
    RunDirectory run = named.run().whole("extended");
    RunTrust.requireToExecute(here, run);
    if (LaunchScript.isIn(run)) {
      throw new InvalidInputException(
          Problem.of("run %s was launched from a template, which says its jobs".formatted(run.id()))
              .hint("`karez launch` makes another run with other values"));
    }
    RunDocument document = RunDocument.read(run);
    stay.require(document);
    ContainerOptions.still(console, document);
    Delivery delivery = Delivery.of(here);
    Sweep sweep = RequestedSweep.of(arguments(run, document, named.rest()), parameters, more);
    delivery.reach().requireReached(document);
    Optional<AtWork> atWork = AtWork.of(run, document, delivery.runs().detail(run).jobs());
    atWork.ifPresent(AtWork::requireNothingOfItsOwn);
    int most = delivery.most(run, document);
    RunRequest request = request(document);
    long jobs = NewRun.check(new RunStore(here.results()), request, sweep);
    if (!Brakes.mayGo(console, here, document, document.directives(), jobs, most, yes)) {
      return ExitCode.FAILED;
    }
    RunFiles.requireLines(run, document.jobs());
    Extension.Added added =
        Extension.add(run, document, request, sweep, delivery.clock().instant());
    SortedMap<Integer, Integer> attempts = new TreeMap<>();
    for (int job = added.first(); job < added.end(); job++) {
      attempts.put(job, 1);
    }
    Dialect dialect = Dialects.named(document.runner());
    if (added.adopted() > 0) {
      console
          .err()
          .println(
              "warning: %s added before and never submitted: `karez resume %s`"
                  .formatted(
                      added.adopted() == 1 ? "1 job was" : added.adopted() + " jobs were",
                      run.id()));
    }
    console
        .err()
        .println(
            attempts.size() == 1
                ? "run %s: 1 more job (%d)".formatted(run.id(), added.first())
                : "run %s: %d more jobs (%d to %d)"
                    .formatted(run.id(), attempts.size(), added.first(), added.end() - 1));
    atWork.ifPresent(work -> work.say(console, attempts.size()));
    int ended =
        new Launch(console, delivery)
            .some(
                run,
                new Drip.Wanted(attempts, document.directives(), Optional.empty(), false, false),
                most,
                stay.stays(dialect));
    return stay.fetched(ended, console, delivery, run);
  }

  private static InvalidInputException needsMore(String run) {
    return new InvalidInputException(
        Problem.of("a run and parameters of the new jobs are needed")
            .hint("`karez extend %s -R \"--seed 10 20 1\"`".formatted(run)));
  }

  /// The files of parameters are in the run already; only their names are needed.
  private static RunRequest request(RunDocument document) {
    Map<String, String> texts = new LinkedHashMap<>();
    document.parametersFiles().forEach(name -> texts.put(name, ""));
    return RunRequest.of(document, texts);
  }

  /// @param given the words of the new jobs; those of the run where there are none
  private static List<String> arguments(
      RunDirectory run, RunDocument document, List<String> given) {
    if (!given.isEmpty()) {
      return given;
    }
    ProgramWords asked = RunCommand.split(document.request());
    String why =
        asked.karez().contains("--sweep")
            ? "they are a sweep"
            : Secrets.areIn(asked.program()) ? "some are secrets, which are not kept" : "";
    if (!why.isEmpty()) {
      throw new InvalidInputException(
          Problem.of(
                  "the words of run %s cannot be used for more jobs: %s".formatted(run.id(), why))
              .hint("give the words of the new jobs after the run's number"));
    }
    return asked.name().isPresent()
        ? asked.program()
        : asked.program().subList(1, asked.program().size());
  }
}
