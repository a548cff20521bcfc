package io.karez.text;

import java.util.List;
import java.util.Optional;

/// A node of a YAML document, with the place it stands at and each value's text as it was written.
public sealed interface YamlNode {

  /// Where it begins.
  Place place();

  /// The characters it covers in the document.
  Span span();

  /// A half-open range of `char` positions.
  record Span(int start, int end) {}

  /// A value that is neither a mapping nor a sequence.
  ///
  /// @param text its content, verbatim: `10.` stays `10.`
  /// @param isNull whether it was left empty or written as an unquoted `null` or `~`
  record Scalar(String text, boolean isNull, Place place, Span span) implements YamlNode {}

  /// @param entries in the order of the document; no key twice
  /// @param isFlow whether it is written in braces
  record Mapping(List<Entry> entries, boolean isFlow, Place place, Span span) implements YamlNode {

    public Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().text().equals(key)).findFirst();
    }
  }

  /// @param items in the order of the document
  /// @param isFlow whether it is written in brackets
  record Sequence(List<YamlNode> items, boolean isFlow, Place place, Span span)
      implements YamlNode {}

  /// A key of a mapping and its value.
  record Entry(Scalar key, YamlNode value) {}
}
