package io.karez.cli;

import io.karez.define.DatasetName;
import io.karez.project.Definitions;
import io.karez.project.Places;
import io.karez.project.Project;

/// Removes the definition of a dataset; the data stay.
final class DatasetDelete implements Verb {
  private final ProjectOptions project = new ProjectOptions();
  private final OneName name = new OneName("dataset");
  private boolean yes;

  @Override
  public void declare(Options options) {
    name.declare(options, "delete");
    options.flag("--yes -y", "do not ask", () -> yes = true);
    project.declare(options);
    options.footer("", "Example: karez dataset delete iris");
  }

  @Override
  public int run(Console console) {
    Project here = project.project();
    Definitions definitions = new Definitions(here);
    DatasetName dataset = new DatasetName(name.value());
    definitions.requireUnused(dataset);
    String file = Places.shown(here.file(dataset));
    console.err().println("this removes `%s`, and none of the data".formatted(file));
    if (!Confirmation.of(console, "remove it?", yes)) {
      return ExitCode.FAILED;
    }
    definitions.delete(dataset);
    console.out().println("dataset `%s` is removed".formatted(dataset));
    return ExitCode.DONE;
  }
}
