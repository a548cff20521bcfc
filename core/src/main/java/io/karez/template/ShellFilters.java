package io.karez.template;

import io.karez.text.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Filters that write values so that a shell reads them back as they are.
final class ShellFilters {
  static final Map<String, Filters.Filter> ALL =
      Map.of("sh", ShellFilters::word, "options", ShellFilters::options);

  private ShellFilters() {}

  /// Text always in quotes, numbers as they are, each item of a list as a word of its own.
  private static Object word(Object value, Args args) {
    args.bind();
    return switch (value) {
      case String text -> quoted(text);
      case Map<?, ?> map ->
          throw Failure.of("`sh` cannot write a dict").hint("`options` writes it as `--key value`");
      case Object several when Values.isIterable(several) ->
          Values.list(several).stream()
              .map(item -> Texts.str(word(item, args)))
              .collect(Collectors.joining(" "));
      case Boolean truth -> Texts.str(truth);
      case Object number when Values.isNumber(number) -> Texts.str(number);
      default -> quoted(Texts.str(value));
    };
  }

  private static String quoted(String text) {
    String refusal = ShellWords.refusal(text);
    if (refusal != null) {
      throw Failure.of("a value " + refusal);
    }
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /// A dict as `--name value`: true is a bare flag, false and None are nothing, a list is several
  /// values.
  private static Object options(Object value, Args args) {
    args.bind();
    if (!(value instanceof Map<?, ?> map)) {
      throw Failure.of("`options` needs a dict, not a value of type " + Values.type(value));
    }
    List<String> words = new ArrayList<>();
    map.forEach((key, one) -> {
      String name = "--" + Texts.str(key);
      String option = ShellWords.quote(name);
      if (one instanceof Boolean truth) {
        if (truth) {
          words.add(option);
        }
      } else if (one != None.NONE) {
        String written = Texts.str(word(one, Args.of("sh")));
        words.add(written.isEmpty() ? option : option + " " + written);
      }
    });
    return String.join(" ", words);
  }
}
