package io.karez.launch;

import io.karez.expand.ParameterSet;
import io.karez.expand.Sweep;
import io.karez.expand.Written;
import io.karez.render.LaunchStart;
import io.karez.render.RunRequest;
import io.karez.scheduler.ScriptDirectives;
import io.karez.scheduler.TaskArray;
import io.karez.store.RunDirectory;
import io.karez.template.Jinja;
import io.karez.template.ScriptType;
import io.karez.template.TemplateEngine.WhenUndefined;
import io.karez.template.TemplateName;
import io.karez.text.Json;
import io.karez.text.Nearest;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A launch template filled with its values.
///
/// @param text ending with a newline
/// @param configurations what its tasks run with, when it asks for them
/// @param doubts values that it does not use and that are called nearly like one that it does
public record LaunchScript(
    TemplateName template,
    String text,
    Map<String, @Nullable Object> values,
    List<?> configurations,
    List<Problem> doubts) {

  /// @param several values, of which those that the template does not name make the configurations
  /// @param single values, which make none
  /// @param source of the values, for messages
  /// @throws io.karez.text.InvalidInputException with all problems of the template, or when one of
  ///   the single values is called nearly like one that it uses
  public static LaunchScript of(
      LaunchTemplates.Found found,
      Map<String, ? extends @Nullable Object> several,
      Map<String, ? extends @Nullable Object> single,
      String source,
      WhenUndefined undefined) {
    Jinja engine = new Jinja();
    Set<String> named = engine.placeholders(found.template());
    LaunchValues values = LaunchValues.of(several, single, named);
    boolean asks = named.contains(LaunchValues.CONFIGURATIONS);
    Map<String, @Nullable Object> filling =
        new LinkedHashMap<>(asks ? values.filling(source) : values.given());
    // What the configurations are made of is of use in any case.
    Map<String, String> misspelt =
        misspelt(asks ? single.keySet() : values.given().keySet(), named, filling.keySet());
    // Several values may come from one file for several templates, each of which uses some. When
    // the template cannot do without, they are mistakes as well.
    Map<String, String> doubtful = new LinkedHashMap<>(misspelt);
    doubtful.keySet().removeAll(single.keySet());
    Map<String, String> mistaken = new LinkedHashMap<>(misspelt);
    mistaken.keySet().removeAll(doubtful.keySet());
    String text =
        new Problems()
            .attempt(() -> filled(engine, found, filling, mistaken, undefined))
            .orElseGet(() -> filled(engine, found, filling, misspelt, undefined));
    List<?> configurations =
        filling.get(LaunchValues.CONFIGURATIONS) instanceof List<?> list ? list : List.of();
    return new LaunchScript(
        found.name(),
        text.endsWith("\n") ? text : text + "\n",
        values.given(),
        configurations,
        doubtful.entrySet().stream()
            .map(value -> unused(found, value.getKey(), value.getValue()))
            .toList());
  }

  /// Values that the template does not use, each with the name that may be meant.
  private static Map<String, String> misspelt(
      Set<String> given, Set<String> named, Set<String> filled) {
    Map<String, String> misspelt = new LinkedHashMap<>();
    for (String name : given.stream().filter(key -> !named.contains(key)).toList()) {
      Nearest.to(name, named)
          .filter(near -> !filled.contains(near))
          .ifPresent(near -> misspelt.put(name, near));
    }
    return misspelt;
  }

  /// @param mistaken names that are reported, each with the one that gets its value
  private static String filled(
      Jinja engine,
      LaunchTemplates.Found found,
      Map<String, @Nullable Object> filling,
      Map<String, String> mistaken,
      WhenUndefined undefined) {
    Problems problems = new Problems();
    Map<String, @Nullable Object> all = new LinkedHashMap<>(filling);
    mistaken.forEach((name, near) -> {
      problems.add(unused(found, name, near));
      all.put(near, filling.get(name));
    });
    String text =
        problems.attempt(() -> engine.render(found.template(), all, undefined)).orElse("");
    problems.throwIfAny();
    return text;
  }

  private static Problem unused(LaunchTemplates.Found found, String name, String near) {
    return Problem.of("nothing in `%s` uses the value `%s`".formatted(found.name(), name))
        .hint("did you mean `%s`?".formatted(near));
  }

  /// Whether a run was launched from a template.
  public static boolean isIn(RunDirectory run) {
    return Files.isDirectory(run.path().resolve(RunRequest.LAUNCH));
  }

  /// What every job's command begins with.
  public List<String> command() {
    return LaunchStart.command(template.script());
  }

  /// The files of the run, by their path in it.
  public Map<String, String> files(ScriptDirectives asked) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(RunRequest.LAUNCH + "/" + template.script(), text);
    files.put(
        LaunchStart.FILE,
        LaunchStart.text(
            template.script(),
            text,
            template.type() == ScriptType.SH ? "/bin/sh" : "bash",
            asked.array()));
    files.put(RunRequest.LAUNCH + "/values.json", Json.writeIndented(values) + "\n");
    return files;
  }

  /// A request that runs the script.
  ///
  /// @param isThrottled whether somebody has said how many jobs run at a time, besides the script
  public RunRequest launched(RunRequest request, ScriptDirectives asked, boolean isThrottled) {
    int throttle = isThrottled ? 0 : asked.array().map(TaskArray::throttle).orElse(0);
    RunRequest launching = request.launching(command(), throttle, files(asked));
    return asked
        .directory()
        .map(directory -> launching.at(launching.workingDirectory().resolve(directory).normalize()))
        .orElse(launching);
  }

  /// One job for each task, or one for all of it.
  public Sweep sweep(Optional<TaskArray> array) {
    return new Written(sets(array));
  }

  private List<ParameterSet> sets(Optional<TaskArray> array) {
    if (array.isEmpty()) {
      return List.of(new ParameterSet(List.of(), Map.of()));
    }
    List<Integer> indices = array.get().indices();
    boolean told = array.get().countsFromZero() && configurations.size() == indices.size();
    List<ParameterSet> sets = new ArrayList<>();
    for (int i = 0; i < indices.size(); i++) {
      Map<String, Object> parameters = new LinkedHashMap<>();
      parameters.put("task", indices.get(i).toString());
      if (told && configurations.get(i) instanceof Map<?, ?> options) {
        options.forEach((name, value) -> parameters.put(String.valueOf(name), shown(value)));
      }
      sets.add(new ParameterSet(List.of(indices.get(i).toString()), parameters));
    }
    return sets;
  }

  private static Object shown(@Nullable Object value) {
    return value instanceof List<?> several
        ? several.stream().map(String::valueOf).toList()
        : String.valueOf(value);
  }
}
