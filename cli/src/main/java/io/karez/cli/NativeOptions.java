package io.karez.cli;

import io.karez.scheduler.Dialects;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Options of a batch system's own command, written where Karez reads options.
final class NativeOptions {
  /// Karez's own word for exactly the same.
  private static final Map<String, String> OURS =
      Map.ofEntries(
          Map.entry("-N", "--nodes"),
          Map.entry("-n", "--tasks"),
          Map.entry("--ntasks", "--tasks"),
          Map.entry("-c", "--cpus"),
          Map.entry("--cpus-per-task", "--cpus"),
          Map.entry("--mem", "--memory"),
          Map.entry("--gpus-per-node", "--gpus"),
          Map.entry("-p", "--queue"),
          Map.entry("--partition", "--queue"),
          Map.entry("-A", "--account"),
          Map.entry("-d", "--after"),
          Map.entry("--dependency", "--after"),
          Map.entry("-a", "-R"),
          Map.entry("--array", "-R"));

  /// Those that need no value.
  private static final Set<String> FLAGS =
      Set.of(
          "-H", "--exclusive", "--hold", "--nice", "--no-requeue", "--oversubscribe", "--requeue");

  /// Programs have these as well.
  private static final Set<String> COMMON = Set.of("--output", "--nice", "--hint", "--exclude");

  private NativeOptions() {}

  /// How to ask Karez for it; empty when no batch system has such an option.
  ///
  /// @param words from the option on
  static Optional<String> advice(List<String> words) {
    String word = words.getFirst();
    String key = key(word);
    String ours = OURS.get(key);
    if (ours != null) {
      return Optional.of("did you mean `%s`?".formatted(ours));
    }
    if (Dialects.names().stream().map(Dialects::named).anyMatch(d -> d.isOption(key))) {
      boolean hasValue =
          word.equals(key)
              && !FLAGS.contains(key)
              && words.size() > 1
              && words.get(1).matches("[A-Za-z0-9_.,:%/@]+");
      String directive = hasValue ? key + (key.startsWith("--") ? "=" : " ") + words.get(1) : word;
      return Optional.of("hand it over with `--native '%s'`".formatted(directive));
    }
    return Optional.empty();
  }

  /// What to say where they go to the program, which may be meant.
  ///
  /// @param words those of the program that nobody has put after `--`
  static List<String> remarks(List<String> words) {
    return words.stream()
        .filter(word -> word.startsWith("--") && !COMMON.contains(key(word)))
        .flatMap(word ->
            advice(List.of(word)).stream()
                .map(advice ->
                    "`%s` goes to the program, not to the batch system: %s"
                        .formatted(key(word), advice)))
        .distinct()
        .toList();
  }

  private static String key(String word) {
    int equals = word.startsWith("--") ? word.indexOf('=') : -1;
    return equals < 0 ? word : word.substring(0, equals);
  }
}
