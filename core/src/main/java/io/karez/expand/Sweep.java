package io.karez.expand;

import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The jobs of a request in their order, made one by one as they are asked for.
///
/// It can be iterated any number of times, each time with the same result. A sweep that is a {@link
/// Grid} can also be asked for any of its sets directly.
public interface Sweep extends Iterable<ParameterSet> {
  /// The exact number of sets, or empty when only iterating can tell (a filter).
  OptionalLong size();

  default Stream<ParameterSet> stream() {
    return StreamSupport.stream(spliterator(), false);
  }
}
