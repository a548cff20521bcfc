package io.karez.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {

  @Test
  void whatInstantWritesReadsBackTheSame() {
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      long nano =
          switch (i % 4) {
            case 0 -> 0;
            case 1 -> random.nextInt(1000) * 1_000_000L;
            case 2 -> random.nextInt(1_000_000) * 1000L;
            default -> random.nextInt(1_000_000_000);
          };
      Instant instant = Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L), nano);
      assertThat(Instants.read(instant.toString())).isEqualTo(instant);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-02-28T23:59:59Z", "2026-01-31T09:30:47.1Z", "2024-02-29T00:00:00.000001Z"})
  void agreesWithTheGeneralReader(String text) {
    assertThat(Instants.read(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-02-30T00:00:00Z",
        "2026-01-31T25:00:00Z",
        "2026-01-31T09:30:61Z"
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> Instants.read(text)).isInstanceOf(DateTimeException.class);
  }
}
