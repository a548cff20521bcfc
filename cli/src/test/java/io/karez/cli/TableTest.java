package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Table TABLE =
      new Table(
          List.of("NAME", "DESCRIPTION"),
          List.of(
              List.of("a", "short"),
              List.of("train", "a description of more than thirty\ncharacters\u001b[1m")));

  @Test
  void aTerminalSeesAlignedColumnsThatFit() {
    assertThat(printed(true, 30))
        .isEqualTo(
            """
            NAME   DESCRIPTION
            a      short
            train  a description of more …
            """);
  }

  @Test
  void aWideTerminalSeesEverythingWithControlCharactersEscaped() {
    assertThat(printed(true, 100))
        .isEqualTo(
            """
            NAME   DESCRIPTION
            a      short
            train  a description of more than thirty\\ncharacters\\x1b[1m
            """);
  }

  @Test
  void aPipeGetsWholeValuesBetweenTabs() {
    assertThat(printed(false, 30))
        .isEqualTo("a\tshort\ntrain\ta description of more than thirty\\ncharacters\\x1b[1m\n");
  }

  private static String printed(boolean isTerminal, int columns) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    TABLE.print(
        new Console(
            InputStream.nullInputStream(),
            out,
            out,
            isTerminal,
            isTerminal,
            false,
            false,
            columns));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
