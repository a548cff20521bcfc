package io.karez.scheduler;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The tasks that a script wants to be run as: `0-15:4%8`, `0,6,16-32`.
///
/// @param indices of the tasks, in the order of the text
/// @param throttle how many at a time; 0 for as many as the scheduler likes
public record TaskArray(List<Integer> indices, int throttle) {
  private static final Pattern TEXT =
      Pattern.compile(
          "([0-9]+(?:-[0-9]+(?::[0-9]+)?)?(?:,[0-9]+(?:-[0-9]+(?::[0-9]+)?)?)*)(?:%([1-9][0-9]{0,8}))?");

  /// @throws InvalidInputException when it cannot be read
  static TaskArray parse(String text, Place place) {
    Matcher parts = TEXT.matcher(text);
    List<Integer> indices =
        parts.matches()
            ? IndexRanges.indices(parts.group(1)).stream().distinct().toList()
            : List.of();
    if (indices.isEmpty()) {
      throw new InvalidInputException(
          Problem.at(place, "`%s` are no indices of an array".formatted(text))
              .hint("such as `0-15`, `0-15:4%8` or `0,6,16-32`"));
    }
    return new TaskArray(indices, parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2)));
  }

  public int least() {
    return indices.stream().mapToInt(Integer::intValue).min().orElse(0);
  }

  public int greatest() {
    return indices.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /// Whether they are 0, 1, 2 and so on.
  public boolean countsFromZero() {
    for (int i = 0; i < indices.size(); i++) {
      if (indices.get(i) != i) {
        return false;
      }
    }
    return true;
  }
}
