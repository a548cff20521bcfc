package io.karez.store;

import io.karez.define.Container;
import io.karez.text.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container as JSON tells of it.
public final class ContainerFields {
  private ContainerFields() {}

  /// Its keys and values, in order.
  public static Map<String, @Nullable Object> of(Container container) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("engine", container.engine().word());
    fields.put("image", container.image());
    fields.put("gpu", container.gpu());
    fields.put("variables", container.variables());
    fields.put("version", container.version().orElse(null));
    return fields;
  }

  /// @throws IllegalArgumentException when the engine is not known
  static Container read(JsonObject json) {
    String engine = json.string("engine");
    return new Container(
        Container.Engine.of(engine)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "there is no engine `%s` for containers".formatted(engine))),
        json.string("image"),
        json.flag("gpu"),
        json.strings("variables"),
        json.optionalString("version"));
  }
}
