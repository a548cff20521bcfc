package io.karez.cli;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What a command takes, declared to picocli without annotations: their proxies alone would cost a
/// third of the start-up (docs/decisions, "Options without annotations").
///
/// Each declaration names what to do with the value; it is not called when the option is not given.
final class Options {
  private final CommandSpec spec = CommandSpec.create();
  private final List<Runnable> bindings = new ArrayList<>();

  Options() {
    spec.addOption(
        OptionSpec.builder("--help", "-h")
            .type(boolean.class)
            .usageHelp(true)
            .description("show this help")
            .build());
  }

  /// An option without a value.
  Options flag(String names, String description, Runnable given) {
    OptionSpec option =
        OptionSpec.builder(names.split(" ")).type(boolean.class).description(description).build();
    spec.addOption(option);
    bindings.add(() -> ifMatched(option, value -> given.run()));
    return this;
  }

  /// An option with one value.
  ///
  /// @param names separated by blanks, the one that the help shows first
  Options value(String names, String label, String description, Consumer<String> given) {
    return typed(names, label, String.class, description, given);
  }

  /// An option with a value that is a whole number (`Integer`, `Long`) or a path.
  <T> Options typed(
      String names, String label, Class<T> type, String description, Consumer<T> given) {
    OptionSpec option =
        OptionSpec.builder(names.split(" "))
            .type(String.class)
            .paramLabel(label)
            .description(description)
            .build();
    spec.addOption(option);
    bindings.add(
        () -> ifMatched(option, value -> given.accept(read(names, type, String.valueOf(value)))));
    return this;
  }

  /// An option that may be followed by `True` or `False`, as the seeds write it.
  Options truth(String names, String description, Consumer<Boolean> given) {
    OptionSpec option =
        OptionSpec.builder(names.split(" "))
            .type(String.class)
            .arity("0..1")
            .fallbackValue("True")
            .paramLabel("True|False")
            .description(description)
            .build();
    spec.addOption(option);
    bindings.add(
        () -> ifMatched(option, value -> given.accept(truth(names, String.valueOf(value)))));
    return this;
  }

  /// An option that may be repeated, with one value each time.
  Options repeated(String names, String label, String description, Consumer<List<String>> given) {
    OptionSpec option =
        OptionSpec.builder(names.split(" "))
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .paramLabel(label)
            .description(description)
            .build();
    spec.addOption(option);
    bindings.add(() -> ifMatched(option, value -> given.accept(strings(value))));
    return this;
  }

  /// Words that are no options, all that are left.
  ///
  /// @param label as the help shows it, with brackets around what may be left out
  /// @param arity `0..1`, `1`, `1..*`
  Options words(String label, String arity, String description, Consumer<List<String>> given) {
    PositionalParamSpec words =
        PositionalParamSpec.builder()
            .index("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity(arity)
            .paramLabel(label)
            .hideParamSyntax(true)
            .description(description)
            .build();
    spec.addPositional(words);
    // picocli counts the words of each positional parameter on its own, never those of all
    bindings.add(() -> requireCount(words, label, description));
    bindings.add(() -> ifMatched(words, value -> given.accept(strings(value))));
    return this;
  }

  /// Usage lines, where the ordinary one would mislead.
  Options synopsis(String... lines) {
    spec.usageMessage().customSynopsis(lines);
    return this;
  }

  /// Stands after the options in the help: examples, at least one.
  Options footer(String... lines) {
    spec.usageMessage().footer(lines);
    return this;
  }

  CommandSpec spec() {
    return spec;
  }

  /// Hands the values over, after the command line was read.
  void bind() {
    bindings.forEach(Runnable::run);
  }

  private void requireCount(PositionalParamSpec words, String label, String description) {
    List<String> given = words.stringValues();
    if (given.size() < words.arity().min()) {
      throw misused(
          "`%s` is missing: %s".formatted(label.replaceFirst("^\\[NAME] ", ""), description));
    }
    if (given.size() > words.arity().max()) {
      throw misused("`%s` is one word too many".formatted(given.get(words.arity().max())));
    }
  }

  private InvalidInputException misused(String message) {
    return new InvalidInputException(
        Problem.of(message).hint("`%s --help` shows how it is used".formatted(spec.name())));
  }

  private static void ifMatched(ArgSpec argument, Consumer<Object> given) {
    if (!argument.stringValues().isEmpty()) {
      given.accept(argument.getValue());
    }
  }

  private static <T> T read(String names, Class<T> type, String text) {
    try {
      if (type == Integer.class) {
        return type.cast(Integer.valueOf(text));
      }
      if (type == Long.class) {
        return type.cast(Long.valueOf(text));
      }
      return type.cast(type == Path.class ? Path.of(text) : text);
    } catch (NumberFormatException | InvalidPathException e) {
      String name = names.split(" ", 2)[0];
      if (text.matches("[+-]?[0-9]+")) {
        throw new InvalidInputException(
            Problem.of(
                "`%s` must lie between %d and %d, not be `%s`"
                    .formatted(
                        name,
                        type == Long.class ? Long.MIN_VALUE : Integer.MIN_VALUE,
                        type == Long.class ? Long.MAX_VALUE : Integer.MAX_VALUE,
                        text)));
      }
      String kind = type == Path.class ? "a path" : "a whole number";
      throw new InvalidInputException(
          Problem.of("`%s` needs %s, not `%s`".formatted(name, kind, text)));
    }
  }

  private static boolean truth(String names, String text) {
    if (!isTruth(text)) {
      throw new InvalidInputException(
          Problem.of(
              "`%s` is `True` or `False`, not `%s`".formatted(names.split(" ", 2)[0], text)));
    }
    return Boolean.parseBoolean(text);
  }

  /// Whether a word can only be meant as the value of such an option.
  static boolean isTruth(String word) {
    return word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false");
  }

  private static List<String> strings(Object value) {
    return ((List<?>) value).stream().map(String.class::cast).toList();
  }
}
