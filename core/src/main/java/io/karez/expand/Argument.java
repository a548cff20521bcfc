package io.karez.expand;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One argument of a program: the words it is passed as, and what it is called.
sealed interface Argument {
  Pattern ASSIGNMENT =
      Pattern.compile("(\\+{0,2}[\\p{L}_][\\p{L}\\p{N}_./@:-]*)=(.*)", Pattern.DOTALL);

  /// Verbatim, in order.
  List<String> words();

  record Positional(String text) implements Argument {
    @Override
    public List<String> words() {
      return List.of(text);
    }
  }

  /// `--lr 0.1`; without values a flag.
  record Option(String option, List<String> values) implements Argument {
    public Option {
      values = List.copyOf(values);
    }

    @Override
    public List<String> words() {
      List<String> words = new ArrayList<>(values.size() + 1);
      words.add(option);
      words.addAll(values);
      return words;
    }
  }

  /// One word with its key: `--lr=0.1`, `lr=0.1`, `+model.depth=3`.
  ///
  /// @param value as shown to people; the word may hold it in quotes
  record Assignment(String word, String key, String value) implements Argument {
    @Override
    public List<String> words() {
      return List.of(word);
    }
  }

  /// `--`: what follows is positional.
  record Separator() implements Argument {
    @Override
    public List<String> words() {
      return List.of("--");
    }
  }

  /// What must not be given twice by different parts of a request: `--lr`, `model.depth`.
  default Optional<String> sets() {
    return switch (this) {
      case Positional p -> Optional.empty();
      case Option(String option, List<String> values) -> Optional.of(option);
      case Assignment(String word, String key, String value) ->
          Optional.of(withoutLeading('+', key));
      case Separator s -> Optional.empty();
    };
  }

  /// The key as people and queries name it: without leading dashes.
  static String name(String key) {
    return withoutLeading('-', key);
  }

  /// Without the first two of the characters, if it begins with them.
  private static String withoutLeading(char c, String key) {
    int start = 0;
    while (start < 2 && start < key.length() && key.charAt(start) == c) {
      start++;
    }
    return key.substring(start);
  }

  /// Names words whose program's grammar is unknown.
  ///
  /// - a word with leading dashes is an option, unless it goes on like a negative number
  /// - the word after an option is its value, unless that is an option itself; only one word is
  /// - `--` makes all that follows positional
  static List<Argument> read(List<String> words) {
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        arguments.add(new Separator());
        words.subList(i + 1, words.size()).forEach(rest -> arguments.add(new Positional(rest)));
        break;
      }
      int equals = word.indexOf('=');
      Matcher assignment = ASSIGNMENT.matcher(word);
      if (isOption(word) && equals > 0) {
        arguments.add(new Assignment(word, word.substring(0, equals), word.substring(equals + 1)));
      } else if (isOption(word)) {
        boolean hasValue =
            i + 1 < words.size() && !isOption(words.get(i + 1)) && !words.get(i + 1).equals("--");
        arguments.add(new Option(word, hasValue ? List.of(words.get(++i)) : List.of()));
      } else if (assignment.matches()) {
        arguments.add(new Assignment(word, assignment.group(1), assignment.group(2)));
      } else {
        arguments.add(new Positional(word));
      }
    }
    return arguments;
  }

  /// Whether the word names an option: `-n`, `--lr`, `--lr=1`; `-1` and `-.5,2` are values.
  static boolean isOption(String word) {
    return word.startsWith("--")
        ? word.length() > 2
        : word.length() > 1 && word.charAt(0) == '-' && "0123456789.".indexOf(word.charAt(1)) < 0;
  }
}
