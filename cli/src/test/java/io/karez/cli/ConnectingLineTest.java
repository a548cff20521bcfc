package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.cli.ConnectingLine.Wait;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConnectingLineTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
  private final Wait wait =
      new Wait(
          new Console(InputStream.nullInputStream(), err, err, true, true, true, false, 80, 24),
          "far");

  @Test
  void whoWaitsIsTold() {
    wait.tell(() -> false);
    assertThat(said).hasToString("connecting to far ...\n");
  }

  @Test
  void nothingIsSaidIntoAQuestion() {
    wait.tell(() -> true);
    assertThat(said).hasToString("");
  }

  @Test
  void nothingIsSaidOnceTheWaitIsOverHoweverLongTheLookForAQuestionTakes() {
    wait.tell(() -> {
      wait.close();
      return false;
    });
    assertThat(said).hasToString("");
  }
}
