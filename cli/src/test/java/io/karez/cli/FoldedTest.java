package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldedTest {
  @TempDir Path directory;

  @Test
  void aLineBreaksAtBlanksAndGoesOnBelowItsValue() {
    assertThat(Folded.line("name  one two/three four", 15))
        .containsExactly("name  one", "      two/three", "      four");
    assertThat(Folded.line("a plain sentence", 10)).containsExactly("a plain", "sentence");
    assertThat(Folded.line("  1: a sentence", 10)).containsExactly("  1: a", "    sentence");
    assertThat(Folded.line("name  one", 9)).containsExactly("name  one");
  }

  @Test
  void aWordThatIsTooLongStaysWhole() {
    assertThat(Folded.line("directory  /a/very/long/path and more", 24))
        .containsExactly("directory  /a/very/long/path", "           and more");
  }

  @Test
  void coloursTakeNoRoom() {
    assertThat(Folded.line("\033[2mname\033[0m  one two", 13))
        .containsExactly("\033[2mname\033[0m  one two");
  }

  @Test
  void helpBreaksNoWord() throws Exception {
    Karez karez = Karez.project(directory);
    assertThat(karez.run("run", "--help").out())
        .contains("changes nothing. What `.karezignore`\n", " leaves out at the top of the");
  }

  @Test
  void aDescriptionIsWholeInAPipe() throws Exception {
    Karez karez = Karez.project(directory);
    karez.run("run", "--description", "x".repeat(100_000), "--", "true");
    assertThat(karez.run("status").out()).contains("x".repeat(100_000));
    assertThat(karez.run("status", "--json").out()).hasSizeGreaterThan(100);
  }
}
