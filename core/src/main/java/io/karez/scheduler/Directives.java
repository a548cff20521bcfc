package io.karez.scheduler;

import io.karez.define.Resources;
import io.karez.define.SubmitTemplate.Directive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Native directives in the making: layers of canonical resources and native keys, of which the
/// later win. A native key that says the same as a canonical one takes its place, so that nothing
/// is said twice. Nor may a number of tasks of a lower layer leave nodes without one: asked for by
/// a higher one, each node then has one.
public final class Directives {
  /// How one scheduler spells what is asked for.
  public interface Spelling {
    /// What a native key says in canonical words, such as `cpus`; empty when no canonical word says
    /// it.
    Optional<String> canonical(String key);

    /// What is asked for, by its canonical word.
    Map<String, List<Directive>> natives(Resources resources);

    /// How many processes in all a directive asks for; empty when it tells no such number.
    default Optional<Integer> tasks(Directive directive) {
      return Optional.empty();
    }
  }

  private static final Pattern LEAST = Pattern.compile("([0-9]{1,9})(?:-[0-9]+)?");

  private final Spelling spelling;
  private final Map<String, List<Directive>> chosen = new LinkedHashMap<>();

  public Directives(Spelling spelling) {
    this.spelling = spelling;
  }

  public Directives over(Resources resources) {
    return over(spelling.natives(resources));
  }

  /// A key may stand several times in one layer, and then replaces what the layers before it say.
  public Directives over(List<Directive> layer) {
    Map<String, List<Directive>> added = new LinkedHashMap<>();
    for (Directive directive : layer) {
      String meaning = spelling.canonical(directive.key()).orElse(directive.key());
      added.computeIfAbsent(meaning, key -> new ArrayList<>()).add(directive);
    }
    return over(added);
  }

  private Directives over(Map<String, List<Directive>> layer) {
    if (!layer.containsKey("tasks")) {
      int nodes =
          layer.getOrDefault("nodes", List.of()).stream()
              .flatMap(directive -> directive.value().stream())
              .map(LEAST::matcher)
              .filter(Matcher::matches)
              .mapToInt(least -> Integer.parseInt(least.group(1)))
              .max()
              .orElse(1);
      chosen.getOrDefault("tasks", List.of()).stream()
          .flatMap(directive -> spelling.tasks(directive).stream())
          .filter(tasks -> tasks < nodes)
          .findFirst()
          .ifPresent(tooFew -> chosen.remove("tasks"));
    }
    chosen.putAll(layer);
    return this;
  }

  public List<Directive> list() {
    return chosen.values().stream().flatMap(List::stream).toList();
  }
}
