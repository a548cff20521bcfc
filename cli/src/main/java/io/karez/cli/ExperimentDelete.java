package io.karez.cli;

import io.karez.define.ExperimentName;
import io.karez.project.Definitions;
import io.karez.project.Places;
import io.karez.project.Project;
import io.karez.store.RunStore;
import java.util.Optional;

/// Removes the definition of an experiment; its runs stay.
final class ExperimentDelete implements Verb {
  private final ProjectOptions project = new ProjectOptions();
  private final OneName name = new OneName("experiment");
  private boolean yes;

  @Override
  public void declare(Options options) {
    name.declare(options, "delete");
    options.flag("--yes -y", "do not ask", () -> yes = true);
    project.declare(options);
    options.footer("", "Example: karez experiment delete train");
  }

  @Override
  public int run(Console console) {
    Project here = project.project();
    Definitions definitions = new Definitions(here);
    ExperimentName experiment = new ExperimentName(name.value());
    definitions.requireThere(experiment);
    String file = Places.shown(here.file(experiment));
    int runs = new RunStore(here.results()).list(Optional.of(experiment)).size();
    console.err().println("this removes `%s`, and nothing else".formatted(file));
    if (runs > 0) {
      console
          .err()
          .println(
              "%s in `%s`"
                  .formatted(
                      runs == 1 ? "its run stays" : "its %d runs stay".formatted(runs),
                      Places.shown(here.results().resolve(experiment.value()))));
    }
    if (!Confirmation.of(console, "remove it?", yes)) {
      return ExitCode.FAILED;
    }
    definitions.delete(experiment);
    console.out().println("experiment `%s` is removed".formatted(experiment));
    return ExitCode.DONE;
  }
}
