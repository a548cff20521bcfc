package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TextTableTest {
  private static final TextTable TABLE =
      new TextTable(
          List.of(
              TextTable.Column.number("id"),
              TextTable.Column.text("description"),
              TextTable.Column.path("path"),
              TextTable.Column.of("tags"),
              TextTable.Column.of("status")),
          List.of(
              row("9", "", "results/e/run_9", new TextTable.Cell("●", "running", Style.ACTIVE)),
              row("10", "日本語の説明", "results/e/run_10", TextTable.Cell.of("failed")),
              row("11", "e\u0301te\u0301", "results/e/run_11", TextTable.Cell.of("failed"))));

  private static List<TextTable.Cell> row(
      String id, String description, String path, TextTable.Cell status) {
    return List.of(
        TextTable.Cell.of(id),
        TextTable.Cell.of(description),
        TextTable.Cell.of(path),
        TextTable.Cell.of(""),
        status);
  }

  @Test
  void wideCharactersTakeTwoColumnsAndCombiningMarksNone() {
    assertThat(TABLE.lines(80, false))
        .containsExactly(
            "id  description   path              tags  status",
            " 9                results/e/run_9         ● running",
            "10  日本語の説明  results/e/run_10        failed",
            "11  e\u0301te\u0301           results/e/run_11        failed");
  }

  @Test
  void whereThereIsLittleRoomEmptyColumnsGoAndLongCellsAreCut() {
    assertThat(TABLE.lines(36, false))
        .containsExactly(
            "id  description  path      status",
            " 9               …/run_9   ● running",
            "10  日本語の説…  …/run_10  failed",
            "11  e\u0301te\u0301          …/run_11  failed");
  }

  @Test
  void programsGetEveryCellWholeBetweenTabs() {
    assertThat(TABLE.tabbed())
        .containsExactly(
            "id\tdescription\tpath\ttags\tstatus",
            "9\t\tresults/e/run_9\t\trunning",
            "10\t日本語の説明\tresults/e/run_10\t\tfailed",
            "11\te\u0301te\u0301\tresults/e/run_11\t\tfailed");
  }

  @Test
  void colourPaintsTheTextAndNotTheRoomAroundIt() {
    assertThat(TABLE.lines(80, true).get(1))
        .isEqualTo(" 9                results/e/run_9         \033[36m● running\033[0m");
  }
}
