package io.karez.expand;

import java.util.Iterator;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// A sweep whose sets are computed from their index.
public interface Grid extends Sweep {
  long count();

  /// @throws IndexOutOfBoundsException unless `0 <= index < count()`
  ParameterSet at(long index);

  @Override
  default OptionalLong size() {
    return OptionalLong.of(count());
  }

  @Override
  default Iterator<ParameterSet> iterator() {
    return LongStream.range(0, count()).mapToObj(this::at).iterator();
  }
}
