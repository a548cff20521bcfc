package io.karez.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A JSON object with typed access to its fields.
///
/// What is asked for without `optional` must be there; otherwise {@link MalformedException} names
/// the key.
///
/// @param fields in their order
public record JsonObject(Map<String, @Nullable Object> fields) {

  /// A field is missing or of another kind.
  public static final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private MalformedException(String key, String kind) {
      super("`" + key + "` is missing or not " + kind);
    }
  }

  /// The object that a line of a `.jsonl` file holds; empty when it holds none.
  public static Optional<JsonObject> ofLine(String text) {
    try {
      return of(Json.read(text, "line"));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  /// Empty when the value is not an object.
  @SuppressWarnings("unchecked")
  public static Optional<JsonObject> of(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        ? Optional.of(new JsonObject((Map<String, @Nullable Object>) map))
        : Optional.empty();
  }

  public Optional<String> optionalString(String key) {
    return fields.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  public String string(String key) {
    return optionalString(key).orElseThrow(() -> new MalformedException(key, "a string"));
  }

  public Optional<Long> optionalNumber(String key) {
    return fields.get(key) instanceof Long number ? Optional.of(number) : Optional.empty();
  }

  public Optional<Double> optionalDecimal(String key) {
    return fields.get(key) instanceof Number number
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }

  public long number(String key) {
    return optionalNumber(key).orElseThrow(() -> new MalformedException(key, "a whole number"));
  }

  public int integer(String key) {
    return Math.toIntExact(number(key));
  }

  public boolean flag(String key) {
    return Boolean.TRUE.equals(fields.get(key));
  }

  public Optional<Instant> optionalInstant(String key) {
    return optionalString(key).map(Instants::read);
  }

  public Instant instant(String key) {
    return Instants.read(string(key));
  }

  /// Empty when the key is missing.
  public List<String> strings(String key) {
    return items(key, String.class);
  }

  /// Empty when the key is missing; what is no object is left out.
  public List<JsonObject> objects(String key) {
    List<JsonObject> objects = new ArrayList<>();
    for (Object item : items(key, Object.class)) {
      of(item).ifPresent(objects::add);
    }
    return objects;
  }

  /// Empty when the key is missing; what is not text is left out.
  public List<List<String>> rows(String key) {
    List<List<String>> rows = new ArrayList<>();
    for (List<?> items : items(key, List.class)) {
      List<String> row = new ArrayList<>();
      for (Object item : items) {
        if (item instanceof String text) {
          row.add(text);
        }
      }
      rows.add(row);
    }
    return rows;
  }

  /// Empty when the key is missing.
  public List<Integer> integers(String key) {
    List<Integer> numbers = new ArrayList<>();
    for (Long item : items(key, Long.class)) {
      numbers.add(Math.toIntExact(item));
    }
    return numbers;
  }

  public Optional<JsonObject> optionalObject(String key) {
    return of(fields.get(key));
  }

  /// Empty when the key is missing; values that are not strings are left out.
  public Map<String, String> stringMap(String key) {
    Map<String, String> strings = new LinkedHashMap<>();
    optionalObject(key)
        .ifPresent(object ->
            object.fields.forEach((name, value) -> {
              if (value instanceof String text) {
                strings.put(name, text);
              }
            }));
    return strings;
  }

  private <T> List<T> items(String key, Class<T> kind) {
    List<T> items = new ArrayList<>();
    if (fields.get(key) instanceof List<?> list) {
      for (Object item : list) {
        if (!kind.isInstance(item)) {
          throw new MalformedException(key, "a list of the right kind");
        }
        items.add(Objects.requireNonNull(kind.cast(item)));
      }
    }
    return items;
  }
}
