package io.karez.runner;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A launch template, what it is filled with, and what goes along. Each method gives another one.
///
/// @param template a path, or a name as `karez template list` shows it: `NAME.TYPE.j2`
/// @param arguments values by their names in the template
/// @param varied values of which those that the template does not name make its `configurations`,
///   the first fastest
/// @param files sent before, with all that is in them
/// @param runner a scheduler instead of that of the template's type
/// @param directives handed to the scheduler as they are, above those of the script
/// @param atATime how many jobs run at a time; 0 for as many as the scheduler likes, or cores allow
/// @param emptyWhenUndefined whether a name without a value is empty text, as HPCtools has it,
///   instead of a mistake
public record Launch(
    String template,
    Map<String, @Nullable Object> arguments,
    Map<String, @Nullable Object> varied,
    List<Path> files,
    Optional<String> runner,
    List<String> directives,
    int atATime,
    boolean emptyWhenUndefined,
    String description,
    List<String> tags) {

  public Launch {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    varied = Collections.unmodifiableMap(new LinkedHashMap<>(varied));
    files = List.copyOf(files);
    directives = List.copyOf(directives);
    tags = List.copyOf(tags);
  }

  public static Launch of(String template) {
    return new Launch(
        template,
        Map.of(),
        Map.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        0,
        false,
        "",
        List.of());
  }

  /// @param value text, a number, a truth value, null, or a list or map of such
  public Launch with(String name, @Nullable Object value) {
    return arguments(with(arguments, name, value));
  }

  /// As {@link #with(String, Object)}, for each of them.
  public Launch with(Map<String, ?> values) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(arguments);
    all.putAll(values);
    return arguments(all);
  }

  /// An option that takes these values in turn. Options that are varied together are one name,
  /// `a,b`, with a list of pairs.
  ///
  /// @throws RunnerException when there is no value
  public Launch vary(String name, Object... values) {
    if (values.length == 0) {
      throw RunnerException.of(
          new InvalidInputException(Problem.of("`%s` is varied and has no value".formatted(name))));
    }
    return varied(with(varied, name, List.copyOf(Arrays.asList(values))));
  }

  /// The values of a file in YAML or JSON, as `--values` takes them.
  ///
  /// @throws RunnerException when it cannot be read
  public Launch values(Path file) {
    return Launcher.guarded(() -> {
      if (!(read(file) instanceof Map<?, ?> read)) {
        throw new InvalidInputException(
            Problem.at(
                Place.of(file.toString()), "the values are not a mapping of names to values"));
      }
      Map<String, @Nullable Object> all = new LinkedHashMap<>(varied);
      read.forEach((name, value) -> all.put(String.valueOf(name), value));
      return varied(all);
    });
  }

  private static @Nullable Object read(Path file) {
    try {
      return Yaml.values(Files.readString(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(Problem.of("there is no file `%s`".formatted(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }

  /// Files, and directories with all that is in them, but for what `.karezignore` names.
  ///
  /// @param more relative to where the runner sends from; they keep their places there
  public Launch send(Path... more) {
    List<Path> all = new ArrayList<>(files);
    all.addAll(List.of(more));
    return new Launch(
        template,
        arguments,
        varied,
        all,
        runner,
        directives,
        atATime,
        emptyWhenUndefined,
        description,
        tags);
  }

  /// @param name such as `slurm`; `local` for none
  public Launch runner(String name) {
    return new Launch(
        template,
        arguments,
        varied,
        files,
        Optional.of(name),
        directives,
        atATime,
        emptyWhenUndefined,
        description,
        tags);
  }

  /// @param directive such as `--mem=2G`
  public Launch directive(String directive) {
    List<String> all = new ArrayList<>(directives);
    all.add(directive);
    return new Launch(
        template,
        arguments,
        varied,
        files,
        runner,
        all,
        atATime,
        emptyWhenUndefined,
        description,
        tags);
  }

  /// @param jobs at least 1
  public Launch atATime(int jobs) {
    if (jobs < 1) {
      throw RunnerException.of(
          new InvalidInputException(
              Problem.of("at least one job must run at a time, not %d".formatted(jobs))));
    }
    return new Launch(
        template,
        arguments,
        varied,
        files,
        runner,
        directives,
        jobs,
        emptyWhenUndefined,
        description,
        tags);
  }

  /// A name without a value is empty text.
  public Launch undefinedIsEmpty() {
    return new Launch(
        template, arguments, varied, files, runner, directives, atATime, true, description, tags);
  }

  /// @param text what the run is for
  public Launch describedAs(String text) {
    return new Launch(
        template,
        arguments,
        varied,
        files,
        runner,
        directives,
        atATime,
        emptyWhenUndefined,
        text,
        tags);
  }

  public Launch tagged(String... more) {
    List<String> all = new ArrayList<>(tags);
    all.addAll(List.of(more));
    return new Launch(
        template,
        arguments,
        varied,
        files,
        runner,
        directives,
        atATime,
        emptyWhenUndefined,
        description,
        all);
  }

  private Launch arguments(Map<String, @Nullable Object> all) {
    return new Launch(
        template,
        all,
        varied,
        files,
        runner,
        directives,
        atATime,
        emptyWhenUndefined,
        description,
        tags);
  }

  private Launch varied(Map<String, @Nullable Object> all) {
    return new Launch(
        template,
        arguments,
        all,
        files,
        runner,
        directives,
        atATime,
        emptyWhenUndefined,
        description,
        tags);
  }

  private static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> before, String name, @Nullable Object value) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(before);
    all.put(name, value);
    return all;
  }
}
