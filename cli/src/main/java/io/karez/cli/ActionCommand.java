package io.karez.cli;

import io.karez.define.Action;
import io.karez.define.Experiment;
import io.karez.project.Project;
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
        .synopsis("karez action [OPTIONS] NAME ACTION RUN [--group N] [ARGS...]")
        .footer(
            "",
            "The action runs in the project's root and receives ARGS and `--storage_path`, the"
                + " directory of the run or of the job. What follows `--` is passed on as it is.",
            "Its exit code is that of this command.",
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
    Project here = project.project();
    Experiment experiment = here.experiment(words.name().get());
    Action action = action(experiment, words.program().getFirst());
    NamedRun named =
        RunWords.of(experiment.name(), words.program().get(1), new RunStore(here.results()));
    RunDirectory run = named.run();
    here.trust(here.file(experiment.name())).require();
    List<String> command = new ArrayList<>(action.command());
    command.addAll(words.program().subList(2, words.program().size()));
    Path directory = directory(run, group(named));
    command.addAll(List.of("--storage_path", RunJson.relative(here.root(), directory)));
    console.out().flush();
    return new LocalTransport().runAttached(Command.of(command).in(here.root()));
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

  private static Path directory(RunDirectory run, OptionalInt group) {
    if (group.isEmpty()) {
      return run.path();
    }
    int job = group.getAsInt();
    RunDocument document = RunDocument.read(run);
    int jobs = RunHistory.of(new EventLog(run).read()).jobs(document);
    if (job < 0 || job >= jobs) {
      throw new InvalidInputException(
          Problem.of("run %s has no group %d".formatted(run.id(), job))
              .hint(jobs == 1 ? "its only group is 0" : "its groups are 0 to " + (jobs - 1)));
    }
    Path directory = run.job(document.directoryOf(job));
    if (!Files.isDirectory(directory)) {
      throw new InvalidInputException(
          Problem.of("group %d of run %s has not started".formatted(job, run.id()))
              .hint("`karez status %s` shows how its jobs stand".formatted(run.id())));
    }
    return directory;
  }
}
