package io.karez.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Hides the values of options whose names say that they are secret.
public final class Secrets {
  private static final String HIDDEN = "***";

  private Secrets() {}

  /// Whether the word is such an option, with or without its value: `--api-token`, `--password=x`.
  public static boolean isSecretOption(String word) {
    String name = name(word);
    return name.startsWith("--")
        && name.chars().noneMatch(Character::isWhitespace)
        && SecretNames.contain(name);
  }

  /// The words as they may be shown: `--token ***`, `--password=***`.
  public static List<String> hidden(List<String> words) {
    List<String> shown = new ArrayList<>(words.size());
    boolean hide = false;
    for (String word : words) {
      if (hide) {
        shown.add(HIDDEN);
        hide = false;
      } else if (isSecretOption(word)) {
        int equals = word.indexOf('=');
        shown.add(equals < 0 ? word : word.substring(0, equals + 1) + HIDDEN);
        hide = equals < 0;
      } else {
        shown.add(word);
      }
    }
    return shown;
  }

  /// Parameters as they may be shown and kept: those whose names say that they are secret have no
  /// value.
  public static Map<String, Object> hidden(Map<String, Object> parameters) {
    if (parameters.keySet().stream().noneMatch(SecretNames::contain)) {
      return parameters;
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    parameters.forEach(
        (name, value) -> shown.put(name, SecretNames.contain(name) ? HIDDEN : value));
    return shown;
  }

  private static String name(String word) {
    int equals = word.indexOf('=');
    return equals < 0 ? word : word.substring(0, equals);
  }
}
