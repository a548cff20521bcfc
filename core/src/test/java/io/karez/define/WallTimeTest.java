package io.karez.define;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.text.Place;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WallTimeTest {
  private static final Place HERE = Place.of("--time");

  @ParameterizedTest
  @CsvSource({
    "1h, PT1H",
    "30m, PT30M",
    "45s, PT45S",
    "1d12h, PT36H",
    "1h30m15s, PT1H30M15S",
    "90, PT1H30M",
    "10:00, PT10M",
    "10:00:00, PT10H",
    "30:00:00, PT30H",
    "1-00:00:00, PT24H",
    "1-12, PT36H",
    "1-12:30, PT36H30M",
    "0-00:00:01, PT1S",
  })
  void timesAreReadAsSlurmReadsThemOrWithUnits(String text, Duration time) {
    assertThat(WallTime.parse(text, HERE)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "h", "1h1h", "30m1h", "1:60", "1:00:60", "1-24:00", "1.5h", "-5", "1-"})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> WallTime.parse(text, HERE))
        .hasMessage("--time: `%s` is not a time limit", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "00:00:00", "0-00:00:00", "0s"})
  void zeroIsNotUnlimited(String text) {
    assertThatThrownBy(() -> WallTime.parse(text, HERE))
        .hasMessage("--time: a time limit of zero leaves the program no time");
  }

  @Test
  void itIsWrittenWithDaysAndReadBack() {
    assertThat(WallTime.format(Duration.ofHours(30))).isEqualTo("1-06:00:00");
    assertThat(WallTime.format(Duration.ofHours(10))).isEqualTo("10:00:00");
    assertThat(WallTime.format(Duration.ofMillis(59_001))).isEqualTo("00:01:00");
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      Duration time = Duration.ofSeconds(1 + (random.nextInt(1 << 30) >> random.nextInt(30)));
      assertThat(WallTime.parse(WallTime.format(time), HERE)).isEqualTo(time);
    }
  }

  @Test
  void minutesAreRoundedUp() {
    assertThat(WallTime.minutes(Duration.ofSeconds(60))).isEqualTo(1);
    assertThat(WallTime.minutes(Duration.ofSeconds(61))).isEqualTo(2);
    assertThat(WallTime.minutes(Duration.ofMillis(60_001))).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"7, 0:00:07", "3605, 1:00:05", "259200, 3-00:00:00", "126000, 1-11:00:00"})
  void aPersonReadsItWithoutTheFirstZero(long seconds, String text) {
    assertThat(WallTime.shown(Duration.ofSeconds(seconds))).isEqualTo(text);
  }
}
