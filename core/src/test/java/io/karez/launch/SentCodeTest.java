package io.karez.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.launch.SentCode.Sending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentCodeTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Sending FIRST = new Sending(NOON, true, Optional.of("a"));
  private static final Sending SECOND = new Sending(NOON.plusSeconds(60), true, Optional.of("b"));

  @TempDir Path results;
  private SentCode sent;

  @BeforeEach
  void aSite() {
    sent = new SentCode(results, "far");
  }

  @Test
  void transfersOfOneSiteAreFoundInTheOrderOfTheirTimes() {
    sent.add(SECOND);
    sent.add(FIRST);
    new SentCode(results, "other").add(new Sending(NOON.plusSeconds(90), true, Optional.of("c")));

    assertThat(sent.last()).contains(SECOND);
    assertThat(sent.changesSince(NOON)).containsExactly(SECOND);
  }

  @Test
  void aFileThatCannotBeReadIsPassedOver() throws IOException {
    Files.createDirectories(results.resolve(".sent/0.jsonl"));
    Files.createDirectories(results.resolve(".sent/zzz.jsonl"));
    sent.add(FIRST);
    assertThat(sent.last()).contains(FIRST);
  }

  @Test
  void whatCannotBeNotedIsNotKnownAndFailsNothing() throws IOException {
    Files.createFile(results.resolve(".sent"));
    sent.add(FIRST);
    assertThat(sent.last()).isEmpty();
    assertThat(sent.changesSince(NOON.minusSeconds(1))).isEmpty();
  }
}
