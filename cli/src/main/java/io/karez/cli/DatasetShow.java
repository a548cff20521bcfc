package io.karez.cli;

import io.karez.define.Dataset;
import io.karez.project.Project;
import io.karez.text.Json;
import io.karez.text.Yaml;
import java.util.LinkedHashMap;
import java.util.Map;

/// Shows one dataset.
final class DatasetShow implements Verb {
  private final ProjectOptions project = new ProjectOptions();
  private final OneName name = new OneName("dataset");
  private boolean json;

  @Override
  public void declare(Options options) {
    name.declare(options, "show");
    options.flag("--json", "one JSON document", () -> json = true);
    project.declare(options);
    options.footer("", "Example: karez dataset show iris");
  }

  @Override
  public int run(Console console) {
    Project here = project.project();
    Dataset dataset = here.dataset(name.value());
    Map<String, Object> document = DatasetText.document(dataset, here);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("schema", RunJson.SCHEMA);
    all.put("dataset", document);
    console
        .out()
        .println(json ? Json.write(all) : Printable.of(Yaml.write(document).stripTrailing()));
    return ExitCode.DONE;
  }
}
