package io.karez.expand;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;

/// A product within each row of a table. The row's arguments come last.
record RowSweep(Table table, Product product) implements Sweep {
  RowSweep {
    Counts.times(table.rows(), product.count());
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(table.rows() * product.count());
  }

  /// Written out, since the iterator of a flat-mapped stream holds all of a row's sets at once.
  @Override
  public Iterator<ParameterSet> iterator() {
    return new Iterator<>() {
      private final Iterator<List<Argument>> rows = table.iterator();
      private List<Argument> row = List.of();
      private long index = product.count();

      @Override
      public boolean hasNext() {
        return index < product.count() || rows.hasNext();
      }

      @Override
      public ParameterSet next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        if (index == product.count()) {
          row = rows.next();
          index = 0;
        }
        List<Argument> arguments = new ArrayList<>(product.arguments(index++));
        arguments.addAll(row);
        return ParameterSet.of(arguments);
      }
    };
  }
}
