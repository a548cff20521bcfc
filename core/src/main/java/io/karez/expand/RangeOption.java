package io.karez.expand;

import io.karez.text.Decimals;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.ShellWords;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `-R "OPTION START STOP [STEP]"`, and `-R "START STOP [STEP]"` for a positional argument;
/// the step is 1 when it is not given.
final class RangeOption {
  private static final Place PLACE = Place.of("-R");

  private RangeOption() {}

  static Optional<Axis> read(String text, Problems problems) {
    List<String> words = ShellWords.split(text, PLACE);
    boolean named = !words.isEmpty() && Decimals.read(words.getFirst()).isEmpty();
    List<String> numbers = named ? words.subList(1, words.size()) : words;
    if (named && !Argument.isOption(words.getFirst())) {
      String name = words.getFirst();
      problems.add(
          Problem.at(
                  PLACE,
                  "`" + name + "` of the range `" + text + "` is neither an option nor a number")
              .hint("write the option with its dashes: `--" + name + "`"));
      return Optional.empty();
    }
    if (numbers.size() < 2 || numbers.size() > 3) {
      problems.add(
          Problem.at(
                  PLACE,
                  "the range `%s` has %d number%s, not 2 or 3"
                      .formatted(text, numbers.size(), numbers.size() == 1 ? "" : "s"))
              .hint("write `OPTION START STOP STEP`, as in `--seed 0 10 1`"));
      return Optional.empty();
    }
    String step = numbers.size() == 3 ? numbers.get(2) : "1";
    return NumberRange.read(numbers.get(0), numbers.get(1), step, text, PLACE, problems)
        .map(range -> named ? option(words.getFirst(), text, range) : positional(text, range));
  }

  private static Axis option(String option, String text, NumberRange range) {
    return new Axis(
        text,
        Map.of(option, PLACE),
        range.size(),
        i -> List.of(new Argument.Option(option, List.of(range.at(i)))));
  }

  private static Axis positional(String text, NumberRange range) {
    return new Axis(
        text, Map.of(), range.size(), i -> List.of(new Argument.Positional(range.at(i))));
  }
}
