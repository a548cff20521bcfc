package io.karez.template;

import java.util.Map;
import java.util.Set;

/// Fills templates with values.
public interface TemplateEngine {

  /// What the names of its templates end in, without a dot: `j2`.
  String extension();

  /// The text of a template with its values.
  ///
  /// @param values by name: text, numbers, booleans, lists, maps with text as keys, null
  /// @throws io.karez.text.InvalidInputException with all problems that can be found, each with
  ///   template, line and column
  String render(Template template, Map<String, ?> values, WhenUndefined undefined);

  /// The names that a template takes from its values, whether or not a given set of values would
  /// make it look at them. Those of templates that it includes count as well.
  ///
  /// @throws io.karez.text.InvalidInputException when its syntax is wrong
  Set<String> placeholders(Template template);

  /// What to do where a name has no value.
  enum WhenUndefined {
    /// It is a problem, unless the template asks first.
    ERROR,
    /// It is empty text, false, and a list without items, as in Jinja2's own default.
    EMPTY
  }
}
