package io.karez.template;

import java.util.Optional;
import java.util.function.Function;

/// The source of a template.
///
/// @param name as the user knows it, for messages
/// @param siblings the texts of those that it may include, import or extend, by name; nothing else
///   can be read from a template
public record Template(String name, String text, Function<String, Optional<String>> siblings) {

  /// One that has no siblings.
  public static Template of(String name, String text) {
    return new Template(name, text, sibling -> Optional.empty());
  }
}
