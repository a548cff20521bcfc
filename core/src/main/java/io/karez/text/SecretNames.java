package io.karez.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tells the names of options and variables whose values are secrets.
public final class SecretNames {
  private static final Set<String> SECRET =
      Set.of("token", "password", "passwd", "secret", "key", "credentials", "passphrase");
  private static final Set<String> LOCATION = Set.of("file", "path", "dir", "directory");

  private SecretNames() {}

  /// Whether one of the name's words (`API_KEY`, `--wandb-token`) says that its value is a secret.
  /// A name that says where the secret lies (`KEY_FILE`) holds none.
  public static boolean contain(String name) {
    List<String> words =
        Arrays.asList(name.toLowerCase(Locale.ROOT).replaceFirst("^-+", "").split("[^a-z0-9]+"));
    return words.stream().anyMatch(SecretNames::isSecret) && !LOCATION.contains(words.getLast());
  }

  private static boolean isSecret(String word) {
    return SECRET.contains(word) || (word.startsWith("api") && word.endsWith("key"));
  }
}
