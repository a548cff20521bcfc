package io.karez.transport;

import io.karez.text.ShellWords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command as words; nothing of it is ever read by a shell on the way.
///
/// @param words the program and its arguments; at least one
/// @param environment variables set in addition to those of the site
/// @param directory where it runs; empty for the transport's own default
/// @param input what it reads on standard input, UTF-8
/// @param inheritsInput whether it reads this process's own standard input instead
public record Command(
    List<String> words,
    Map<String, String> environment,
    Optional<Path> directory,
    Optional<String> input,
    boolean inheritsInput) {

  public Command {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
  }

  public static Command of(String... words) {
    return of(List.of(words));
  }

  public static Command of(List<String> words) {
    return new Command(words, Map.of(), Optional.empty(), Optional.empty(), false);
  }

  public Command in(Path place) {
    return new Command(words, environment, Optional.of(place), input, inheritsInput);
  }

  public Command with(Map<String, String> variables) {
    return new Command(words, variables, directory, input, inheritsInput);
  }

  public Command reading(String text) {
    return new Command(words, environment, directory, Optional.of(text), false);
  }

  public Command inheritingInput() {
    return new Command(words, environment, directory, Optional.empty(), true);
  }

  byte[] inputBytes() {
    return input.orElse("").getBytes(StandardCharsets.UTF_8);
  }

  /// As a person would type it.
  @Override
  public String toString() {
    return ShellWords.quoteAll(words);
  }
}
