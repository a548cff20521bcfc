package io.karez.scheduler;

import io.karez.define.Resources;
import io.karez.define.SubmitTemplate.Directive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Native directives in the making: layers of canonical resources and native keys, of which the
/// later win. A native key that says the same as a canonical one takes its place, so that nothing
/// is said twice.
public final class Directives {
  /// How one scheduler spells what is asked for.
  public interface Spelling {
    /// What a native key says in canonical words, such as `cpus`; empty when no canonical word says
    /// it.
    Optional<String> canonical(String key);

    /// What is asked for, by its canonical word.
    Map<String, List<Directive>> natives(Resources resources);
  }

  private final Spelling spelling;
  private final Map<String, List<Directive>> chosen = new LinkedHashMap<>();

  public Directives(Spelling spelling) {
    this.spelling = spelling;
  }

  public Directives over(Resources resources) {
    chosen.putAll(spelling.natives(resources));
    return this;
  }

  /// A key may stand several times in one layer, and then replaces what the layers before it say.
  public Directives over(List<Directive> layer) {
    Map<String, List<Directive>> added = new LinkedHashMap<>();
    for (Directive directive : layer) {
      String meaning = spelling.canonical(directive.key()).orElse(directive.key());
      added.computeIfAbsent(meaning, key -> new ArrayList<>()).add(directive);
    }
    chosen.putAll(added);
    return this;
  }

  public List<Directive> list() {
    return chosen.values().stream().flatMap(List::stream).toList();
  }
}
