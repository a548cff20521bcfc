package io.karez.expand;

import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.ShellWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads words in Hydra's sweep syntax (hydra.cc, "Extended Override syntax"): `lr=10.,1.`,
/// `seed=range(1,4)`, `opt=choice(adam,sgd)`. Each such word is an axis in its place; all others
/// are passed on untouched.
///
/// A word of a sweep is `KEY=VALUE` with the value as typed, its quotes and escapes included, since
/// the program's own Hydra reads them again. Only in words with leading dashes (`--a='x,y',z`),
/// which no Hydra reads, are they removed. Ranges are exact, with the places of their own text.
final class SweepWords {
  private static final Place PLACE = Place.of("--sweep");
  private static final Pattern KEY_AND_VALUE =
      Pattern.compile(
          "((?:\\+{0,2}|-{1,2})[\\p{L}\\p{N}_$][\\p{L}\\p{N}_./@:$-]*)=(.*)", Pattern.DOTALL);
  private static final Pattern CALL =
      Pattern.compile("([A-Za-z_]\\w*)\\s*\\((.*)\\)", Pattern.DOTALL);
  private static final Pattern NAMED = Pattern.compile("(\\w+)\\s*=\\s*(.*)", Pattern.DOTALL);
  private static final List<String> SWEEPS =
      List.of("choice", "range", "interval", "glob", "shuffle", "sort", "tag");
  private static final List<String> CASTS = List.of("int", "float", "str", "bool", "json_str");

  private final Problems problems;

  SweepWords(Problems problems) {
    this.problems = problems;
  }

  /// @param place of the words that are the same in every job
  List<Piece> read(List<String> words, Place place) {
    List<Piece> pieces = new ArrayList<>();
    List<String> fixed = new ArrayList<>();
    for (String word : words) {
      Optional<Axis> axis = axis(word);
      if (axis.isPresent()) {
        pieces.add(Piece.fixed(Argument.read(fixed), place));
        fixed = new ArrayList<>();
        pieces.add(new Piece.Varying(axis.get()));
      } else {
        String refusal = ShellWords.refusal(word);
        if (refusal != null) {
          problems.add(Problem.at(place, "a word " + refusal));
        }
        fixed.add(word);
      }
    }
    pieces.add(Piece.fixed(Argument.read(fixed), place));
    return pieces;
  }

  private Optional<Axis> axis(String word) {
    Matcher matcher = KEY_AND_VALUE.matcher(word);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String key = matcher.group(1);
    String value = matcher.group(2).strip();
    Matcher call = CALL.matcher(value);
    if (value.indexOf(',') < 0 && !call.matches()) {
      return Optional.empty();
    }
    HydraText.Split split = HydraText.split(value);
    if (split.fault().isPresent()) {
      return fault(word, split.fault().get(), "quote the value to pass it on: `" + key + "='...'`");
    }
    if (split.parts().size() > 1) {
      return choices(word, key, split.parts());
    }
    if (!call.matches()) {
      return Optional.empty();
    }
    HydraText.Split arguments = HydraText.split(call.group(2));
    return arguments.fault().isPresent()
        ? Optional.empty()
        : call(word, key, call.group(1), arguments.parts());
  }

  private Optional<Axis> call(String word, String key, String function, List<String> arguments) {
    return switch (function) {
      case "choice" -> choices(word, key, arguments);
      case "range" -> range(word, key, arguments);
      case "interval" ->
          fault(
              word,
              "an interval has no list of values",
              "write `range(START,STOP,STEP)`, or draw from that with a sample");
      case "glob" ->
          fault(word, "`glob` needs the program's own list of options", "list them: `choice(a,b)`");
      case "shuffle", "sort", "tag" ->
          fault(
              word,
              "`" + function + "` is not supported",
              "write the values in the order that you want");
      default -> otherCall(word, function, arguments);
    };
  }

  /// A cast of one value is the program's business, as is any function that Hydra does not know.
  private Optional<Axis> otherCall(String word, String function, List<String> arguments) {
    if (CASTS.contains(function)) {
      Matcher call = CALL.matcher(arguments.getFirst());
      boolean sweeps = arguments.size() > 1 || (call.matches() && SWEEPS.contains(call.group(1)));
      return sweeps
          ? fault(word, "`" + function + "` around a sweep is not supported", "cast each value")
          : Optional.empty();
    }
    return Nearest.to(function, SWEEPS)
        .flatMap(near ->
            fault(word, "unknown function `" + function + "`", "did you mean `" + near + "`?"));
  }

  private Optional<Axis> choices(String word, String key, List<String> values) {
    for (String value : values) {
      Matcher call = CALL.matcher(value);
      if (value.isEmpty()) {
        return fault(
            word,
            "a value between the commas is empty",
            "write `''` for empty text, `\\,` for a plain comma");
      }
      if (call.matches() && SWEEPS.contains(call.group(1))) {
        return fault(
            word,
            "`" + call.group(1) + "` stands inside a list of values",
            "write one list, or one function");
      }
    }
    List<Argument> words = values.stream().map(value -> assignment(key, value)).toList();
    for (Argument argument : words) {
      String refusal = ShellWords.refusal(argument.words().getFirst());
      if (refusal != null) {
        return fault(
            key + "=...", "a value " + refusal, "write it to a file and pass the file's name");
      }
    }
    return Optional.of(Axis.of(word, PLACE, words.stream().map(List::of).toList()));
  }

  private Optional<Axis> range(String word, String key, List<String> arguments) {
    List<String> order = arguments.size() == 1 ? List.of("stop") : List.of("start", "stop", "step");
    Map<String, String> given = new HashMap<>(Map.of("start", "0", "stop", "", "step", "1"));
    for (int i = 0; i < arguments.size(); i++) {
      Matcher named = NAMED.matcher(arguments.get(i));
      String name = named.matches() ? named.group(1) : i < order.size() ? order.get(i) : "";
      if (!given.containsKey(name)) {
        return fault(word, "`range` takes start, stop and step", "as in `range(1,10,2)`");
      }
      given.put(name, named.matches() ? named.group(2) : arguments.get(i));
    }
    return NumberRange.read(
            given.getOrDefault("start", ""),
            given.getOrDefault("stop", ""),
            given.getOrDefault("step", ""),
            word,
            PLACE,
            problems)
        .map(range ->
            new Axis(
                word,
                Axis.keys(List.of(assignment(key, "")), PLACE),
                range.size(),
                i -> List.of(assignment(key, range.at(i)))));
  }

  private static Argument assignment(String key, String value) {
    String plain = HydraText.unquoted(value);
    String word = key + "=" + (key.startsWith("-") ? plain : value);
    return new Argument.Assignment(word, key, plain);
  }

  private Optional<Axis> fault(String word, String message, String hint) {
    problems.add(Problem.at(PLACE, "`" + word + "`: " + message).hint(hint));
    return Optional.empty();
  }
}
