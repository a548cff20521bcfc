package io.karez.expand;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One job's arguments.
///
/// @param args the words after the experiment's own command, in order, verbatim
/// @param parameters the same for people and queries, in that order: option names without leading
///   dashes, positionals as `pos_0`, `pos_1`, ...; a value is its text, `true` for a flag, a
///   `List<String>` for an option with several values; and `replica` when each set is repeated
public record ParameterSet(List<String> args, Map<String, Object> parameters) {
  /// The parameter, not an argument, that tells the copies of one set apart.
  public static final String REPLICA = "replica";

  public ParameterSet {
    args = List.copyOf(args);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  static ParameterSet of(List<Argument> arguments) {
    List<String> args = new ArrayList<>();
    Map<String, Object> parameters = new LinkedHashMap<>();
    int position = 0;
    for (Argument argument : arguments) {
      args.addAll(argument.words());
      switch (argument) {
        case Argument.Positional(String text) -> add(parameters, "pos_" + position++, text);
        case Argument.Option(String option, List<String> values) when values.isEmpty() ->
            add(parameters, Argument.name(option), "true");
        case Argument.Option(String option, List<String> values) ->
            values.forEach(value -> add(parameters, Argument.name(option), value));
        case Argument.Assignment assignment ->
            add(parameters, Argument.name(assignment.sets().orElseThrow()), assignment.value());
        case Argument.Separator separator -> {}
      }
    }
    return new ParameterSet(args, parameters);
  }

  ParameterSet replica(int number) {
    Map<String, Object> more = new LinkedHashMap<>(parameters);
    more.put(REPLICA, Integer.toString(number));
    return new ParameterSet(args, more);
  }

  private static void add(Map<String, Object> parameters, String name, String value) {
    parameters.merge(name, value, ParameterSet::join);
  }

  private static Object join(Object before, Object value) {
    List<Object> values = new ArrayList<>();
    if (before instanceof List<?> several) {
      values.addAll(several);
    } else {
      values.add(before);
    }
    values.add(value);
    return List.copyOf(values);
  }
}
