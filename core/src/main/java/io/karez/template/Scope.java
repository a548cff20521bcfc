package io.karez.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What names mean at a place of a template: its own, and those of the scope around it.
final class Scope {
  private final @Nullable Scope around;
  private final Map<String, Object> values = new LinkedHashMap<>();

  private Scope(@Nullable Scope around) {
    this.around = around;
  }

  static Scope of(Map<String, ?> values) {
    Scope scope = new Scope(null);
    values.forEach((name, value) -> scope.set(name, Values.of(value)));
    return scope;
  }

  Scope inside() {
    return new Scope(this);
  }

  void set(String name, Object value) {
    values.put(name, value);
  }

  Optional<Object> get(String name) {
    Object value = values.get(name);
    if (value != null) {
      return Optional.of(value);
    }
    return around == null ? Optional.empty() : around.get(name);
  }

  /// Its own, without those around it.
  Map<String, Object> own() {
    return values;
  }

  Set<String> names() {
    Set<String> names = around == null ? new TreeSet<>() : around.names();
    names.addAll(values.keySet());
    names.remove(Statement.HOLE);
    return names;
  }
}
