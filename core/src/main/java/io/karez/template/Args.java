package io.karez.template;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What something is called with.
///
/// @param function its name, for messages
record Args(String function, List<Object> positional, Map<String, Object> named) {

  static Args of(String function, Object... positional) {
    return new Args(function, List.of(positional), Map.of());
  }

  /// By the names of the function's parameters.
  ///
  /// @throws Failure when there are too many, or one that it does not have
  Bound bind(String... parameters) {
    if (positional.size() > parameters.length) {
      throw Failure.of(
          "`%s` takes %s, not %d"
              .formatted(
                  function,
                  parameters.length == 0
                      ? "nothing"
                      : parameters.length == 1
                          ? "one value"
                          : "%d values at most".formatted(parameters.length),
                  positional.size()));
    }
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < positional.size(); i++) {
      values.put(parameters[i], positional.get(i));
    }
    named.forEach((name, value) -> {
      if (!List.of(parameters).contains(name)) {
        throw Failure.of("`%s` takes no `%s`".formatted(function, name));
      }
      if (values.put(name, value) != null) {
        throw Failure.of("`%s` gets `%s` twice".formatted(function, name));
      }
    });
    return new Bound(function, values);
  }

  /// Values by the names of parameters.
  record Bound(String function, Map<String, Object> values) {
    Optional<Object> get(String name) {
      return Optional.ofNullable(values.get(name)).filter(value -> value != None.NONE);
    }

    Object need(String name) {
      Object value = values.get(name);
      if (value == null) {
        throw Failure.of("`%s` needs `%s`".formatted(function, name));
      }
      return value;
    }

    Object or(String name, Object otherwise) {
      return values.getOrDefault(name, otherwise);
    }

    String text(String name, String otherwise) {
      return get(name).map(Texts::str).orElse(otherwise);
    }

    boolean flag(String name, boolean otherwise) {
      return Optional.ofNullable(values.get(name)).map(Values::isTrue).orElse(otherwise);
    }

    int number(String name, int otherwise) {
      return get(name).map(value -> Values.index(value, function)).orElse(otherwise);
    }

    BigInteger integer(String name, long otherwise) {
      return get(name)
          .map(value -> Values.integer(value, function))
          .orElse(BigInteger.valueOf(otherwise));
    }
  }
}
