package io.karez.template;

import io.karez.text.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The templates that a template may use, read once each.
final class Sources {
  private final Function<String, Optional<String>> siblings;
  private final Problems problems;
  private final Map<String, Optional<List<Statement>>> read = new HashMap<>();

  /// @param problems takes what is wrong with their syntax
  Sources(Function<String, Optional<String>> siblings, Problems problems) {
    this.siblings = siblings;
    this.problems = problems;
  }

  Optional<List<Statement>> find(String name) {
    Optional<List<Statement>> known = read.get(name);
    if (known == null) {
      known =
          siblings.apply(name).map(text -> Parser.statements(Template.of(name, text), problems));
      read.put(name, known);
    }
    return known;
  }
}
