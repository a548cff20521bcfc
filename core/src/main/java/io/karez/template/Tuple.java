package io.karez.template;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Python's tuple.
///
/// @param names what its items are also called; empty for none
record Tuple(List<Object> items, List<String> names) implements Methods.Attributes {
  Tuple(List<Object> items) {
    this(items, List.of());
  }

  static Tuple of(Object... items) {
    return new Tuple(List.of(items));
  }

  @Override
  public Optional<Object> attribute(String name) {
    int place = names.indexOf(name);
    return place < 0 ? Methods.search(items, name) : Optional.of(items.get(place));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Tuple tuple && items.equals(tuple.items);
  }

  @Override
  public int hashCode() {
    return items.hashCode();
  }
}
