package io.karez.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tells the names of options and variables whose values are secrets.
public final class SecretNames {
  private static final Set<String> SECRET =
      Set.of("token", "password", "passwd", "secret", "key", "credentials", "passphrase");
  private static final Set<String> LOCATION = Set.of("file", "path", "dir", "directory");

  private SecretNames() {}

  /// Whether one of the name's words (`API_KEY`, `--wandb-token`, `secretKey`) says that its value
  /// is a secret. A name that says where the secret lies (`KEY_FILE`) holds none.
  public static boolean contain(String name) {
    if (!mayBeIn(name)) {
      return false;
    }
    List<String> words = words(name);
    return words.stream().anyMatch(SecretNames::isSecret) && !LOCATION.contains(words.getLast());
  }

  /// Whether it is worth while to look for such names in the text, told fast.
  static boolean mayBeIn(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("tpskcTPSKC".indexOf(text.charAt(i)) >= 0) {
        int start = i;
        if (SECRET.stream()
            .anyMatch(name -> text.regionMatches(true, start, name, 0, name.length()))) {
          return true;
        }
      }
    }
    return false;
  }

  /// The words in lower case, those that only capitals tell apart both alone and together. The
  /// letter of a short option (`-Dtoken`) may be written without a blank.
  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    if (name.startsWith("-") && !name.startsWith("--")) {
      words.add(name.replaceFirst("^-.?", "").replaceFirst("[^A-Za-z].*", ""));
    }
    for (String part : name.split("[^A-Za-z]+")) {
      words.add(part);
      words.addAll(List.of(part.split("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")));
    }
    return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
  }

  private static boolean isSecret(String word) {
    return SECRET.contains(word) || (word.startsWith("api") && word.endsWith("key"));
  }
}
