package io.karez.cli;

import java.util.ArrayList;
import java.util.List;

/// Rows for people, fitted to the terminal; in a pipe every value whole, between tabs, without the
/// heading.
record Table(List<String> heading, List<List<String>> rows) {
  private static final String GAP = "  ";

  void print(Console console) {
    if (!console.outTerminal()) {
      rows.forEach(row ->
          console.out().println(String.join("\t", row.stream().map(Printable::onLine).toList())));
      return;
    }
    List<List<String>> lines = new ArrayList<>();
    lines.add(heading);
    rows.forEach(row -> lines.add(row.stream().map(Printable::onLine).toList()));
    int[] widths = fitted(lines, console.columns());
    lines.forEach(line -> console.out().println(line(line, widths)));
  }

  /// As wide as needed; when that is too much the widest columns give.
  private static int[] fitted(List<List<String>> lines, int columns) {
    int count = lines.getFirst().size();
    int[] widths = new int[count];
    for (List<String> line : lines) {
      for (int i = 0; i < count; i++) {
        widths[i] = Math.max(widths[i], length(line.get(i)));
      }
    }
    int room = columns - GAP.length() * (count - 1);
    for (int total = total(widths); total > room; total--) {
      int widest = 0;
      for (int i = 1; i < count; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= 4) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cut(cells.get(i), widths[i]);
      line.append(cell).append(" ".repeat(widths[i] - length(cell))).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String cell, int width) {
    return length(cell) <= width
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static int total(int[] widths) {
    int total = 0;
    for (int width : widths) {
      total += width;
    }
    return total;
  }
}
