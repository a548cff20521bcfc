package io.karez.define;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResourcesTest {
  private static Resources asking(
      Optional<Integer> cpus, Optional<Memory> memory, Optional<String> queue) {
    return new Resources(
        Optional.empty(),
        Optional.empty(),
        cpus,
        memory,
        Optional.empty(),
        Optional.empty(),
        queue,
        Optional.empty());
  }

  @Test
  void laterWinsFieldByField() {
    Optional<Memory> gigabyte = Optional.of(Memory.ofMebibytes(1024));
    Resources low = asking(Optional.of(1), gigabyte, Optional.of("short"));
    Resources high = asking(Optional.of(4), Optional.empty(), Optional.of("long"));
    assertThat(low.merge(high)).isEqualTo(asking(Optional.of(4), gigabyte, Optional.of("long")));
    assertThat(Resources.NONE.merge(low)).isEqualTo(low);
    assertThat(low.merge(Resources.NONE)).isEqualTo(low);
  }

  @Test
  void nonsenseCannotBeAskedFor() {
    assertThatThrownBy(() -> asking(Optional.of(-1), Optional.empty(), Optional.empty()))
        .hasMessage("cpus is less than 1: -1");
    assertThatThrownBy(() ->
            new Resources(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ZERO),
                Optional.empty(),
                Optional.empty()))
        .hasMessage("time is not positive: PT0S");
  }

  @Test
  void variablesMergeOneByOneAndForwardedNamesAsAList() {
    Environment low = new Environment(Map.of("A", "1", "B", "2"), Optional.of(List.of("PATH")));
    Environment high = new Environment(Map.of("B", "3"), Optional.empty());
    assertThat(low.merge(high))
        .isEqualTo(new Environment(Map.of("A", "1", "B", "3"), Optional.of(List.of("PATH"))));
  }

  @Test
  void aSecretIsNotWrittenIntoAScript() {
    assertThatThrownBy(() -> new Environment(Map.of("WANDB_API_KEY", "x"), Optional.empty()))
        .hasMessage(
            "environment: `WANDB_API_KEY` looks like a secret, and its value would be written into"
                + " scripts");
    assertThat(
            new Environment(
                    Map.of("API_KEY_FILE", "f", "TOKENIZERS_PARALLELISM", "0"), Optional.empty())
                .set())
        .hasSize(2);
  }
}
