package io.karez.define;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.text.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "_", "summary_iris", "A.b-c_9"})
  void theseNameAnExperiment(String name) {
    assertThat(new ExperimentName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "last", "9a", "-a", ".ids", "a/b", "a b", "a\n", "é", "..", "a:b"})
  void theseDoNot(String name) {
    assertThatThrownBy(() -> new ExperimentName(name))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("`" + name + "` cannot name an experiment");
  }

  @Test
  void aNameFitsIntoAFileName() {
    assertThat(new ExperimentName("a".repeat(200)).value()).hasSize(200);
    assertThatThrownBy(() -> new ExperimentName("a".repeat(201)))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void aDatasetIsKnownToProgramsByAVariable() {
    assertThat(new DatasetName("iris").variable()).isEqualTo("KAREZ_DATASET_IRIS");
    assertThat(new DatasetName("20news-v1.2").variable()).isEqualTo("KAREZ_DATASET_20NEWS_V1_2");
  }

  @Test
  void numbersBeginWhereTheyShould() {
    assertThatThrownBy(() -> new RunId(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new JobIndex(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(new RunId(4)).isLessThan(new RunId(10)).hasToString("4");
    assertThat(new JobIndex(0)).isLessThan(new JobIndex(1)).hasToString("0");
  }
}
