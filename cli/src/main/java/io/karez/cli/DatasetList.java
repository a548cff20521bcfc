package io.karez.cli;

import io.karez.define.Dataset;
import io.karez.define.DatasetName;
import io.karez.project.Project;
import io.karez.text.InvalidInputException;
import io.karez.text.Json;
import io.karez.text.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lists the datasets; one that cannot be read hides no other.
final class DatasetList implements Verb {
  private static final List<TextTable.Column> COLUMNS =
      List.of(
          TextTable.Column.of("NAME"),
          TextTable.Column.path("PATH"),
          TextTable.Column.text("TAGS"),
          TextTable.Column.text("DESCRIPTION"));

  private final ProjectOptions project = new ProjectOptions();
  private boolean json;

  @Override
  public void declare(Options options) {
    options.flag("--json", "one JSON document", () -> json = true);
    project.declare(options);
    options.footer("", "Example: karez dataset list");
  }

  @Override
  public int run(Console console) {
    Project here = project.project();
    List<Dataset> datasets = new ArrayList<>();
    List<Problem> unread = new ArrayList<>();
    for (DatasetName name : here.datasets()) {
      try {
        datasets.add(here.dataset(name.value()));
      } catch (InvalidInputException e) {
        unread.addAll(e.problems());
      }
    }
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("schema", RunJson.SCHEMA);
      all.put("datasets", datasets.stream().map(d -> DatasetText.document(d, here)).toList());
      console.out().println(Json.write(all));
    } else if (datasets.isEmpty() && unread.isEmpty()) {
      console.err().println("there is no dataset yet: make one with `karez dataset new`");
    } else {
      ListedDefinitions.print(console, COLUMNS, datasets.stream().map(DatasetList::row).toList());
    }
    return unread.isEmpty()
        ? ExitCode.DONE
        : new ErrorReport(console, false).problems(unread, ExitCode.FAILED);
  }

  private static List<String> row(Dataset dataset) {
    return List.of(
        dataset.name().value(),
        dataset.path(),
        String.join(", ", dataset.tags()),
        dataset.description());
  }
}
