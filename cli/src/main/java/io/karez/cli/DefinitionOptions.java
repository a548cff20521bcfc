package io.karez.cli;

import io.karez.project.Project;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The options of every command that makes or changes a definition.
final class DefinitionOptions {
  private @Nullable Path file;
  private boolean anyway;

  void declare(Options options) {
    options
        .typed(
            "--file -f",
            "F",
            Path.class,
            "read it from a YAML file, in the shape that the project keeps",
            value -> file = value)
        .flag("--anyway", "also when a path leads nowhere yet", () -> anyway = true);
  }

  ProjectPaths paths(Project project) {
    return new ProjectPaths(project.root(), anyway);
  }

  /// What a person has written, somewhere; empty when no file was named.
  Optional<Written> written() {
    return Optional.ofNullable(file).map(named -> new Written(read(named), named.toString()));
  }

  /// @param source the file as the user knows it
  record Written(String text, String source) {}

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          Problem.at(Place.of(file.toString()), "the text is not valid UTF-8"));
    } catch (IOException e) {
      if (!Files.isRegularFile(file)) {
        throw new InvalidInputException(
            Problem.at(Place.of("--file"), "there is no file `%s`".formatted(file)));
      }
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }
}
