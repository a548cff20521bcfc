package io.karez.define;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTest {
  private static final Place HERE = Place.of("--memory");

  @ParameterizedTest
  @CsvSource({
    "2G, 2147483648",
    "2GB, 2147483648",
    "2GiB, 2147483648",
    "2 gib, 2147483648",
    "512M, 536870912",
    "1.5k, 1536",
    "0.0001K, 1",
    "1T, 1099511627776",
    "1024P, 1152921504606846976",
  })
  void unitsAreBinaryWhateverTheirSpelling(String text, long bytes) {
    assertThat(Memory.parse(text, HERE)).isEqualTo(new Memory(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "-1G", "2X", "2GG", "1,5G", "2B", "1e3M", "2 G B"})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> Memory.parse(text, HERE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("--memory: `%s` is not an amount of memory", text);
  }

  @Test
  void aBareNumberIsRefusedBecauseSchedulersDisagreeAboutIt() {
    assertThatThrownBy(() -> Memory.parse("2048", HERE))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.problems().getFirst().hint())
                    .contains("say the unit, such as `2048M` or `2048G`"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0G", "1025P", "9999999999999999999P"})
  void noMachineHasNothingOrThatMuch(String text) {
    assertThatThrownBy(() -> Memory.parse(text, HERE))
        .hasMessage("--memory: `%s` is not an amount of memory that a machine has", text);
  }

  @Test
  void conversionsRoundUp() {
    assertThat(Memory.ofMebibytes(2048).gibibytes()).isEqualTo(2);
    assertThat(Memory.ofMebibytes(2049).gibibytes()).isEqualTo(3);
    assertThat(new Memory((1L << 20) + 1).mebibytes()).isEqualTo(2);
    assertThat(new Memory(1L << 20).mebibytes()).isEqualTo(1);
    assertThat(new Memory(1025).kibibytes()).isEqualTo(2);
    assertThat(new Memory(1024).kibibytes()).isEqualTo(1);
  }

  @Test
  void doublingIsExactAndPartsOfABytesCountAsOne() {
    assertThat(Memory.parse("3G", HERE).times(new BigDecimal("2"))).hasToString("6G");
    assertThat(new Memory(3).times(new BigDecimal("1.5"))).isEqualTo(new Memory(5));
  }

  @Test
  void itIsShownInTheLargestExactUnitAndReadBack() {
    assertThat(Memory.ofMebibytes(2049)).hasToString("2049M");
    assertThat(new Memory(1500)).hasToString("1.46484375K");
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      Memory memory = new Memory(1 + (random.nextLong(1L << 60) >> random.nextInt(60)));
      assertThat(Memory.parse(memory.toString(), HERE)).isEqualTo(memory);
    }
  }
}
