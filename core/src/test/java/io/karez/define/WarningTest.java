package io.karez.define;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.text.Place;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningTest {
  @Test
  void aSignalAndSecondsAreRead() {
    assertThat(read("USR1@120"))
        .isEqualTo(new Warning("USR1", Duration.ofMinutes(2), false))
        .isEqualTo(read("sigusr1@120"));
    assertThat(read("HUP@60:requeue")).isEqualTo(new Warning("HUP", Duration.ofMinutes(1), true));
  }

  @ParameterizedTest
  @CsvSource({
    "USR1, is not a signal and seconds",
    "USR1@2m, is not a signal and seconds",
    "USR1@120:again, is not a signal and seconds",
    "USR3@120, `USR3` is not handed on to programs",
    "KILL@120, `KILL` is not handed on to programs",
    "USR1@0, the seconds are between 1 and 65535",
    "USR1@65536, the seconds are between 1 and 65535",
    "TERM@120:requeue, `TERM` also comes when a job is cancelled"
  })
  void anythingElseIsRefused(String text, String why) {
    assertThatThrownBy(() -> read(text)).hasMessageContaining(why);
  }

  private static Warning read(String text) {
    return Warning.parse(text, Place.of("--signal"));
  }
}
