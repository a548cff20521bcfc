package io.karez.project;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Reads text that people have written.
final class Texts {
  private Texts() {}

  /// The file's text; empty when there is no such file.
  ///
  /// @param source the file as the user knows it
  static Optional<String> read(Path file, String source) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(Problem.at(Place.of(source), "the text is not valid UTF-8"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + source + "`", e);
    }
  }
}
