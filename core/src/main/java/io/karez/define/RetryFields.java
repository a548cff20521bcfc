package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.YamlFields;
import io.karez.text.YamlNode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/// The YAML text of a retry policy: `retry: {oom: {memory: x2, times: 3}, node: {}}`.
final class RetryFields {
  private static final List<String> KEYS = List.of("times", "memory", "time");

  /// A job that somebody has cancelled is not to come back by itself, nor one that may still run.
  private static final List<String> CAUSES =
      Arrays.stream(Cause.values())
          .filter(cause -> !Set.of(Cause.USER, Cause.ADMIN, Cause.LOST).contains(cause))
          .map(Cause::word)
          .toList();

  private RetryFields() {}

  static RetryPolicy read(YamlFields experiment, Problems problems) {
    Optional<YamlNode> node = experiment.node("retry");
    if (node.isEmpty()) {
      return RetryPolicy.NONE;
    }
    Map<Cause, RetryPolicy.Again> rules = new EnumMap<>(Cause.class);
    for (YamlNode.Entry entry : YamlFields.open(node.get(), "retry", problems).entries()) {
      String word = entry.key().text();
      if (!CAUSES.contains(word)) {
        problems.add(
            Problem.at(
                    entry.key().place(), "there is no cause `%s` to try again for".formatted(word))
                .hint(
                    Nearest.to(word, CAUSES)
                        .map("did you mean `%s`?"::formatted)
                        .orElse("the causes are `" + String.join("`, `", CAUSES) + "`")));
        continue;
      }
      rules.put(Cause.of(word).orElseThrow(), again(entry.value(), "retry." + word, problems));
    }
    return new RetryPolicy(rules);
  }

  private static RetryPolicy.Again again(YamlNode node, String path, Problems problems) {
    if (node instanceof YamlNode.Scalar scalar && scalar.isNull()) {
      return new RetryPolicy.Again(1, Optional.empty(), Optional.empty());
    }
    YamlFields fields = YamlFields.of(node, path, KEYS, problems);
    return new RetryPolicy.Again(
        fields.count("times", 1).orElse(1),
        fields.value("memory", growing((text, place) -> Memory.parse(text, place))),
        fields.value("time", growing((text, place) -> WallTime.parse(text, place))));
  }

  private static BiFunction<String, Place, String> growing(BiConsumer<String, Place> amount) {
    return (text, place) -> {
      if (!RetryPolicy.TIMES.matcher(text).matches()) {
        try {
          amount.accept(text, place);
        } catch (InvalidInputException e) {
          throw new InvalidInputException(
              Problem.at(
                  place, "`%s` is neither an amount nor a factor such as `x2`".formatted(text)));
        }
      }
      return text;
    };
  }
}
