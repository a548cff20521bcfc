package io.karez.expand;

import io.karez.text.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/// Alternatives, of which each job has one.
///
/// @param what as the person wrote it, for messages: `seed=1,2`
/// @param keys what its choices set, and where that is written
/// @param choice the arguments of the alternative with an index below the size
record Axis(String what, Map<String, Place> keys, long size, LongFunction<List<Argument>> choice) {

  /// Alternatives that are all known.
  static Axis of(String what, Place place, List<List<Argument>> choices) {
    return new Axis(
        what,
        keys(choices.stream().flatMap(List::stream).toList(), place),
        choices.size(),
        i -> choices.get(Math.toIntExact(i)));
  }

  static Map<String, Place> keys(List<Argument> arguments, Place place) {
    Map<String, Place> keys = new LinkedHashMap<>();
    arguments.forEach(argument -> argument.sets().ifPresent(key -> keys.putIfAbsent(key, place)));
    return keys;
  }

  /// Whether people mean this axis by the name: an option with or without its dashes, a key,
  /// `pos_0`.
  boolean sets(String name) {
    return keys.keySet().stream().anyMatch(key -> Argument.name(key).equals(Argument.name(name)));
  }
}
