package io.karez.cli;

import io.karez.cli.Form.Question;
import io.karez.define.Experiment;
import io.karez.project.Definitions;
import io.karez.project.Places;
import io.karez.project.Project;
import io.karez.text.Place;
import io.karez.text.ShellWords;
import java.util.List;
import java.util.Optional;

/// Registers an experiment.
final class ExperimentNew implements Verb {
  private final ProjectOptions project = new ProjectOptions();
  private final DefinitionOptions definition = new DefinitionOptions();
  private final Form form = ExperimentForm.withName();

  @Override
  public void declare(Options options) {
    options.synopsis("karez experiment new [OPTIONS] [NAME]");
    form.declare(options);
    definition.declare(options);
    project.declare(options);
    options.footer(
        "",
        "What is not said is asked for on a terminal.",
        "",
        "Examples:",
        "  karez experiment new",
        "  karez experiment new train --executable train.py --executable-command python3",
        "  karez experiment new -f train.yaml");
  }

  @Override
  public int run(Console console) {
    Project here = project.project();
    Definitions definitions = new Definitions(here);
    Experiment experiment = experiment(console, here, definitions);
    definitions.requireNew(experiment.name());
    definition.paths(here).require(experiment);
    String saved = Places.shown(definitions.add(experiment));
    console
        .out()
        .println("experiment `%s` is registered in `%s`".formatted(experiment.name(), saved));
    console.out().flush();
    command(experiment)
        .filter(program -> !Programs.isThere(program, here.root()))
        .ifPresent(program ->
            console.err().println("warning: there is no program `%s` here".formatted(program)));
    console.err().println("run it with `karez run %s`".formatted(experiment.name()));
    if (experiment.passPaths()) {
      console
          .err()
          .println(
              "its program receives `--storage_path DIR`%s after its own words; `pass_paths: false`"
                      .formatted(
                          experiment.datasets().isEmpty() ? "" : " and `--dataset_path P...`")
                  + " in `%s` switches that off".formatted(saved));
    }
    return ExitCode.DONE;
  }

  /// What runs the program; empty when it runs by itself.
  private static Optional<String> command(Experiment experiment) {
    return ShellWords.split(experiment.executableCommand(), Place.of("executable_command")).stream()
        .findFirst();
  }

  private Experiment experiment(Console console, Project here, Definitions definitions) {
    List<Question> questions =
        ExperimentForm.questions(form, here, definition.paths(here), Optional.empty());
    Optional<DefinitionOptions.Written> written = definition.written();
    boolean asks = written.isEmpty() && form.isIncomplete() && console.inTerminal();
    form.check(questions, written.isEmpty() && !asks);
    if (asks) {
      form.ask(new Questions(console), questions);
    }
    return written
        .map(file -> definitions.readExperiment(file.text(), file.source()))
        .map(known -> ExperimentForm.over(known, form))
        .orElseGet(() -> ExperimentForm.of(form));
  }
}
