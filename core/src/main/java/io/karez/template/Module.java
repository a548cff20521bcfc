package io.karez.template;

import java.util.Map;
import java.util.Optional;

/// An imported template: what it has defined.
record Module(Map<String, Object> values) implements Methods.Attributes {
  @Override
  public Optional<Object> attribute(String name) {
    return name.startsWith("_") ? Optional.empty() : Optional.ofNullable(values.get(name));
  }
}
