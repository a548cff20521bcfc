package io.karez.text;

import java.util.ArrayList;
import java.util.List;

/// Hides the values of options whose names say that they are secret.
public final class Secrets {
  private static final String HIDDEN = "***";

  private Secrets() {}

  /// Whether the word is such an option, with or without its value: `--api-token`, `--password=x`.
  public static boolean isSecretOption(String word) {
    return word.startsWith("--") && SecretNames.contain(name(word));
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

  private static String name(String word) {
    int equals = word.indexOf('=');
    return equals < 0 ? word : word.substring(0, equals);
  }
}
