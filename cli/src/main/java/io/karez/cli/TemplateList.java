package io.karez.cli;

import io.karez.launch.LaunchTemplates;
import io.karez.project.Places;
import io.karez.scheduler.Dialects;
import io.karez.template.ScriptType;
import io.karez.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists the launch templates that can be named here.
final class TemplateList implements Verb {
  private static final List<TextTable.Column> COLUMNS =
      List.of(
          TextTable.Column.of("template"),
          TextTable.Column.of("runs on"),
          TextTable.Column.path("from"));

  private final ProjectOptions project = new ProjectOptions();
  private boolean json;

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .flag("--json", "one JSON document", () -> json = true)
        .footer(
            "",
            "Templates of the project lie in `.karez/templates`, those of the user in"
                + " `~/.config/karez/templates`; of two of a name the first one listed counts.",
            "",
            "Example: karez template list");
  }

  @Override
  public int run(Console console) {
    List<LaunchTemplates.Found> all = LaunchCommand.templates(project).all();
    if (json) {
      List<Map<String, @Nullable Object>> templates = new ArrayList<>();
      for (LaunchTemplates.Found found : all) {
        Map<String, @Nullable Object> template = new LinkedHashMap<>();
        template.put("name", found.name().toString());
        template.put("type", found.name().type().word());
        template.put("engine", found.name().engine());
        template.put("origin", found.origin());
        template.put("file", found.file().map(Object::toString).orElse(null));
        template.put("runs", runs(found.name().type()));
        templates.add(template);
      }
      Map<String, @Nullable Object> document = new LinkedHashMap<>();
      document.put("schema", RunJson.SCHEMA);
      document.put("templates", templates);
      console.out().println(Json.write(document));
      return ExitCode.DONE;
    }
    TextTable table = new TextTable(COLUMNS, all.stream().map(TemplateList::row).toList());
    List<String> lines =
        console.outTerminal() ? table.lines(console.columns(), console.color()) : table.tabbed();
    lines.forEach(console.out()::println);
    return ExitCode.DONE;
  }

  private static List<TextTable.Cell> row(LaunchTemplates.Found found) {
    ScriptType type = found.name().type();
    return List.of(
        text(found.name().toString()),
        text(runs(type) ? type.runner() : type.runner() + ", only rendered yet"),
        text(found.file().map(Places::shown).orElse(found.origin())));
  }

  private static TextTable.Cell text(String text) {
    return TextTable.Cell.of(Printable.onLine(text));
  }

  /// Whether Karez speaks to what runs such scripts.
  static boolean runs(ScriptType type) {
    return Dialects.names().contains(type.runner());
  }
}
