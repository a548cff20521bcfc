package io.karez.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  private static final String VIOLATIONS = "io.karez.architecture.violations";

  @TestFactory
  Stream<DynamicTest> theLibraryKeepsTo() {
    JavaClasses library =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.karez");
    assertThat(library).isNotEmpty();
    return new ArchitectureRules("io.karez")
        .all().entrySet().stream()
            .map(rule ->
                DynamicTest.dynamicTest(
                    rule.getKey(), () -> rule.getValue().as(rule.getKey()).check(library)));
  }

  @Test
  void eachRuleFindsWhatBreaksIt() {
    JavaClasses bad = new ClassFileImporter().importPackages(VIOLATIONS);
    Map<String, List<String>> found = new TreeMap<>();
    new ArchitectureRules(VIOLATIONS)
        .all()
        .forEach((sentence, rule) ->
            found.put(
                sentence,
                rule.evaluate(bad).getFailureReport().getDetails().stream()
                    .map(ArchitectureTest::firstClass)
                    .distinct()
                    .sorted()
                    .toList()));

    assertThat(found)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("a step uses no step to its right", List.of("define.UsesExpand")),
                Map.entry("a foundation uses only what is below it", List.of("text.UsesExpand")),
                Map.entry("a pure package runs nothing", List.of("define.RunsCommands")),
                Map.entry("a step knows no concrete transport", List.of("submit.PicksLocal")),
                Map.entry("only `transport` starts processes", List.of("expand.StartsProcess")),
                Map.entry("only `transport` executes commands", List.of("expand.Executes")),
                Map.entry(
                    "only `cli` prints and exits",
                    List.of("expand.Exits", "expand.Prints", "expand.PrintsTrace")),
                Map.entry("the library does not use the command line", List.of("submit.UsesCli")),
                Map.entry(
                    "nothing below the library's front uses it", List.of("launch.UsesRunner")),
                Map.entry("every package is null-marked", List.of("unmarked.Unmarked")),
                Map.entry("packages have no cycles", List.of("define.UsesExpand"))));
  }

  private static String firstClass(String detail) {
    Matcher name = Pattern.compile(Pattern.quote(VIOLATIONS) + "\\.(\\w+\\.\\w+)").matcher(detail);
    return name.find() ? name.group(1) : detail;
  }
}
