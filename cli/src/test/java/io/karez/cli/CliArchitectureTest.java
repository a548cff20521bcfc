package io.karez.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The rules of the library's `ArchitectureTest` that concern the command line too.
class CliArchitectureTest {
  private static final JavaClasses CLI =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.karez.cli");

  @Test
  void theCommandLineStartsNoProcesses() {
    noClasses().should().dependOnClassesThat().belongToAnyOf(ProcessBuilder.class).check(CLI);
    noClasses()
        .should()
        .callMethodWhere(target(name("exec")).and(target(owner(assignableTo(Runtime.class)))))
        .check(CLI);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(CLI)
        .allSatisfy(checked ->
            assertThat(checked.getPackage().isAnnotatedWith(NullMarked.class))
                .as(checked.getName())
                .isTrue());
  }
}
