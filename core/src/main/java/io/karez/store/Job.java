package io.karez.store;

import io.karez.text.Json;
import io.karez.text.JsonObject;
import io.karez.text.Secrets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One job as it was asked for: a line of `jobs.jsonl`, and its row of `argv`.
///
/// @param index from 0, in the order of expansion
/// @param directory relative to the run's, `.` for the run's own, or absolute
/// @param parameters names and text values, or lists of them, for programs, people and queries;
///   secrets are hidden only where they are shown
/// @param arguments what its combination adds to the run's command
/// @param argv all its words: command, arguments, paths
public record Job(
    int index,
    String directory,
    Map<String, Object> parameters,
    List<String> arguments,
    List<String> argv) {

  public Job {
    arguments = List.copyOf(arguments);
    argv = List.copyOf(argv);
  }

  /// The parameters as the job's `parameters.json` holds them.
  public String parametersJson() {
    return Json.write(parameters);
  }

  /// Whether the name of an option or of a parameter says that its value is a secret.
  boolean hasSecret() {
    return Secrets.areIn(argv) || Secrets.areIn(parameters);
  }

  String write() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("index", index);
    line.put("directory", directory);
    line.put("parameters", parameters);
    line.put("arguments", arguments);
    line.put("argv", argv);
    return Json.write(line);
  }

  /// The job that a line of `jobs.jsonl` holds; empty when it holds none.
  static Optional<Job> ofLine(String text) {
    try {
      return JsonObject.ofLine(text).map(Job::read);
    } catch (JsonObject.MalformedException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Job read(JsonObject line) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    line.optionalObject("parameters")
        .ifPresent(object ->
            object.fields().forEach((name, value) -> putIfThere(parameters, name, value)));
    return new Job(
        line.integer("index"),
        line.string("directory"),
        parameters,
        line.strings("arguments"),
        line.strings("argv"));
  }

  private static void putIfThere(
      Map<String, Object> parameters, String name, @Nullable Object value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }
}
