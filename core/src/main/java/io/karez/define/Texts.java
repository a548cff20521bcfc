package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Secrets;
import io.karez.text.ShellWords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Checks of text that the values share.
final class Texts {
  private Texts() {}

  static void requireWord(String key, String text) {
    Optional<String> refusal = refusal(text);
    if (refusal.isPresent()) {
      throw new InvalidInputException(Problem.of("`%s` %s".formatted(key, refusal.get())));
    }
  }

  /// Takes text that can be a word of a command.
  static String word(String text, Place place) {
    Optional<String> refusal = refusal(text);
    if (refusal.isPresent()) {
      throw new InvalidInputException(Problem.at(place, refusal.get()));
    }
    return text;
  }

  private static Optional<String> refusal(String text) {
    return text.isEmpty() ? Optional.of("is empty") : Optional.ofNullable(ShellWords.refusal(text));
  }

  /// Takes text that splits into words as for a shell.
  static String words(String text, Place place) {
    ShellWords.split(text, place);
    return text;
  }

  /// Takes a line of shell that may be written into scripts.
  static String setup(String line, Place place) {
    if (Secrets.areInText(line)) {
      throw new InvalidInputException(
          Problem.at(place, "the line holds what looks like a secret, and is written into scripts")
              .hint(Environment.SECRET_HINT + "; `TOKEN=$(cat FILE)` reads it"));
    }
    return line;
  }

  static List<String> command(String executableCommand, String executable) {
    List<String> words =
        new ArrayList<>(ShellWords.split(executableCommand, Place.of("executable_command")));
    words.add(executable);
    return List.copyOf(words);
  }

  static List<String> tags(List<String> tags) {
    tags.forEach(tag -> tag(tag, Place.of("tags")));
    return List.copyOf(new LinkedHashSet<>(tags));
  }

  static String tag(String text, Place place) {
    if (text.isBlank() || hasControl(text)) {
      throw new InvalidInputException(
          Problem.at(place, "a tag must be text on one line, not `%s`".formatted(text)));
    }
    return text;
  }

  /// Takes one of the words that a setting knows.
  static BiFunction<String, Place, String> oneOf(Collection<String> words) {
    return (text, place) -> {
      if (words.contains(text)) {
        return text;
      }
      String hint = "write one of `%s`".formatted(String.join("`, `", words));
      throw new InvalidInputException(
          Problem.at(place, "`%s` is not known here".formatted(text))
              .hint(Nearest.to(text, words).map("did you mean `%s`?"::formatted).orElse(hint)));
    };
  }

  static boolean hasControl(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
