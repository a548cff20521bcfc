package io.karez.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What stands between brackets after a value.
final class Subscripts {
  private Subscripts() {}

  /// What is evaluated of `start:stop:step`; {@link None} where nothing stands.
  record Slice(Object start, Object stop, Object step) {}

  /// Empty when the value has nothing there.
  static Optional<Object> item(Object of, Object key) {
    if (key instanceof Slice slice) {
      return Optional.of(slice(of, slice));
    }
    return switch (of) {
      case Map<?, ?> map -> Optional.ofNullable(map.get(key));
      case String text when isIndex(key) -> at(Values.characters(text), key);
      case Tuple(var items, var names) when isIndex(key) -> at(items, key);
      case Range range when isIndex(key) -> at(range.list(), key);
      case List<?> list when isIndex(key) -> at(list, key);
      default -> Optional.empty();
    };
  }

  private static boolean isIndex(Object key) {
    return key instanceof java.math.BigInteger || key instanceof Boolean;
  }

  private static Optional<Object> at(List<?> items, Object key) {
    int index = Values.index(key, "[]");
    int place = index < 0 ? index + items.size() : index;
    return place >= 0 && place < items.size() ? Optional.of(items.get(place)) : Optional.empty();
  }

  private static Object slice(Object of, Slice slice) {
    return switch (of) {
      case String text -> {
        StringBuilder part = new StringBuilder();
        part(Values.characters(text), slice).forEach(part::append);
        yield part.toString();
      }
      case Tuple(var items, var names) -> new Tuple(part(items, slice));
      case Range range -> part(range.list(), slice);
      case List<?> list -> part(list, slice);
      default -> throw Failure.of("a value of type %s cannot be cut".formatted(Values.type(of)));
    };
  }

  private static List<Object> part(List<?> items, Slice slice) {
    int size = items.size();
    int step = slice.step() == None.NONE ? 1 : Values.index(slice.step(), "[::]");
    if (step == 0) {
      throw Failure.of("a step of 0 leads nowhere");
    }
    boolean up = step > 0;
    int start = bound(slice.start(), up ? 0 : size - 1, size, up);
    int stop = bound(slice.stop(), up ? size : -1, size, up);
    List<Object> all = new ArrayList<>();
    for (long i = start; up ? i < stop : i > stop; i += step) {
      all.add(items.get((int) i));
    }
    return all;
  }

  private static int bound(Object given, int otherwise, int size, boolean up) {
    if (given == None.NONE) {
      return otherwise;
    }
    int index = Values.index(given, "[:]");
    int place = index < 0 ? index + size : index;
    return up ? Math.clamp(place, 0, size) : Math.clamp(place, -1, size - 1);
  }
}
