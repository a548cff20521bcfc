package io.karez.expand;

import static io.karez.expand.Expanded.lines;
import static io.karez.expand.Expanded.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.text.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ValueGridTest {

  private static ValueGrid grid(String json) {
    return ValueGrid.of((Map<?, ?>) Objects.requireNonNull(Json.read(json, "v.json")), "v.json");
  }

  @Test
  void case74_theFirstKeyVariesFastest() {
    ValueGrid grid = grid("{\"iterations\": [1, 2, 3], \"mode\": [\"test\", \"prod\"]}");
    assertThat(lines(grid))
        .containsExactly(
            "--iterations 1 --mode test",
            "--iterations 2 --mode test",
            "--iterations 3 --mode test",
            "--iterations 1 --mode prod",
            "--iterations 2 --mode prod",
            "--iterations 3 --mode prod");
    assertThat(grid.at(0).parameters()).isEqualTo(Map.of("iterations", 1L, "mode", "test"));
    assertThatThrownBy(() -> grid.at(6)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void case74_quotesArePassedOnAndSeveralNamesZip() {
    ValueGrid grid =
        grid("{\"a,b\": [[1, \"it's\"], [2, [3, 4]]], \"c\": 0.10, \"on\": true, \"off\": false}");
    assertThat(grid.stream().map(ParameterSet::args))
        .containsExactly(
            List.of("--a", "1", "--b", "it's", "--c", "0.10", "--on"),
            List.of("--a", "2", "--b", "3", "4", "--c", "0.10", "--on"));
  }

  @Test
  void faultsComeTogether() {
    assertThat(
            problems(
                () -> grid("{\"a\": [], \"b\": [null], \"c\": {}, \"d,e\": [[1, 2], [1], 3]}")))
        .containsExactly(
            "v.json: `a` has no values",
            "v.json: a value of `b` is null",
            "v.json: a value of `c` is an object",
            "v.json: a value of `d,e` is not a list of 2 values",
            "v.json: a value of `d,e` is not a list of 2 values");
  }
}
