package io.karez.cli;

import io.karez.define.ConfigFile;
import io.karez.text.Json;
import io.karez.text.Yaml;
import java.util.LinkedHashMap;
import java.util.Map;

/// Shows the settings in force.
final class ConfigShow implements Verb {
  private final ConfigScope scope = new ConfigScope();
  private boolean json;

  @Override
  public void declare(Options options) {
    options.flag("--json", "one JSON document", () -> json = true);
    scope.declare(options);
    options.footer("", "Example: karez config show");
  }

  @Override
  public int run(Console console) {
    Map<String, Object> fields = ConfigFile.fields(scope.config());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("schema", RunJson.SCHEMA);
    all.put("config", fields);
    console
        .out()
        .println(json ? Json.write(all) : Printable.of(Yaml.write(fields).stripTrailing()));
    return ExitCode.DONE;
  }
}
