package io.karez.cli;

import io.karez.cli.Form.Question;
import io.karez.define.Dataset;
import io.karez.define.DatasetFile;
import io.karez.project.Definitions;
import io.karez.project.Places;
import io.karez.project.Project;
import java.util.List;
import java.util.Optional;

/// Registers a dataset.
final class DatasetNew implements Verb {
  private final ProjectOptions project = new ProjectOptions();
  private final DefinitionOptions definition = new DefinitionOptions();
  private final Form form = DatasetForm.withName();

  @Override
  public void declare(Options options) {
    options.synopsis("karez dataset new [OPTIONS] [NAME]");
    form.declare(options);
    definition.declare(options);
    project.declare(options);
    options.footer(
        "",
        "What is not said is asked for on a terminal.",
        "",
        "Examples:",
        "  karez dataset new iris --path data/iris",
        "  karez dataset new -f iris.yaml");
  }

  @Override
  public int run(Console console) {
    Project here = project.project();
    Definitions definitions = new Definitions(here);
    Dataset dataset = dataset(console, here);
    definitions.requireNew(dataset.name());
    definition.paths(here).require(dataset);
    String saved = Places.shown(definitions.add(dataset));
    console.out().println("dataset `%s` is registered in `%s`".formatted(dataset.name(), saved));
    return ExitCode.DONE;
  }

  private Dataset dataset(Console console, Project here) {
    List<Question> questions =
        DatasetForm.questions(here, definition.paths(here), Optional.empty());
    Optional<DefinitionOptions.Written> written = definition.written();
    boolean asks = written.isEmpty() && form.isIncomplete() && console.inTerminal();
    form.check(questions, written.isEmpty() && !asks);
    if (asks) {
      form.ask(new Questions(console), questions);
    }
    return written
        .map(file -> DatasetFile.read(file.text(), file.source(), Optional.empty()))
        .map(known -> DatasetForm.over(known, form))
        .orElseGet(() -> DatasetForm.of(form));
  }
}
