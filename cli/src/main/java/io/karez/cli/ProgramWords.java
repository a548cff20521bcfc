package io.karez.cli;

import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Tells Karez's words from the program's.
///
/// Before the name only Karez's options stand; after it those that `run --help` lists are Karez's
/// and all else is the program's, in order and untouched; after `--` everything is the program's.
///
/// @param karez options and their values
/// @param name of the experiment; empty when a command follows `--`
/// @param program the program's words
record ProgramWords(List<String> karez, Optional<String> name, List<String> program) {
  /// Options of every command, which after the name are the program's, because most programs have
  /// some of them.
  static final Set<String> COMMON = Set.of("--project", "--debug", "--help");

  /// Shorter words are too easily near to something.
  private static final int NEAR_MISS_LENGTH = 8;

  /// Who misses one of these starts what was not meant to start, or not like this.
  private static final Set<String> STARTS_NOTHING = Set.of("dryrun", "detach");

  /// @param beforeName options that are Karez's before the name only
  /// @param doubtful options that are refused after the name, because either may be meant
  /// @throws InvalidInputException for an unknown option before the name, an option without its
  ///   value, and a doubtful option or a near miss after the name
  static ProgramWords split(
      CommandSpec spec, List<String> words, Set<String> beforeName, Set<String> doubtful) {
    return split(spec, words, beforeName, doubtful, Set.of());
  }

  /// @param ofRun options that only `run` has, which are refused before and after the name: who
  ///   knows them from there does not mean the program
  static ProgramWords split(
      CommandSpec spec,
      List<String> words,
      Set<String> beforeName,
      Set<String> doubtful,
      Set<String> ofRun) {
    Map<String, OptionSpec> options = spec.optionsMap();
    Set<String> known = new LinkedHashSet<>(options.keySet());
    known.addAll(ofRun);
    List<String> karez = new ArrayList<>();
    List<String> program = new ArrayList<>();
    Optional<String> name = Optional.empty();
    int i = 0;
    while (i < words.size()) {
      String word = words.get(i);
      if (word.equals("--")) {
        program.addAll(words.subList(i + 1, words.size()));
        break;
      }
      Optional<OptionSpec> option = Optional.ofNullable(options.get(key(word)));
      refuseOfRun(ofRun, word);
      if (name.isPresent()) {
        refuseDoubtful(doubtful, word);
        option = option.filter(o -> !beforeName.contains(o.longestName()));
      }
      if (option.isPresent() && mayTake(option.get(), word, words, i + 1)) {
        karez.add(word + "=" + words.get(i + 1));
        i += 2;
        continue;
      }
      if (option.isPresent()) {
        int values = key(word).equals(word) ? option.get().arity().min() : 0;
        if (i + values >= words.size()) {
          throw new InvalidInputException(Problem.of("`%s` needs a value".formatted(word)));
        }
        karez.addAll(words.subList(i, i + 1 + values));
        i += 1 + values;
        continue;
      }
      if (name.isPresent()) {
        refuseNearMiss(known, beforeName, word);
        program.add(word);
      } else if (word.startsWith("-") && word.length() > 1) {
        throw new InvalidInputException(unknown(options.keySet(), words.subList(i, words.size())));
      } else {
        name = Optional.of(word);
      }
      i++;
    }
    return new ProgramWords(List.copyOf(karez), name, List.copyOf(program));
  }

  /// Whether the word after an option is its value, which may be left out.
  ///
  /// @throws InvalidInputException when that word looks like the value of a program's option of the
  ///   same name
  private static boolean mayTake(OptionSpec option, String word, List<String> words, int next) {
    boolean may = option.arity().min() == 0 && option.arity().max() == 1;
    if (!may || !key(word).equals(word) || next >= words.size()) {
      return false;
    }
    if (words.get(next).matches("[0-9,]+")) {
      throw new InvalidInputException(
          Problem.of("`%s` is Karez's own option and takes no number".formatted(word))
              .hint(
                  "put `%s %s` after `--` to pass it on to the program"
                      .formatted(word, words.get(next))));
    }
    return Options.isTruth(words.get(next));
  }

  /// The place of the first word that is neither an option nor an option's value; -1 when there is
  /// none before `--`.
  static int first(CommandSpec spec, List<String> words) {
    int i = 0;
    while (i < words.size() && words.get(i).startsWith("-") && !words.get(i).equals("--")) {
      i = after(spec, words, i);
    }
    return i < words.size() && !words.get(i).equals("--") ? i : -1;
  }

  /// The options among words that are options and their values, each by the longest of its names.
  static Set<String> options(CommandSpec spec, List<String> words) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < words.size(); i = after(spec, words, i)) {
      Optional.ofNullable(spec.optionsMap().get(key(words.get(i))))
          .ifPresent(option -> names.add(option.longestName()));
    }
    return names;
  }

  /// The place after an option and its value.
  private static int after(CommandSpec spec, List<String> words, int i) {
    Optional<OptionSpec> option = Optional.ofNullable(spec.optionsMap().get(key(words.get(i))));
    boolean joined = !key(words.get(i)).equals(words.get(i));
    if (joined || option.isEmpty()) {
      return i + 1;
    }
    return mayTake(option.get(), words.get(i), words, i + 1)
        ? i + 2
        : i + 1 + option.get().arity().min();
  }

  /// The name in `--name=value`.
  private static String key(String word) {
    int equals = word.startsWith("--") ? word.indexOf('=') : -1;
    return equals < 0 ? word : word.substring(0, equals);
  }

  private static void refuseDoubtful(Set<String> doubtful, String word) {
    String key = key(word);
    if (doubtful.contains(key)) {
      throw new InvalidInputException(
          Problem.of("`%s` could be Karez's option or the program's".formatted(key))
              .hint(
                  "put it before the name for Karez, or after `--` to pass it on to the program"));
    }
  }

  private static void refuseOfRun(Set<String> ofRun, String word) {
    if (ofRun.contains(key(word))) {
      throw new InvalidInputException(
          Problem.of(
                  "`%s` is an option of `karez run`; more jobs of a run get what the run asked for"
                      .formatted(key(word)))
              .hint("put it after `--` to pass it on to the program"));
    }
  }

  private static void refuseNearMiss(Set<String> names, Set<String> beforeName, String word) {
    String key = key(word);
    if (!key.startsWith("--") || key.length() == 2) {
      return;
    }
    for (String name : names) {
      if (name.startsWith("--") && !beforeName.contains(name) && isNearly(key, name)) {
        throw new InvalidInputException(
            Problem.of("`%s` is nearly `%s`, which is Karez's own option".formatted(key, name))
                .hint(
                    "write `%s`, or put `%s` after `--` to pass it on to the program"
                        .formatted(name, key)));
      }
    }
  }

  /// The same but for dashes, underscores and case, or one slip of the pen away.
  private static boolean isNearly(String key, String name) {
    String typed = letters(key);
    String meant = letters(name);
    int least = STARTS_NOTHING.contains(meant) ? meant.length() - 1 : NEAR_MISS_LENGTH;
    return typed.equals(meant) || (typed.length() >= least && Nearest.distance(typed, meant) == 1);
  }

  private static String letters(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static Problem unknown(Set<String> names, List<String> words) {
    String key = key(words.getFirst());
    return Problem.of("there is no option `%s`".formatted(key))
        .hint(
            NativeOptions.advice(words)
                .or(() -> Nearest.to(key, names).map("did you mean `%s`?"::formatted))
                .orElse("options of the program stand after the experiment's name, or after `--`"));
  }
}
