package io.karez.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.template.TemplateEngine.WhenUndefined;
import io.karez.text.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The templates that come with Karez, filled with everything that they take.
class ShippedTemplatesTest {
  private static final Path FILLED = JinjaCase.directory().resolveSibling("shipped");

  static List<TemplateName> names() {
    return ShippedTemplates.names();
  }

  static String fill(TemplateName name) {
    Map<String, Object> first = new LinkedHashMap<>();
    first.put("iterations", 1);
    first.put("mode", "test");
    Map<String, Object> second = new LinkedHashMap<>();
    second.put("iterations", 2);
    second.put("mode", "it's");
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("command", "./simulate");
    values.put("configurations", List.of(first, second));
    values.put("setup", List.of("module load python"));
    values.put("name", "trial");
    values.put("nodes", 1);
    values.put("tasks", 2);
    values.put("cpus", 4);
    values.put("memory", "4G");
    values.put("gpus", 1);
    values.put("time", "1:00:00");
    values.put("queue", "short");
    values.put("account", "research");
    values.put("directives", List.of("--further"));
    values.put("at_a_time", 1);
    values.put("parallel_environment", "smp");
    values.put("image", "python:3");
    return new Jinja().render(template(name), values, WhenUndefined.ERROR);
  }

  private static Template template(TemplateName name) {
    String file = name.toString();
    return new Template(file, ShippedTemplates.text(file).orElseThrow(), ShippedTemplates::text);
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachIsFilledAsRecorded(TemplateName name) throws IOException {
    assertThat(fill(name) + "\n")
        .isEqualTo(Files.readString(FILLED.resolve(name.script() + ".txt")));
  }

  @Test
  void nothingIsRecordedOfATemplateThatIsNotThere() throws IOException {
    try (Stream<Path> files = Files.list(FILLED)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              names().stream().map(name -> name.script() + ".txt").toList());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aCommandAloneIsEnough(TemplateName name) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("command", "./simulate");
    values.put("configurations", List.of(Map.of()));
    values.put("image", "python:3");
    assertThat(new Jinja().render(template(name), values, WhenUndefined.ERROR))
        .contains("./simulate");
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatIsMadeCanBeRead(TemplateName name) throws Exception {
    String text = fill(name);
    switch (name.type()) {
      case KUBERNETES -> assertThat(Yaml.read(text, "manifest")).isPresent();
      case HTCONDOR -> assertThat(text).contains("\nqueue words from (\n");
      default -> {
        Process shell = new ProcessBuilder("/bin/sh", "-n").redirectErrorStream(true).start();
        shell.getOutputStream().write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        shell.getOutputStream().close();
        assertThat(
                new String(
                    shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
            .isEmpty();
        assertThat(shell.waitFor()).isZero();
      }
    }
  }
}
