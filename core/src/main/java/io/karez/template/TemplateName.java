package io.karez.template;

import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.util.List;
import java.util.Optional;

/// The name of a template's file: `STEM.TYPE.ENGINE`, such as `arrayjob.slurm.j2`.
///
/// @param stem whatever tells it from others; it may hold dots
/// @param type what runs the script
/// @param engine what fills the template
public record TemplateName(String stem, ScriptType type, String engine) {
  /// What templates may be written in.
  public static final List<String> ENGINES = List.of("j2");

  /// @param file without directories
  /// @throws InvalidInputException naming each part that is not known
  public static TemplateName parse(String file) {
    Place place = Place.of(file);
    String[] parts = file.split("\\.", -1);
    if (parts.length < 3 || parts[0].isEmpty()) {
      throw new InvalidInputException(
          Problem.at(place, "a template is called `NAME.TYPE.ENGINE`")
              .hint("such as `job.bash.j2` or `arrayjob.slurm.j2`"));
    }
    String engine = parts[parts.length - 1];
    String type = parts[parts.length - 2];
    Problems problems = new Problems();
    Optional<ScriptType> known = problems.attempt(() -> ScriptType.of(type, place));
    if (!ENGINES.contains(engine)) {
      problems.add(
          Problem.at(place, "`%s` is no template engine".formatted(engine))
              .hint(
                  Nearest.to(engine, ENGINES)
                      .map("did you mean `%s`?"::formatted)
                      .orElse("there is `%s`, Jinja2's syntax".formatted(ENGINES.getFirst()))));
    }
    problems.throwIfAny();
    String stem = file.substring(0, file.length() - type.length() - engine.length() - 2);
    return new TemplateName(stem, known.orElseThrow(), engine);
  }

  /// What the script is called that is made of it: the same without the engine.
  public String script() {
    return stem + "." + type.word();
  }

  @Override
  public String toString() {
    return script() + "." + engine;
  }
}
