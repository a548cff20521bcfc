package io.karez.template;

import java.util.Map;
import java.util.Optional;

/// What `namespace()` makes: a place for values that loops may change.
record Namespace(Map<String, Object> values) implements Methods.Attributes {
  @Override
  public Optional<Object> attribute(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
