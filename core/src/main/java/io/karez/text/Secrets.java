package io.karez.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Hides the values of options, assignments and parameters whose names say that they are secret,
/// also inside of text such as that of `sh -c`. It is for what is shown: what programs receive, and
/// what runs are made of, keeps its values, in files that only their owner can read.
public final class Secrets {
  private static final String HIDDEN = "***";

  private Secrets() {}

  /// Whether there is a secret in the words, hidden or not.
  public static boolean areIn(List<String> words) {
    return words.stream().anyMatch(word -> isNamed(word) || SecretText.holds(word));
  }

  /// Whether the parameters hold a secret, hidden or not.
  public static boolean areIn(Map<String, Object> parameters) {
    return parameters.keySet().stream().anyMatch(SecretNames::contain)
        || parameters.values().stream()
            .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
            .anyMatch(value -> SecretText.holds(value.toString()));
  }

  /// Whether there is a secret, hidden or not, inside of a word that is more than its name and its
  /// value.
  public static boolean areInside(List<String> words) {
    return words.stream().anyMatch(word -> !isNamed(word) && SecretText.holds(word));
  }

  /// Whether there is a secret in text such as a shell's; where one comes from (`TOKEN=$X`) is
  /// none.
  public static boolean areInText(String text) {
    return SecretText.holds(text);
  }

  /// The words as they may be shown: `--token ***`, `--password=***`, `api_key=***`.
  public static List<String> hidden(List<String> words) {
    List<String> shown = new ArrayList<>(words.size());
    boolean hide = false;
    for (String word : words) {
      if (hide) {
        // An empty value is hardly meant.
        shown.add(word.isEmpty() ? word : HIDDEN);
        hide = word.isEmpty();
      } else if (isNamed(word)) {
        int value = valueOf(word);
        shown.add(value < 0 ? word : word.substring(0, value) + HIDDEN);
        hide = value < 0;
      } else {
        shown.add(text(word));
      }
    }
    return shown;
  }

  /// Parameters as they may be shown: those whose names say that they are secret have no value.
  public static Map<String, Object> hidden(Map<String, Object> parameters) {
    Map<String, Object> shown = new LinkedHashMap<>();
    boolean hide = false;
    for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
      boolean isNamed = SecretNames.contain(parameter.getKey());
      shown.put(
          parameter.getKey(),
          hide || isNamed
              ? HIDDEN
              : switch (parameter.getValue()) {
                case String text -> text(text);
                case List<?> texts ->
                    texts.stream().map(text -> text(String.valueOf(text))).toList();
                case Object value -> value;
              });
      // An empty value is hardly meant.
      hide = isNamed && parameter.getValue().equals("");
    }
    return shown;
  }

  /// Whether the word begins with the name of a secret: an option with or without its value
  /// (`--api-token`, `--password=x`, `-DapiKey=x`), or a value that is assigned, as to a variable
  /// or in Hydra's syntax (`TOKEN=x`, `+model.api_key=x`). All the rest of the word is the value
  /// then.
  private static boolean isNamed(String word) {
    int value = valueOf(word);
    boolean isOption = word.startsWith("--") || word.startsWith("++");
    String name = value < 0 ? word : word.substring(0, value - 1);
    return (isOption ? !name.startsWith("-", 2) : value > 1)
        && SecretNames.contain(name)
        && name.chars().noneMatch(c -> Character.isWhitespace(c) || "{\"'".indexOf(c) >= 0);
  }

  /// Where the value begins in `NAME=VALUE` or `NAME:VALUE`; -1 where there is none.
  private static int valueOf(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) == '=' || word.charAt(i) == ':') {
        return i + 1;
      }
    }
    return -1;
  }

  private static String text(String word) {
    return SecretText.replaced(
        word, value -> value.replaceAll("[\\\\'\"]", "").equals(HIDDEN) ? value : HIDDEN);
  }
}
