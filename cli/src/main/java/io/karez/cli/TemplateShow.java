package io.karez.cli;

import io.karez.launch.LaunchTemplates;
import io.karez.template.Jinja;
import io.karez.text.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Shows a launch template, so that it can be copied and changed.
final class TemplateShow implements Verb {
  private final ProjectOptions project = new ProjectOptions();
  private List<String> words = List.of();
  private boolean json;

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words("TEMPLATE", "1", "a name, as `template list` shows it, or a path", w -> words = w)
        .flag("--json", "one JSON document, with the names that it takes", () -> json = true)
        .footer("", "Example: karez template show job.slurm.j2 > .karez/templates/mine.slurm.j2");
  }

  @Override
  public int run(Console console) {
    LaunchTemplates.Found found = LaunchCommand.templates(project).find(words.getFirst());
    if (!json) {
      console.out().print(found.template().text());
      console.out().flush();
      return ExitCode.DONE;
    }
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("schema", RunJson.SCHEMA);
    document.put("name", found.name().toString());
    document.put("type", found.name().type().word());
    document.put("origin", found.origin());
    document.put("names", List.copyOf(new Jinja().placeholders(found.template())));
    document.put("text", found.template().text());
    console.out().println(Json.write(document));
    return ExitCode.DONE;
  }
}
