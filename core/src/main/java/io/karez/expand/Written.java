package io.karez.expand;

import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/// A sweep whose sets are written out.
public record Written(List<ParameterSet> sets) implements Sweep {
  public Written {
    sets = List.copyOf(sets);
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(sets.size());
  }

  @Override
  public Iterator<ParameterSet> iterator() {
    return sets.iterator();
  }
}
