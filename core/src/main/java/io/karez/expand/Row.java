package io.karez.expand;

import io.karez.text.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One row of a table: its arguments, positionals first.
record Row(Place place, List<Argument> arguments) {

  /// A column's name, said to be an option, a key or a position.
  ///
  /// @param position of a positional
  record Column(String name, Optional<Integer> position) {
    static Column of(String name) {
      return name.matches("[0-9]{1,6}")
          ? new Column(name, Optional.of(Integer.valueOf(name)))
          : new Column(
              name.startsWith("-") || name.endsWith("=") ? name : "--" + name, Optional.empty());
    }

    /// The values are one, but for an option: none is a flag, several are several words.
    Argument argument(List<String> values) {
      if (position.isPresent()) {
        return new Argument.Positional(values.getFirst());
      }
      if (name.endsWith("=")) {
        String key = name.substring(0, name.length() - 1);
        return new Argument.Assignment(name + values.getFirst(), key, values.getFirst());
      }
      return new Argument.Option(name, values);
    }

    boolean takesOneValue() {
      return position.isPresent() || name.endsWith("=");
    }
  }

  /// A column of one row and what it gives there.
  record Cell(Column column, Argument argument) {}

  static Row of(Place place, List<Cell> cells) {
    List<Cell> ordered = new ArrayList<>(cells);
    ordered.sort(
        Comparator.comparingInt(cell -> cell.column().position().orElse(Integer.MAX_VALUE)));
    return new Row(place, ordered.stream().map(Cell::argument).toList());
  }
}
