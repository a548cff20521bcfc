package io.karez.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table: for people as wide as their terminal, for programs as lines of tab-separated cells.
///
/// @param rows each with a cell for every column
record TextTable(List<Column> columns, List<List<Cell>> rows) {
  private static final String GAP = "  ";

  /// The least that a column is shortened to, unless its head is longer.
  private static final int NARROW = 8;

  /// How a column gives way when the terminal is narrow.
  enum Fit {
    /// Only when nothing else helps, as `CUT_END`.
    WHOLE,
    CUT_END,
    CUT_START
  }

  /// @param turn when it leaves a terminal that is too narrow for all, 1 first; 0 for never
  record Column(String head, Fit fit, boolean right, int turn) {
    static Column of(String head) {
      return new Column(head, Fit.WHOLE, false, 0);
    }

    static Column number(String head) {
      return new Column(head, Fit.WHOLE, true, 0);
    }

    static Column text(String head) {
      return new Column(head, Fit.CUT_END, false, 0);
    }

    static Column path(String head) {
      return new Column(head, Fit.CUT_START, false, 0);
    }

    Column leaving(int turn) {
      return new Column(head, fit, right, turn);
    }

    private int least() {
      return Math.max(NARROW, DisplayWidth.of(head));
    }
  }

  /// @param symbol shown before the text to people only
  /// @param text on one line
  record Cell(String symbol, String text, Style style) {
    static Cell of(String text) {
      return new Cell("", text, Style.PLAIN);
    }

    static Cell of(String text, Style style) {
      return new Cell("", text, style);
    }

    private String shown() {
      return symbol.isEmpty() ? text : symbol + " " + text;
    }
  }

  /// For programs; nothing is shortened.
  List<String> tabbed() {
    List<String> lines = new ArrayList<>();
    lines.add(columns.stream().map(Column::head).collect(Collectors.joining("\t")));
    for (List<Cell> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(i == 0 ? "" : "\t").append(row.get(i).text());
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /// For people. When not everything fits, empty columns go first, then those that may leave, as
  /// many as must, then long cells are shortened.
  List<String> lines(int width, boolean color) {
    int[] widths = widths();
    if (total(widths) > width) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = isEmpty(i) ? 0 : widths[i];
      }
    }
    leave(widths, width);
    shrink(widths, width, column -> column.fit() != Fit.WHOLE);
    shrink(widths, width, column -> true);
    List<String> lines = new ArrayList<>();
    List<Cell> heads = columns.stream().map(column -> Cell.of(column.head(), Style.FAINT)).toList();
    lines.add(line(heads, widths, color));
    for (List<Cell> row : rows) {
      lines.add(line(row, widths, color));
    }
    return lines;
  }

  private int[] widths() {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = DisplayWidth.of(columns.get(i).head());
      for (List<Cell> row : rows) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i).shown()));
      }
    }
    return widths;
  }

  private boolean isEmpty(int column) {
    return rows.stream().allMatch(row -> row.get(column).text().isEmpty());
  }

  private static int total(int[] widths) {
    int shown = (int) Arrays.stream(widths).filter(width -> width > 0).count();
    return Arrays.stream(widths).sum() + GAP.length() * Math.max(0, shown - 1);
  }

  private void leave(int[] widths, int width) {
    List<Integer> leaving =
        IntStream.range(0, widths.length)
            .boxed()
            .filter(i -> columns.get(i).turn() > 0)
            .sorted(Comparator.comparingInt(i -> columns.get(i).turn()))
            .toList();
    for (int column : leaving) {
      if (total(shortest(widths)) > width) {
        widths[column] = 0;
      }
    }
  }

  private int[] shortest(int[] widths) {
    int[] shortest = widths.clone();
    for (int i = 0; i < shortest.length; i++) {
      Column column = columns.get(i);
      if (column.fit() != Fit.WHOLE) {
        shortest[i] = Math.min(shortest[i], column.least());
      }
    }
    return shortest;
  }

  /// Takes from the widest of the columns that give, one by one.
  private void shrink(int[] widths, int width, Predicate<Column> gives) {
    while (total(widths) > width) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        Column column = columns.get(i);
        boolean wider = widest < 0 || widths[i] > widths[widest];
        if (gives.test(column) && widths[i] > column.least() && wider) {
          widest = i;
        }
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
    }
  }

  private String line(List<Cell> cells, int[] widths, boolean color) {
    StringBuilder line = new StringBuilder();
    int pending = 0;
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] == 0) {
        continue;
      }
      String text = fitted(cells.get(i).shown(), columns.get(i).fit(), widths[i]);
      int padding = widths[i] - DisplayWidth.of(text);
      int before = pending + (columns.get(i).right() ? padding : 0);
      if (!text.isEmpty()) {
        line.append(" ".repeat(before)).append(cells.get(i).style().paint(text, color));
        pending = 0;
        before = 0;
      }
      pending = before + GAP.length() + (columns.get(i).right() && !text.isEmpty() ? 0 : padding);
    }
    return line.toString();
  }

  private static String fitted(String text, Fit fit, int width) {
    return switch (fit) {
      case WHOLE, CUT_END -> DisplayWidth.cut(text, width);
      case CUT_START -> wholeNames(DisplayWidth.cutStart(text, width));
    };
  }

  /// A path that was cut begins with a whole name, if one fits.
  private static String wholeNames(String path) {
    int slash = path.startsWith("…") ? path.indexOf('/') : -1;
    return slash > 0 ? "…" + path.substring(slash) : path;
  }
}
