package io.karez.cli;

import io.karez.define.Experiment;
import io.karez.define.ExperimentName;
import io.karez.project.Project;
import io.karez.store.RunStore;
import io.karez.text.InvalidInputException;
import io.karez.text.Json;
import io.karez.text.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lists the experiments; one that cannot be read hides no other.
final class ExperimentList implements Verb {
  private static final List<TextTable.Column> COLUMNS =
      List.of(
          TextTable.Column.of("NAME"),
          TextTable.Column.number("RUNS"),
          TextTable.Column.path("COMMAND"),
          TextTable.Column.text("DATASETS").leaving(2),
          TextTable.Column.text("TAGS").leaving(1),
          TextTable.Column.text("DESCRIPTION"));

  private final ProjectOptions project = new ProjectOptions();
  private boolean json;

  @Override
  public void declare(Options options) {
    options.flag("--json", "one JSON document", () -> json = true);
    project.declare(options);
    options.footer("", "Example: karez experiment list");
  }

  @Override
  public int run(Console console) {
    Project here = project.project();
    RunStore store = new RunStore(here.results());
    List<List<String>> rows = new ArrayList<>();
    List<Map<String, Object>> documents = new ArrayList<>();
    List<Problem> unread = new ArrayList<>();
    for (ExperimentName name : here.experiments()) {
      try {
        Experiment experiment = here.experiment(name.value());
        int runs = store.list(Optional.of(name)).size();
        rows.add(row(experiment, runs));
        documents.add(ExperimentText.document(experiment, here, runs));
      } catch (InvalidInputException e) {
        unread.addAll(e.problems());
      }
    }
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("schema", RunJson.SCHEMA);
      all.put("experiments", documents);
      console.out().println(Json.write(all));
    } else if (rows.isEmpty() && unread.isEmpty()) {
      console.err().println("there is no experiment yet: make one with `karez experiment new`");
    } else {
      ListedDefinitions.print(console, COLUMNS, rows);
    }
    return unread.isEmpty()
        ? ExitCode.DONE
        : new ErrorReport(console, false).problems(unread, ExitCode.FAILED);
  }

  private static List<String> row(Experiment experiment, int runs) {
    return List.of(
        experiment.name().value(),
        String.valueOf(runs),
        ExperimentText.command(experiment),
        ExperimentText.joined(experiment.datasets()),
        ExperimentText.joined(experiment.tags()),
        experiment.description());
  }
}
