package io.karez.transport;

import io.karez.text.ShellWords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A command as words; nothing of it is ever read by a shell on the way.
///
/// @param words the program and its arguments; at least one
/// @param environment variables set in addition to those of the site
/// @param directory where it runs; empty for the transport's own default
/// @param input the bytes that it reads on standard input; nothing when empty
/// @param inheritsInput whether it reads this process's own standard input instead
/// @param asks whether it changes nothing, so that it may be run again when its answer was lost
public record Command(
    List<String> words,
    Map<String, String> environment,
    Optional<Path> directory,
    Optional<byte[]> input,
    boolean inheritsInput,
    boolean asks) {
  private static final Set<String> SHELLS = Set.of("sh", "/bin/sh");

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
    return new Command(words, Map.of(), Optional.empty(), Optional.empty(), false, false);
  }

  public Command in(Path place) {
    return new Command(words, environment, Optional.of(place), input, inheritsInput, asks);
  }

  public Command with(Map<String, String> variables) {
    return new Command(words, variables, directory, input, inheritsInput, asks);
  }

  /// @param text UTF-8
  public Command reading(String text) {
    return reading(text.getBytes(StandardCharsets.UTF_8));
  }

  public Command reading(byte[] bytes) {
    return new Command(words, environment, directory, Optional.of(bytes), false, asks);
  }

  public Command inheritingInput() {
    return new Command(words, environment, directory, Optional.empty(), true, asks);
  }

  public Command asking() {
    return new Command(words, environment, directory, input, inheritsInput, true);
  }

  byte[] inputBytes() {
    return input.orElse(new byte[0]);
  }

  /// In a line of a message. Of a script only its name and its arguments say anything.
  String shown() {
    boolean isScript =
        words.size() > 3 && SHELLS.contains(words.getFirst()) && words.get(1).equals("-c");
    String text = ShellWords.quoteAll(isScript ? words.subList(3, words.size()) : words);
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end) + " ...";
  }

  /// As a person would type it.
  @Override
  public String toString() {
    return ShellWords.quoteAll(words);
  }
}
