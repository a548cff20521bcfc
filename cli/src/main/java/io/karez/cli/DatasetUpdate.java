package io.karez.cli;

import io.karez.cli.Form.Question;
import io.karez.define.Dataset;
import io.karez.define.DatasetFile;
import io.karez.project.Definitions;
import io.karez.project.Places;
import io.karez.project.Project;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.util.List;
import java.util.Optional;

/// Changes what is said of a dataset; the data stay as they are.
final class DatasetUpdate implements Verb {
  private final ProjectOptions project = new ProjectOptions();
  private final DefinitionOptions definition = new DefinitionOptions();
  private final OneName name = new OneName("dataset");
  private final Form form = DatasetForm.withoutName();

  @Override
  public void declare(Options options) {
    name.declare(options, "update");
    form.declare(options);
    definition.declare(options);
    project.declare(options);
    options.footer(
        "",
        "Tags replace those there are (`--tag \"\"` for none). Without options a terminal is asked.",
        "",
        "Example: karez dataset update iris --path data/iris-2");
  }

  @Override
  public int run(Console console) {
    Project here = project.project();
    Dataset known = here.dataset(name.value());
    Dataset wanted = wanted(console, here, known);
    if (wanted.equals(known)) {
      console.out().println("dataset `%s` is as it was".formatted(known.name()));
      return ExitCode.DONE;
    }
    definition.paths(here).require(wanted);
    String saved = Places.shown(new Definitions(here).update(wanted));
    console.out().println("dataset `%s` is changed in `%s`".formatted(known.name(), saved));
    return ExitCode.DONE;
  }

  private Dataset wanted(Console console, Project here, Dataset known) {
    List<Question> questions =
        DatasetForm.questions(here, definition.paths(here), Optional.of(known));
    Optional<DefinitionOptions.Written> written = definition.written();
    if (form.isEmpty() && written.isEmpty()) {
      if (!console.inTerminal()) {
        throw new InvalidInputException(
            Problem.of("nothing is said to be changed")
                .hint("`karez dataset update --help` shows what can be said"));
      }
      console.err().println("Enter keeps what stands in brackets, `-` empties it");
      form.ask(new Questions(console), questions);
    }
    form.check(questions, false);
    Dataset base =
        written
            .map(file -> DatasetFile.read(file.text(), file.source(), Optional.of(known.name())))
            .orElse(known);
    return DatasetForm.over(base, form);
  }
}
