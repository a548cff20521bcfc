package io.karez.cli;

import io.karez.define.Experiment;
import io.karez.project.Project;
import io.karez.store.RunStore;
import io.karez.text.Json;
import io.karez.text.Yaml;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Shows one experiment.
final class ExperimentShow implements Verb {
  private final ProjectOptions project = new ProjectOptions();
  private final OneName name = new OneName("experiment");
  private boolean json;

  @Override
  public void declare(Options options) {
    name.declare(options, "show");
    options.flag("--json", "one JSON document", () -> json = true);
    project.declare(options);
    options.footer("", "Example: karez experiment show train");
  }

  @Override
  public int run(Console console) {
    Project here = project.project();
    Experiment experiment = here.experiment(name.value());
    int runs = new RunStore(here.results()).list(Optional.of(experiment.name())).size();
    Map<String, Object> document = ExperimentText.document(experiment, here, runs);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("schema", RunJson.SCHEMA);
    all.put("experiment", document);
    console
        .out()
        .println(json ? Json.write(all) : Printable.of(Yaml.write(document).stripTrailing()));
    return ExitCode.DONE;
  }
}
