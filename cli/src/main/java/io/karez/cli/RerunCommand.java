package io.karez.cli;

import io.karez.define.Container;
import io.karez.define.ExperimentName;
import io.karez.expand.ParameterSet;
import io.karez.expand.Written;
import io.karez.launch.Delivery;
import io.karez.launch.PlannedRun;
import io.karez.launch.RunTrust;
import io.karez.project.Project;
import io.karez.render.RunRequest;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunFiles;
import io.karez.store.RunHistory;
import io.karez.store.RunStore;
import io.karez.store.SubmissionCode;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes a new run under the conditions of an old one.
final class RerunCommand implements Verb {
  private static final String TAG = "rerun id ";

  private final ProjectOptions project = new ProjectOptions();
  private final StayOptions stay = new StayOptions();

  private List<String> words = List.of();
  private List<String> tags = List.of();
  private boolean yes;

  @Override
  public void declare(Options options) {
    project.declare(options);
    stay.declare(options);
    options
        .words("[NAME] RUN[/JOB]", "1..2", "a run, or one job of it", given -> words = given)
        .repeated("--tag -t", "TAG", "besides those of the run", given -> tags = given)
        .flag("--yes", "do not ask", () -> yes = true)
        .footer(
            "",
            "The new run has the parameters, runner, resources, environment and container of the old one, and"
                + " its code: a checkout of its commit, with the changes that were not committed then."
                + " On a site that is so where it had a `--snapshot`; otherwise the code is what was sent there last.",
            "",
            "Example: karez rerun 4");
  }

  @Override
  public int run(Console console) throws Exception {
    Project here = project.project();
    RunStore store = new RunStore(here.results());
    NamedRun named = RunWords.one(words, store);
    RunDirectory old = named.run();
    RunTrust.requireToExecute(here, old);
    RunDocument document = RunDocument.read(old);
    stay.require(document);
    Optional<Container> container = ContainerOptions.still(console, document);
    Delivery delivery = Delivery.of(here);
    Path directory = directory(console, delivery, old, document);
    RunRequest request =
        RunRequest.of(document, parametersFiles(old, document))
            .at(directory)
            .now()
            .in(container)
            .tagged(tags(old, document));
    Dialect dialect = Dialects.named(document.runner());
    int most = delivery.most(old, document);
    List<ParameterSet> sets = sets(old, named.job());
    if (!Brakes.mayGo(console, here, document, document.directives(), sets.size(), most, yes)) {
      return ExitCode.FAILED;
    }
    PlannedRun plan = new PlannedRun(dialect, request, new Written(sets), List.of(), most);
    RunDirectory run = delivery.make(plan, copies(old, document), Delivery.Courier.NONE);
    console.err().println("run %s: %s again".formatted(run.id(), meant(named, document)));
    int ended =
        new Launch(console, delivery).all(run, plan.waits(), most, stay.stays(dialect), false);
    return stay.fetched(ended, console, delivery, run);
  }

  /// On a site the code is what was last sent there, unless it has a snapshot.
  private static Path directory(
      Console console, Delivery delivery, RunDirectory old, RunDocument document)
      throws TransportException, IOException {
    if (document.site().isEmpty()) {
      return new RecordedCode(delivery.project(), delivery.reach().here())
          .directory(console, old, document);
    }
    new CodeThere(delivery.project()).note(document).ifPresent(console.err()::println);
    return document.workingDirectory();
  }

  /// `run 4 of summary_iris`, `job 4/17 of summary_iris`.
  private static String meant(NamedRun named, RunDocument document) {
    return named.job().isEmpty()
        ? "run " + Sentences.name(document)
        : document.experiment().equals(ExperimentName.UNREGISTERED)
            ? named.shown()
            : named.shown() + " of " + document.experiment();
  }

  private List<String> tags(RunDirectory old, RunDocument document) {
    List<String> all =
        new ArrayList<>(RunHistory.of(new EventLog(old).read()).tags().orElse(document.tags()));
    all.removeIf(tag -> tag.startsWith(TAG));
    all.add(TAG + old.id());
    all.addAll(tags);
    return all.stream().distinct().toList();
  }

  private static Map<String, String> parametersFiles(RunDirectory old, RunDocument document)
      throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : document.parametersFiles()) {
      texts.put(name, Files.readString(old.path().resolve(name)));
    }
    Path launch = old.path().resolve(RunRequest.LAUNCH);
    if (Files.isDirectory(launch)) {
      try (Stream<Path> files = Files.list(launch)) {
        for (Path file : files.toList()) {
          texts.put(RunRequest.LAUNCH + "/" + file.getFileName(), Files.readString(file));
        }
      }
    }
    return texts;
  }

  /// The files that the new run takes over, with their permissions.
  private static Map<String, Path> copies(RunDirectory old, RunDocument document) {
    List<String> names = new ArrayList<>(document.parametersFiles());
    if (document.dirty()) {
      names.add(SubmissionCode.PATCH);
    }
    return names.stream()
        .collect(Collectors.toMap(Function.identity(), name -> old.path().resolve(name)));
  }

  private static List<ParameterSet> sets(RunDirectory old, OptionalInt one) {
    List<ParameterSet> sets = new ArrayList<>();
    RunFiles.eachJob(
        old,
        job -> {
          if (one.isEmpty() || one.getAsInt() == job.index()) {
            sets.add(new ParameterSet(job.arguments(), job.parameters()));
          }
        });
    return sets;
  }
}
