package io.karez.inspect;

import io.karez.define.Memory;
import io.karez.define.Resources;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.SubmissionFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a submission of a run asks for, as it is handed over: that of the experiment, the submit
/// template, the command line and a retry together.
///
/// @param resources by canonical words; the directive itself where it says more than a value
/// @param others directives that no canonical word stands for, each as one word
public record Submitted(Map<String, String> resources, List<String> others) {
  private static final Resources ALL =
      new Resources(
          Optional.of(1),
          Optional.of(1),
          Optional.of(1),
          Optional.of(Memory.ofMebibytes(1)),
          Optional.of(1),
          Optional.of(Duration.ofHours(1)),
          Optional.of("queue"),
          Optional.of("account"));

  /// @param submission its number; of one that does not exist, what the run asks for
  public static Submitted of(RunDirectory run, RunDocument document, int submission) {
    Dialect dialect = Dialects.named(document.runner());
    return dialect.startsAtOnce()
        ? new Submitted(document.resources(), List.of())
        : of(
            dialect, new SubmissionFiles(run).directives(submission).orElse(document.directives()));
  }

  /// `memory 200M, time 02:00:00`: the resources that another submission did not ask for like that;
  /// empty when there are none.
  public Optional<String> besides(Submitted other) {
    String text =
        resources.entrySet().stream()
            .filter(asked -> !asked.getValue().equals(other.resources().get(asked.getKey())))
            .map(asked -> asked.getKey() + " " + asked.getValue())
            .collect(Collectors.joining(", "));
    return Optional.of(text).filter(more -> !more.isEmpty());
  }

  public static Submitted of(Dialect dialect, List<Directive> directives) {
    Map<String, List<Directive>> natives = dialect.natives(ALL);
    Set<String> own =
        natives.values().stream()
            .flatMap(List::stream)
            .map(Directive::key)
            .collect(Collectors.toSet());
    Map<String, String> said = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    for (Directive directive : directives) {
      Optional<String> word = dialect.canonical(directive.key()).filter(natives::containsKey);
      boolean isPlain = own.contains(directive.key()) || directive.key().length() == 2;
      if (word.isPresent()) {
        String text = isPlain ? directive.value().orElse("") : directive.toString();
        said.merge(word.get(), text.replaceFirst("^gpu:(?=[0-9]+$)", ""), (a, b) -> a + " " + b);
      } else {
        others.add(directive.toString());
      }
    }
    Map<String, String> resources = new LinkedHashMap<>();
    natives
        .keySet()
        .forEach(word -> {
          if (said.containsKey(word)) {
            resources.put(word, said.get(word));
          }
        });
    return new Submitted(resources, others);
  }
}
