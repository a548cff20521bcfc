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
              described(
                  "9", "", "results/e/run_9", new TextTable.Cell("●", "running", Style.ACTIVE)),
              described("10", "日本語の説明", "results/e/run_10", TextTable.Cell.of("failed")),
              described("11", "e\u0301te\u0301", "results/e/run_11", TextTable.Cell.of("failed"))));

  private static List<TextTable.Cell> row(
      String id, String path, String date, TextTable.Cell status) {
    return List.of(TextTable.Cell.of(id), TextTable.Cell.of(path), TextTable.Cell.of(date), status);
  }

  private static List<TextTable.Cell> described(
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
  void columnsThatMayLeaveDoSoInTheirTurnUntilTheRestFits() {
    TextTable table =
        new TextTable(
            List.of(
                TextTable.Column.number("id"),
                TextTable.Column.path("path").leaving(1),
                TextTable.Column.of("launch date").leaving(2),
                TextTable.Column.of("status")),
            List.of(
                row("9", "results/e/run_9", "2026-01-31 09:05:00", TextTable.Cell.of("failed"))));

    assertThat(table.lines(50, false).getLast())
        .isEqualTo(" 9  results/e/run_9  2026-01-31 09:05:00  failed");
    assertThat(table.lines(45, false).getLast())
        .isEqualTo(" 9  …/e/run_9     2026-01-31 09:05:00  failed");
    assertThat(table.lines(40, false).getLast()).isEqualTo(" 9  2026-01-31 09:05:00  failed");
    assertThat(table.lines(20, false).getLast()).isEqualTo(" 9  failed");
  }

  @Test
  void noLineIsWiderThanTheTerminalThoughNothingMoreCanLeave() {
    TextTable table =
        new TextTable(
            List.of(TextTable.Column.number("id"), TextTable.Column.of("status")),
            List.of(List.of(TextTable.Cell.of("9"), TextTable.Cell.of("● running 12/20 done"))));

    assertThat(table.lines(16, false)).containsExactly("id  status", " 9  ● running 1…");
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
