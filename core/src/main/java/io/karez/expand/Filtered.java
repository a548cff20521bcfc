package io.karez.expand;

import io.karez.query.Facts;
import io.karez.query.Query;
import java.util.Iterator;
import java.util.OptionalLong;

/// The sets that a query holds for, in their order.
record Filtered(Sweep sweep, Query query) implements Sweep {
  @Override
  public OptionalLong size() {
    return OptionalLong.empty();
  }

  @Override
  public Iterator<ParameterSet> iterator() {
    return sweep.stream().filter(set -> holds(query, set)).iterator();
  }

  static boolean holds(Query query, ParameterSet set) {
    return query.matches(Facts.ofParameters(set.parameters()));
  }
}
