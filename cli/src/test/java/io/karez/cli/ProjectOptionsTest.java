package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectOptionsTest {
  private static final String NOTHING = "{\"schema\":1,\"experiments\":[]}\n";

  @TempDir Path directory;

  @Test
  void case32_aSubDirectoryOfTheProjectIsAsGoodAsItsRoot() throws Exception {
    Karez karez = Karez.project(directory);
    Path below = Files.createDirectories(karez.root().resolve("code/deep"));

    assertThat(karez.from(below, "experiment", "list", "--json"))
        .isEqualTo(new Karez.Said(0, NOTHING, ""));
  }

  @Test
  void case32_elsewhereIsRefused() throws Exception {
    assertThat(Karez.at(directory).from(directory.toRealPath(), "experiment", "list", "--json"))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: `PROJECT` lies in no project
                hint: make one with `karez init`, or name one with `--project DIR`
                """));
  }

  @Test
  void aProjectCanBeNamedFromAnywhere() throws Exception {
    assertThat(Karez.project(directory).run("experiment", "list", "--json"))
        .isEqualTo(new Karez.Said(0, NOTHING, ""));
  }
}
