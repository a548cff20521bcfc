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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A launch template, what it is filled with, and what goes along. Each method gives another one.
public final class Launch {
  private final String template;
  private final Map<String, @Nullable Object> arguments;
  private final Map<String, @Nullable Object> varied;
  private final List<Path> files;
  private final Optional<String> runner;
  private final List<String> directives;
  private final int atATime;
  private final boolean emptyWhenUndefined;
  private final String description;
  private final List<String> tags;

  private Launch(Draft draft) {
    template = draft.template;
    arguments = Collections.unmodifiableMap(draft.arguments);
    varied = Collections.unmodifiableMap(draft.varied);
    files = List.copyOf(draft.files);
    runner = draft.runner;
    directives = List.copyOf(draft.directives);
    atATime = draft.atATime;
    emptyWhenUndefined = draft.emptyWhenUndefined;
    description = draft.description;
    tags = List.copyOf(draft.tags);
  }

  /// @param template a path, or a name as `karez template list` shows it: `NAME.TYPE.j2`
  public static Launch of(String template) {
    return new Launch(new Draft(template));
  }

  /// @param value text, a number, a truth value, null, or a list or map of such
  public Launch with(String name, @Nullable Object value) {
    return changed(draft -> draft.arguments.put(name, value));
  }

  /// As {@link #with(String, Object)}, for each of them.
  public Launch with(Map<String, ?> values) {
    return changed(draft -> draft.arguments.putAll(values));
  }

  /// An option that takes these values in turn: of such options those that the template does not
  /// name make its `configurations`, the first fastest. Options that are varied together are one
  /// name, `a,b`, with a list of pairs.
  ///
  /// @throws RunnerException when there is no value
  public Launch vary(String name, Object... values) {
    if (values.length == 0) {
      throw RunnerException.of(
          new InvalidInputException(Problem.of("`%s` is varied and has no value".formatted(name))));
    }
    return changed(draft -> draft.varied.put(name, List.copyOf(Arrays.asList(values))));
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
      return changed(
          draft -> read.forEach((name, value) -> draft.varied.put(String.valueOf(name), value)));
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

  /// Files, and directories with all that is in them, but for what `.karezignore` names. They are
  /// sent before.
  ///
  /// @param more relative to where the runner sends from; they keep their places there
  public Launch send(Path... more) {
    return changed(draft -> draft.files.addAll(List.of(more)));
  }

  /// Instead of the scheduler of the template's type.
  ///
  /// @param name such as `slurm`; `local` for none
  public Launch runner(String name) {
    return changed(draft -> draft.runner = Optional.of(name));
  }

  /// Handed to the scheduler as it is, above those of the script.
  ///
  /// @param directive such as `--mem=2G`
  public Launch directive(String directive) {
    return changed(draft -> draft.directives.add(directive));
  }

  /// Otherwise as many as the scheduler likes, or cores allow.
  ///
  /// @param jobs at least 1
  public Launch atATime(int jobs) {
    if (jobs < 1) {
      throw RunnerException.of(
          new InvalidInputException(
              Problem.of("at least one job must run at a time, not %d".formatted(jobs))));
    }
    return changed(draft -> draft.atATime = jobs);
  }

  /// A name without a value is empty text, as HPCtools has it, instead of a mistake.
  public Launch undefinedIsEmpty() {
    return changed(draft -> draft.emptyWhenUndefined = true);
  }

  /// @param text what the run is for
  public Launch describedAs(String text) {
    return changed(draft -> draft.description = text);
  }

  public Launch tagged(String... more) {
    return changed(draft -> draft.tags.addAll(List.of(more)));
  }

  private Launch changed(Consumer<Draft> change) {
    Draft draft = new Draft(template);
    draft.arguments.putAll(arguments);
    draft.varied.putAll(varied);
    draft.files.addAll(files);
    draft.runner = runner;
    draft.directives.addAll(directives);
    draft.atATime = atATime;
    draft.emptyWhenUndefined = emptyWhenUndefined;
    draft.description = description;
    draft.tags.addAll(tags);
    change.accept(draft);
    return new Launch(draft);
  }

  private static final class Draft {
    private final String template;
    private final Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> varied = new LinkedHashMap<>();
    private final List<Path> files = new ArrayList<>();
    private Optional<String> runner = Optional.empty();
    private final List<String> directives = new ArrayList<>();
    private int atATime;
    private boolean emptyWhenUndefined;
    private String description = "";
    private final List<String> tags = new ArrayList<>();

    private Draft(String template) {
      this.template = template;
    }
  }

  String template() {
    return template;
  }

  Map<String, @Nullable Object> arguments() {
    return arguments;
  }

  Map<String, @Nullable Object> varied() {
    return varied;
  }

  List<Path> files() {
    return files;
  }

  Optional<String> runner() {
    return runner;
  }

  List<String> directives() {
    return directives;
  }

  /// 0 for as many as the scheduler likes, or cores allow.
  int atATime() {
    return atATime;
  }

  boolean emptyWhenUndefined() {
    return emptyWhenUndefined;
  }

  String description() {
    return description;
  }

  List<String> tags() {
    return tags;
  }
}
