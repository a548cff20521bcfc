package io.karez.define;

import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.Yaml;
import io.karez.text.YamlFields;
import io.karez.text.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Native directives for one scheduler, handed over untouched.
///
/// @param directives in the order of the file
public record SubmitTemplate(List<Directive> directives) {

  public SubmitTemplate {
    directives = List.copyOf(directives);
  }

  /// One native key.
  ///
  /// @param key as the scheduler spells it, such as `--ntasks` or `+WishedAcctGroup`
  /// @param value verbatim; empty for a bare flag such as `--exclusive`
  public record Directive(String key, Optional<String> value) {

    /// Reads what stands after the scheduler's mark: `--mem=4G`, `--exclusive`, `-C haswell`,
    /// `-N5`.
    public static Directive parse(String text) {
      String words = text.strip();
      int equals = words.startsWith("--") ? words.indexOf('=') : -1;
      int blank = words.indexOf(' ');
      int end = equals > 0 && (blank < 0 || equals < blank) ? equals : blank;
      if (end > 0) {
        return new Directive(
            words.substring(0, end), Optional.of(words.substring(end + 1).strip()));
      }
      boolean joined = words.length() > 2 && words.startsWith("-") && !words.startsWith("--");
      return joined
          ? new Directive(words.substring(0, 2), Optional.of(words.substring(2)))
          : new Directive(words, Optional.empty());
    }

    /// As {@link #parse} reads it: `--mem=4G`, `-C haswell`.
    @Override
    public String toString() {
      String between = key.startsWith("--") ? "=" : " ";
      return key + value.map(text -> between + text).orElse("");
    }
  }

  /// Reads a file of `key: value` lines; a key with a list is repeated once for each of its items.
  ///
  /// @throws io.karez.text.InvalidInputException with all problems
  public static SubmitTemplate read(String text, String source) {
    Problems problems = new Problems();
    Optional<YamlNode> document = Yaml.read(text, source);
    SubmitTemplate template =
        document.map(node -> of(node, "", problems)).orElse(new SubmitTemplate(List.of()));
    problems.throwIfAny();
    return template;
  }

  static SubmitTemplate of(YamlNode node, String path, Problems problems) {
    List<Directive> directives = new ArrayList<>();
    YamlFields fields = YamlFields.open(node, path, problems);
    for (YamlNode.Entry entry : fields.entries()) {
      String key = entry.key().text();
      List<YamlNode> values =
          entry.value() instanceof YamlNode.Sequence list ? list.items() : List.of(entry.value());
      for (YamlNode value : values) {
        if (value instanceof YamlNode.Scalar scalar) {
          directives.add(directive(key, scalar));
        } else {
          problems.add(
              Problem.at(value.place(), "`%s` must be text or a list".formatted(fields.path(key))));
        }
      }
    }
    return new SubmitTemplate(directives);
  }

  /// In the shape of the file: a key that stands several times has a list, a bare flag has null.
  Map<String, @Nullable Object> fields() {
    Map<String, List<@Nullable String>> values = new LinkedHashMap<>();
    for (Directive directive : directives) {
      values
          .computeIfAbsent(directive.key(), key -> new ArrayList<>())
          .add(directive.value().orElse(null));
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    values.forEach((key, all) -> map.put(key, all.size() == 1 ? all.getFirst() : all));
    return map;
  }

  private static Directive directive(String key, YamlNode.Scalar value) {
    return new Directive(key, value.isNull() ? Optional.empty() : Optional.of(value.text()));
  }
}
