package io.karez.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Names and values under each other.
final class Fields {
  private Fields() {}

  /// A first field that is always there, then those that have a value.
  static List<String> lines(String first, String title, Map<String, String> fields, boolean color) {
    int width = Math.max(first.length(), width(fields));
    List<String> lines = new ArrayList<>();
    lines.add(line(first, Style.HEAD.paint(Printable.onLine(title), color), width, color));
    lines.addAll(lines(fields, width, color));
    return lines;
  }

  /// Those that have a value, two columns further in.
  static List<String> indented(Map<String, String> fields, boolean color) {
    return lines(fields, width(fields), color).stream().map(line -> "  " + line).toList();
  }

  private static List<String> lines(Map<String, String> fields, int width, boolean color) {
    return fields.entrySet().stream()
        .filter(field -> !field.getValue().isEmpty())
        .map(field -> line(field.getKey(), Printable.onLine(field.getValue()), width, color))
        .toList();
  }

  private static int width(Map<String, String> fields) {
    return fields.entrySet().stream()
        .filter(field -> !field.getValue().isEmpty())
        .mapToInt(field -> field.getKey().length())
        .max()
        .orElse(0);
  }

  private static String line(String name, String value, int width, boolean color) {
    return Style.FAINT.paint(name, color) + " ".repeat(width - name.length() + 2) + value;
  }
}
