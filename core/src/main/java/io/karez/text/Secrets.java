package io.karez.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Hides the values of options, assignments and parameters whose names say that they are secret,
/// also inside of text such as that of `sh -c`.
public final class Secrets {
  private static final String HIDDEN = "***";

  private Secrets() {}

  /// What text is searched for. Most words have no blank, and never need it.
  private static final class Patterns {
    private static final String VALUE = "(\"(?:[^\"\\\\]|\\\\.)*+\"|'[^']*+'|[^\\s;|&()]++)";

    /// `--token x`, `--token=x`, `TOKEN=x`, `model.api_key=x`.
    private static final Pattern NAMED =
        Pattern.compile("(?<![\\w.-])(?:(--[\\w-]+)(=|\\s+)|([A-Za-z_][\\w.]*)(=))" + VALUE);

    /// A variable is no secret, its value is.
    private static final Pattern VARIABLE = Pattern.compile("\"?\\$(\\w+|\\{\\w+})\"?");

    private static String hidden(String text) {
      return NAMED.matcher(text).replaceAll(found -> Matcher.quoteReplacement(hidden(found)));
    }

    private static String hidden(MatchResult found) {
      boolean isHidden = found.group(5).replace("'", "").equals(HIDDEN);
      if (isHidden || !isSecret(found)) {
        return found.group();
      }
      return found.group(1) == null
          ? found.group(3) + found.group(4) + HIDDEN
          : found.group(1) + found.group(2) + HIDDEN;
    }

    private static boolean contain(String text) {
      return NAMED.matcher(text).results().anyMatch(Patterns::isSecret);
    }

    private static boolean isSecret(MatchResult found) {
      String name = found.group(1) == null ? found.group(3) : found.group(1);
      return SecretNames.contain(name) && !VARIABLE.matcher(found.group(5)).matches();
    }
  }

  /// Whether there is a secret in the words, hidden or not.
  public static boolean areIn(List<String> words) {
    return words.stream().anyMatch(word -> isNamed(word) || isInText(word));
  }

  /// Whether the parameters hold a secret, hidden or not.
  public static boolean areIn(Map<String, Object> parameters) {
    return parameters.keySet().stream().anyMatch(SecretNames::contain)
        || parameters.values().stream()
            .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
            .anyMatch(value -> isInText(value.toString()));
  }

  /// The words as they may be shown: `--token ***`, `--password=***`, `api_key=***`.
  public static List<String> hidden(List<String> words) {
    List<String> shown = new ArrayList<>(words.size());
    boolean hide = false;
    for (String word : words) {
      if (hide) {
        shown.add(HIDDEN);
        hide = false;
      } else if (isNamed(word)) {
        int equals = word.indexOf('=');
        shown.add(equals < 0 ? word : word.substring(0, equals + 1) + HIDDEN);
        hide = equals < 0;
      } else {
        shown.add(text(word));
      }
    }
    return shown;
  }

  /// Parameters as they may be shown and kept: those whose names say that they are secret have no
  /// value.
  public static Map<String, Object> hidden(Map<String, Object> parameters) {
    Map<String, Object> shown = new LinkedHashMap<>();
    parameters.forEach((name, value) ->
        shown.put(
            name,
            SecretNames.contain(name)
                ? HIDDEN
                : switch (value) {
                  case String text -> text(text);
                  case List<?> texts ->
                      texts.stream().map(text -> text(String.valueOf(text))).toList();
                  default -> value;
                }));
    return shown.equals(parameters) ? parameters : shown;
  }

  /// Whether the word begins with the name of a secret: an option with or without its value
  /// (`--api-token`, `--password=x`), or a value that is assigned, as to a variable or in Hydra's
  /// syntax (`TOKEN=x`, `+model.api_key=x`).
  private static boolean isNamed(String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    return (equals > 0 || name.startsWith("--"))
        && !name.startsWith("-", name.startsWith("--") ? 2 : 0)
        && name.chars().noneMatch(Character::isWhitespace)
        && SecretNames.contain(name);
  }

  private static boolean isInText(String word) {
    return isText(word) && Patterns.contain(word);
  }

  private static String text(String word) {
    return isText(word) ? Patterns.hidden(word) : word;
  }

  /// Whether the word is longer text, in which several things are said.
  private static boolean isText(String word) {
    return word.chars().anyMatch(Character::isWhitespace);
  }
}
