package io.karez.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What can be asked of a value by a name after a dot. It is a list of names, and nothing of Java
/// can be reached through it.
final class Methods {
  private Methods() {}

  /// Empty when values of this type have nothing of that name.
  static Optional<Object> of(Object value, String name) {
    return Optional.ofNullable(
        switch (value) {
          case String text -> StringMethods.of(text, name);
          case Map<?, ?> map -> dict(cast(map), name);
          case List<?> list -> list(castList(list), name);
          case BigInteger number -> number(number, name);
          case Double number when name.equals("is_integer") ->
              method(args -> number == Math.rint(number));
          case Attributes known -> known.attribute(name).orElse(null);
          default -> null;
        });
  }

  /// Values that have attributes of their own.
  interface Attributes {
    Optional<Object> attribute(String name);
  }

  /// The names that values of this type have, for messages.
  static Set<String> names(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Set<String> names = new java.util.TreeSet<>();
        map.keySet().forEach(key -> names.add(String.valueOf(key)));
        yield names;
      }
      case String text -> {
        Set<String> names = new java.util.TreeSet<>();
        StringMethods.names().forEach(names::add);
        yield names;
      }
      case Namespace(var values) -> values.keySet();
      case Loop loop -> Loop.NAMES;
      default -> Set.of();
    };
  }

  private static Callable method(Callable method) {
    return method;
  }

  @SuppressWarnings("unchecked")
  private static Map<Object, Object> cast(Map<?, ?> map) {
    return (Map<Object, Object>) map;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> castList(List<?> list) {
    return (List<Object>) list;
  }

  private static @Nullable Callable number(BigInteger number, String name) {
    return name.equals("bit_length") ? args -> Values.of(number.abs().bitLength()) : null;
  }

  /// What tuples and lists have in common.
  static Optional<Object> search(List<Object> items, String name) {
    return Optional.ofNullable(searching(items, name));
  }

  private static @Nullable Callable searching(List<Object> items, String name) {
    return switch (name) {
      case "index" ->
          args -> {
            Object wanted = args.bind("value").need("value");
            for (int i = 0; i < items.size(); i++) {
              if (Values.equal(items.get(i), wanted)) {
                return Values.of(i);
              }
            }
            throw Failure.of("%s is not in the list".formatted(Texts.repr(wanted)));
          };
      case "count" ->
          args -> {
            Object wanted = args.bind("value").need("value");
            return Values.of(
                (int) items.stream().filter(item -> Values.equal(item, wanted)).count());
          };
      default -> null;
    };
  }

  private static @Nullable Callable list(List<Object> list, String name) {
    return switch (name) {
      case "append" -> args -> nothing(list.add(args.bind("value").need("value")));
      case "extend" -> args -> nothing(list.addAll(Values.list(args.bind("items").need("items"))));
      case "insert" ->
          args -> {
            Args.Bound bound = args.bind("index", "value");
            int index = bound.number("index", 0);
            int place = Math.clamp(index < 0 ? index + list.size() : index, 0, list.size());
            list.add(place, bound.need("value"));
            return None.NONE;
          };
      case "pop" ->
          args -> {
            int index = args.bind("index").number("index", -1);
            int place = index < 0 ? index + list.size() : index;
            if (place < 0 || place >= list.size()) {
              throw Failure.of("the list has nothing at %d to take out".formatted(index));
            }
            return list.remove(place);
          };
      case "remove" ->
          args -> {
            Object wanted = args.bind("value").need("value");
            for (int i = 0; i < list.size(); i++) {
              if (Values.equal(list.get(i), wanted)) {
                list.remove(i);
                return None.NONE;
              }
            }
            throw Failure.of("%s is not in the list".formatted(Texts.repr(wanted)));
          };
      case "reverse" ->
          args -> {
            java.util.Collections.reverse(list);
            return None.NONE;
          };
      case "sort" ->
          args -> {
            boolean reverse = args.bind("reverse").flag("reverse", false);
            list.sort(reverse ? (a, b) -> Values.compare(b, a) : Values::compare);
            return None.NONE;
          };
      case "copy" -> args -> new ArrayList<>(list);
      case "clear" ->
          args -> {
            list.clear();
            return None.NONE;
          };
      default -> searching(list, name);
    };
  }

  private static Object nothing(boolean ignored) {
    return None.NONE;
  }

  private static @Nullable Callable dict(Map<Object, Object> map, String name) {
    return switch (name) {
      case "items" ->
          args ->
              new Items(
                  "dict_items",
                  new ArrayList<>(
                      map.entrySet().stream()
                          .map(entry -> Tuple.of(entry.getKey(), entry.getValue()))
                          .toList()),
                  true);
      case "keys" -> args -> new Items("dict_keys", new ArrayList<>(map.keySet()), true);
      case "values" -> args -> new Items("dict_values", new ArrayList<>(map.values()), true);
      case "get" ->
          args -> {
            Args.Bound bound = args.bind("key", "default");
            return Optional.ofNullable(map.get(bound.need("key")))
                .orElse(bound.or("default", None.NONE));
          };
      case "pop" ->
          args -> {
            Args.Bound bound = args.bind("key", "default");
            Object found = map.remove(bound.need("key"));
            return found != null ? found : bound.need("default");
          };
      case "setdefault" ->
          args -> {
            Args.Bound bound = args.bind("key", "default");
            return map.computeIfAbsent(bound.need("key"), key -> bound.or("default", None.NONE));
          };
      case "update" ->
          args -> {
            if (!args.positional().isEmpty()) {
              map.putAll(Globals.dict(args.positional().getFirst()));
            }
            map.putAll(args.named());
            return None.NONE;
          };
      case "copy" -> args -> new LinkedHashMap<>(map);
      case "clear" ->
          args -> {
            map.clear();
            return None.NONE;
          };
      default -> null;
    };
  }
}
