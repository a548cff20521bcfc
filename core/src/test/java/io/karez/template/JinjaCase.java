package io.karez.template;

import io.karez.template.TemplateEngine.WhenUndefined;
import io.karez.text.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// A template with its values and what Jinja2 has made of it; `render.py` beside them says more.
///
/// @param sections by the words after `--- `
record JinjaCase(String name, Map<String, String> sections) {

  static Path directory() {
    try {
      URL file = Objects.requireNonNull(JinjaCase.class.getResource("/jinja/render.py"));
      return Path.of(file.toURI()).resolveSibling(".").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<JinjaCase> all() throws IOException {
    Map<String, JinjaCase> cases = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory(), "*.case")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replace(".case", "");
        cases.put(name, new JinjaCase(name, sections(Files.readString(file))));
      }
    }
    return List.copyOf(cases.values());
  }

  private static Map<String, String> sections(String text) {
    Map<String, String> sections = new LinkedHashMap<>();
    String name = "";
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("--- ")) {
        sections.put(name, String.join("\n", lines));
        name = line.substring(4);
        lines.clear();
      } else {
        lines.add(line);
      }
    }
    return sections;
  }

  /// Empty where it refuses the template.
  Optional<String> expected() {
    return Optional.ofNullable(sections.get("output"));
  }

  String render() {
    boolean strict = sections.containsKey("values strict");
    String values = sections.get(strict ? "values strict" : "values");
    Map<String, Object> named = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(Json.read(Objects.requireNonNull(values), name)))
        .forEach((key, value) -> named.put(String.valueOf(key), value));
    Template template =
        new Template(
            name,
            Objects.requireNonNull(sections.get("template")),
            sibling -> Optional.ofNullable(sections.get("sibling " + sibling)));
    return new Jinja().render(template, named, strict ? WhenUndefined.ERROR : WhenUndefined.EMPTY);
  }

  @Override
  public String toString() {
    return name;
  }
}
