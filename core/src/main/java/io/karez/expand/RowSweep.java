package io.karez.expand;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A product within each row of a table. The row's arguments come last.
record RowSweep(Table table, Product product) implements Sweep {
  @Override
  public OptionalLong size() {
    return OptionalLong.of(Counts.times(table.rows(), product.count()));
  }

  @Override
  public Iterator<ParameterSet> iterator() {
    Iterable<List<Argument>> rows = table::iterator;
    return StreamSupport.stream(rows.spliterator(), false).flatMap(this::within).iterator();
  }

  private Stream<ParameterSet> within(List<Argument> row) {
    return LongStream.range(0, product.count())
        .mapToObj(index -> {
          List<Argument> arguments = new ArrayList<>(product.arguments(index));
          arguments.addAll(row);
          return ParameterSet.of(arguments);
        });
  }
}
