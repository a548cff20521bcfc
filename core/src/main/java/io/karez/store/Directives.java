package io.karez.store;

import io.karez.define.SubmitTemplate.Directive;
import java.util.ArrayList;
import java.util.List;

/// Native directives as files keep them: a key, and its value if it has one.
final class Directives {
  private Directives() {}

  static List<List<String>> words(List<Directive> directives) {
    List<List<String>> rows = new ArrayList<>();
    for (Directive directive : directives) {
      rows.add(
          directive.value().map(v -> List.of(directive.key(), v)).orElse(List.of(directive.key())));
    }
    return rows;
  }

  static List<Directive> read(List<List<String>> rows) {
    List<Directive> directives = new ArrayList<>();
    for (List<String> words : rows) {
      if (!words.isEmpty()) {
        directives.add(new Directive(words.getFirst(), words.stream().skip(1).findFirst()));
      }
    }
    return directives;
  }
}
