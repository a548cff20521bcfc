package io.karez.expand;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Values for a launch template, each list an axis: `{"iterations": [1, 2, 3], "mode": ["test",
/// "prod"]}`.
///
/// In HPCtools' order, and only here, the first key varies fastest. A key `"a,b"` sets both names,
/// from a list of lists. Parameters keep the types of their JSON; as arguments they are
/// `--iterations 1 --mode test`, true is a bare flag and false is nothing.
public final class ValueGrid implements Grid {
  /// An axis's choices, each the values it sets by name.
  private final List<List<Map<String, Object>>> axes;

  private final long count;

  private ValueGrid(List<List<Map<String, Object>>> axes) {
    this.axes = axes;
    long product = 1;
    for (List<Map<String, Object>> axis : axes) {
      product = Counts.times(product, axis.size());
    }
    this.count = product;
  }

  /// @param values by name: a value, or a list of those that it takes in turn
  /// @param source the file as the user knows it
  /// @throws InvalidInputException with everything that is wrong
  public static ValueGrid of(Map<?, ?> values, String source) {
    Place place = Place.of(source);
    Problems problems = new Problems();
    List<List<Map<String, Object>>> axes = new ArrayList<>();
    values.forEach((key, value) -> axes.add(axis(String.valueOf(key), value, place, problems)));
    problems.throwIfAny();
    return new ValueGrid(axes);
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public ParameterSet at(long index) {
    Objects.checkIndex(index, count);
    Map<String, Object> parameters = new LinkedHashMap<>();
    long rest = index;
    for (List<Map<String, Object>> axis : axes) {
      parameters.putAll(axis.get((int) (rest % axis.size())));
      rest /= axis.size();
    }
    List<String> args = new ArrayList<>();
    parameters.forEach((name, value) -> args.addAll(words("--" + name, value)));
    return new ParameterSet(args, parameters);
  }

  private static List<String> words(String option, Object value) {
    return switch (value) {
      case Boolean given -> given ? List.of(option) : List.of();
      case List<?> several -> {
        List<String> words = new ArrayList<>(List.of(option));
        several.forEach(item -> words.add(String.valueOf(item)));
        yield words;
      }
      default -> List.of(option, value.toString());
    };
  }

  private static List<Map<String, Object>> axis(
      String key, @Nullable Object value, Place place, Problems problems) {
    List<String> names = Arrays.stream(key.split(",", -1)).map(String::strip).toList();
    List<?> choices = value instanceof List<?> list ? list : Collections.singletonList(value);
    if (choices.isEmpty()) {
      problems.add(Problem.at(place, "`" + key + "` has no values"));
    }
    List<Map<String, Object>> axis = new ArrayList<>();
    for (Object choice : choices) {
      List<?> row =
          names.size() == 1
              ? Collections.singletonList(choice)
              : choice instanceof List<?> list ? list : List.of();
      if (row.size() != names.size()) {
        problems.add(
            Problem.at(
                place, "a value of `" + key + "` is not a list of " + names.size() + " values"));
        continue;
      }
      Map<String, Object> set = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        Object one = row.get(i);
        if (one == null || one instanceof Map) {
          problems.add(
              Problem.at(
                  place, "a value of `" + key + "` is " + (one == null ? "null" : "an object")));
        } else {
          set.put(names.get(i), one);
        }
      }
      axis.add(set);
    }
    return axis;
  }
}
