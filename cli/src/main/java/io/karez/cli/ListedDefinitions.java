package io.karez.cli;

import java.util.List;

/// Definitions in a table.
final class ListedDefinitions {
  private ListedDefinitions() {}

  /// @param rows texts as the files have them, one for each column
  static void print(Console console, List<TextTable.Column> columns, List<List<String>> rows) {
    TextTable table =
        new TextTable(
            columns,
            rows.stream().map(row -> row.stream().map(ListedDefinitions::cell).toList()).toList());
    List<String> lines =
        console.outTerminal() ? table.lines(console.columns(), console.color()) : table.tabbed();
    lines.forEach(console.out()::println);
  }

  private static TextTable.Cell cell(String text) {
    return TextTable.Cell.of(Printable.onLine(text));
  }
}
