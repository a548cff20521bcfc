package io.karez.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.define.SubmitTemplate.Directive;
import io.karez.scheduler.slurm.Slurm;
import io.karez.text.InvalidInputException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscalationTest {
  private static final Directive EXCLUSIVE = new Directive("--exclusive", Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "--mem=100M, x2, --mem=200M",
    "--mem=4G, x1.5, --mem=6144M",
    "--mem=1000, x2, --mem=2000M",
    "--mem-per-cpu=1G, x3, --mem-per-cpu=3072M",
    "--mem=4G, 16G, --mem=16384M",
    "--mem-per-cpu=1G, 16G, --mem=16384M"
  })
  void memoryGrows(String before, String wish, String after) {
    assertThat(escalate(before, Optional.of(wish), Optional.empty()))
        .containsExactly(EXCLUSIVE, Directive.parse(after));
  }

  @ParameterizedTest
  @CsvSource({
    "--time=10, x2, --time=00:20:00",
    "--time=1-00:00:00, x1.5, --time=1-12:00:00",
    "-t 90, x1.1, -t 01:39:00",
    "--time=10:00, 4h, --time=04:00:00"
  })
  void timeGrows(String before, String wish, String after) {
    assertThat(escalate(before, Optional.empty(), Optional.of(wish)))
        .containsExactly(EXCLUSIVE, Directive.parse(after));
  }

  @Test
  void nothingCannotBeMultiplied() {
    assertThatThrownBy(() -> escalate("--time=10", Optional.of("x2"), Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("asked for no memory");
    assertThat(escalate("--time=10", Optional.of("2G"), Optional.empty()))
        .contains(Directive.parse("--mem=2048M"));
  }

  private static List<Directive> escalate(
      String before, Optional<String> memory, Optional<String> time) {
    return Escalation.of(new Slurm(), List.of(EXCLUSIVE, Directive.parse(before)), memory, time);
  }
}
