package io.karez.cli;

import io.karez.cli.Form.Question;
import io.karez.define.Experiment;
import io.karez.project.Definitions;
import io.karez.project.Places;
import io.karez.project.Project;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.util.List;
import java.util.Optional;

/// Changes what is said of an experiment; its runs stay as they are.
final class ExperimentUpdate implements Verb {
  private final ProjectOptions project = new ProjectOptions();
  private final DefinitionOptions definition = new DefinitionOptions();
  private final OneName name = new OneName("experiment");
  private final Form form = ExperimentForm.withoutName();

  @Override
  public void declare(Options options) {
    name.declare(options, "update");
    form.declare(options);
    definition.declare(options);
    project.declare(options);
    options.footer(
        "",
        "Datasets and tags replace those there are (`--tag \"\"` for none); actions are added, or",
        "replace the one of the same name. Without options a terminal is asked.",
        "",
        "Example: karez experiment update train --dataset iris --tag baseline");
  }

  @Override
  public int run(Console console) {
    Project here = project.project();
    Definitions definitions = new Definitions(here);
    Experiment known = here.experiment(name.value());
    Experiment wanted = wanted(console, here, definitions, known);
    if (wanted.equals(known)) {
      console.out().println("experiment `%s` is as it was".formatted(known.name()));
      return ExitCode.DONE;
    }
    definition.paths(here).require(wanted);
    String saved = Places.shown(definitions.update(wanted));
    console.out().println("experiment `%s` is changed in `%s`".formatted(known.name(), saved));
    return ExitCode.DONE;
  }

  private Experiment wanted(
      Console console, Project here, Definitions definitions, Experiment known) {
    List<Question> questions =
        ExperimentForm.questions(form, here, definition.paths(here), Optional.of(known));
    Optional<DefinitionOptions.Written> written = definition.written();
    if (form.isEmpty() && written.isEmpty()) {
      if (!console.inTerminal()) {
        throw new InvalidInputException(
            Problem.of("nothing is said to be changed")
                .hint("`karez experiment update --help` shows what can be said"));
      }
      console.err().println("Enter keeps what stands in brackets, `-` empties it");
      form.ask(new Questions(console), questions);
    }
    form.check(questions, false);
    Experiment base =
        written.map(file -> definitions.readExperiment(file.text(), file.source())).orElse(known);
    if (!base.name().equals(known.name())) {
      throw new InvalidInputException(
          Problem.at(
                  Place.of(written.orElseThrow().source()),
                  "this describes `%s`, not `%s`".formatted(base.name(), known.name()))
              .hint("experiments are not renamed: register a new one"));
    }
    return ExperimentForm.over(base, form);
  }
}
