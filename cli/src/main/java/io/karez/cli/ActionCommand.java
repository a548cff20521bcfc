package io.karez.cli;

import io.karez.define.Action;
import io.karez.define.Experiment;
import io.karez.project.Project;
import io.karez.site.FarRun;
import io.karez.site.Reach;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.RunStore;
import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Problem;
import io.karez.transport.Command;
import io.karez.transport.LocalTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// Does something with a run, such as plotting it, as its experiment defines it.
final class ActionCommand implements Verb, TakesWords {
  private final ProjectOptions project = new ProjectOptions();

  private ProgramWords words = new ProgramWords(List.of(), Optional.empty(), List.of());
  private @Nullable Integer group;
  private boolean here;

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .typed(
            "--group --group_no --group-no",
            "N",
            Integer.class,
            "one job of the run, by its index",
            value -> group = value)
        .flag("--here", "of a run on a site: with what has been downloaded", () -> here = true)
        .synopsis("karez action [OPTIONS] NAME ACTION RUN [--group N] [ARGS...]")
        .footer(
            "",
            "The action runs in the project's root and receives ARGS and `--storage_path`, the"
                + " directory of the run or of the job. What follows `--` is passed on as it is.",
            "Its exit code is that of this command. A run of a site is worked on there, after the"
                + " project's files were sent and by the site's and the experiment's set-up lines;"
                + " with `--here` its copy on this machine is, which holds what `karez download`"
                + " has brought.",
            "",
            "Example: karez action summary_iris plot 4");
  }

  @Override
  public List<String> take(CommandSpec spec, List<String> all) {
    words = ProgramWords.split(spec, all, ProgramWords.COMMON, Set.of());
    return words.karez();
  }

  @Override
  public int run(Console console) throws Exception {
    if (words.name().isEmpty() || words.program().size() < 2) {
      throw new InvalidInputException(
          Problem.of("an experiment, one of its actions and a run are needed")
              .hint("`karez action summary_iris plot 4`"));
    }
    Project around = project.project();
    Experiment experiment = around.experiment(words.name().get());
    Action action = action(experiment, words.program().getFirst());
    NamedRun named =
        RunWords.of(experiment.name(), words.program().get(1), new RunStore(around.results()));
    RunDirectory run = named.run();
    around.trust(around.file(experiment.name())).require();
    List<String> command = new ArrayList<>(action.command());
    command.addAll(words.program().subList(2, words.program().size()));
    OptionalInt job = group(named);
    RunDocument document = RunDocument.read(run);
    if (FarRun.isCopy(run, document) && !here) {
      Optional<String> jobDirectory =
          job.isEmpty() ? Optional.empty() : Optional.of(name(run, document, job.getAsInt()));
      return new FarAction(console, Reach.of(around), document, jobDirectory)
          .run(experiment, run, command);
    }
    Path directory = directory(run, document, job);
    command.addAll(List.of("--storage_path", RunJson.relative(around.root(), directory)));
    console.out().flush();
    return new LocalTransport().runAttached(Command.of(command).in(around.root()));
  }

  private OptionalInt group(NamedRun named) {
    return group == null ? named.job() : OptionalInt.of(group);
  }

  private static Action action(Experiment experiment, String name) {
    List<String> known = experiment.actions().stream().map(Action::name).toList();
    String hint =
        known.isEmpty()
            ? "it has none; `karez experiment update %s` adds some".formatted(experiment.name())
            : "its actions are `" + String.join("`, `", known) + "`";
    return experiment.actions().stream()
        .filter(action -> action.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInputException(
                Problem.of("`%s` has no action `%s`".formatted(experiment.name(), name))
                    .hint(
                        Nearest.to(name, known)
                            .map("did you mean `%s`?"::formatted)
                            .orElse(hint))));
  }

  /// The directory of a job that the run has, relative to it.
  private static String name(RunDirectory run, RunDocument document, int job) {
    int jobs = RunHistory.of(new EventLog(run).read()).jobs(document);
    if (job < 0 || job >= jobs) {
      throw new InvalidInputException(
          Problem.of("run %s has no group %d".formatted(run.id(), job))
              .hint(jobs == 1 ? "its only group is 0" : "its groups are 0 to " + (jobs - 1)));
    }
    return document.directoryOf(job);
  }

  private static Path directory(RunDirectory run, RunDocument document, OptionalInt group) {
    if (group.isEmpty()) {
      return run.path();
    }
    int job = group.getAsInt();
    Path directory = run.job(name(run, document, job));
    if (!Files.isDirectory(directory)) {
      throw new InvalidInputException(
          Problem.of("group %d of run %s has not started".formatted(job, run.id()))
              .hint("`karez status %s` shows how its jobs stand".formatted(run.id())));
    }
    return directory;
  }
}
