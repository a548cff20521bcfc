package io.karez.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A piece of a template with a name and parameters.
///
/// @param usesMore which of `varargs`, `kwargs`, `caller` its body mentions: only these may be
///   given without being declared
/// @param body what it writes, from the values of its parameters by name; those that are missing
///   have defaults
record Macro(
    String name,
    List<String> parameters,
    Set<String> usesMore,
    Function<Map<String, Object>, Object> body)
    implements Callable, Methods.Attributes {

  @Override
  public Object call(Args args) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<Object> given = args.positional();
    for (int i = 0; i < Math.min(given.size(), parameters.size()); i++) {
      values.put(parameters.get(i), given.get(i));
    }
    List<Object> over =
        new ArrayList<>(given.subList(Math.min(given.size(), parameters.size()), given.size()));
    if (!over.isEmpty() && !usesMore.contains("varargs")) {
      throw Failure.of(
          "the macro `%s` takes %d values, not %d"
              .formatted(name, parameters.size(), given.size()));
    }
    Map<Object, Object> more = new LinkedHashMap<>();
    args.named()
        .forEach((key, value) -> {
          if (parameters.contains(key) || (key.equals("caller") && usesMore.contains(key))) {
            if (values.put(key, value) != null) {
              throw Failure.of("the macro `%s` gets `%s` twice".formatted(name, key));
            }
          } else if (usesMore.contains("kwargs")) {
            more.put(key, value);
          } else {
            throw Failure.of("the macro `%s` takes no `%s`".formatted(name, key));
          }
        });
    if (usesMore.contains("varargs")) {
      values.put("varargs", new Tuple(over));
    }
    if (usesMore.contains("kwargs")) {
      values.put("kwargs", more);
    }
    return body.apply(values);
  }

  @Override
  public Optional<Object> attribute(String asked) {
    return switch (asked) {
      case "name" -> Optional.of(name);
      case "arguments" -> Optional.of(new Tuple(List.copyOf(parameters)));
      case "caller" -> Optional.of(usesMore.contains("caller"));
      default -> Optional.empty();
    };
  }
}
