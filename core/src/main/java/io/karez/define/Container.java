package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.ShellWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The image that the programs of a run are started in.
///
/// @param image as the engine takes it; the path of a file or a directory is absolute
/// @param gpu whether the GPUs of the machine are seen in it
/// @param variables names of those that are the run's in it, and not the image's
/// @param version what tells a file that was made again from the one before; empty for images that
///   are none
public record Container(
    Engine engine, String image, boolean gpu, List<String> variables, Optional<String> version) {

  public Container {
    variables = List.copyOf(variables);
  }

  /// What starts programs in images.
  public enum Engine {
    /// Apptainer, or Singularity where that is what the machine has.
    APPTAINER,
    PODMAN,
    DOCKER;

    /// As it is typed and recorded.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Engine> of(String word) {
      return Arrays.stream(values()).filter(engine -> engine.word().equals(word)).findFirst();
    }
  }

  /// What a user may write.
  public static final String FORMS =
      "an image is a file or a directory of apptainer, an address such as `docker://python:3.12`,"
          + " which apptainer fetches, or `podman:IMAGE` or `docker:IMAGE`";

  /// Reads `podman:IMAGE`, `docker:IMAGE`, an address with `://`, or a path; without GPUs and
  /// variables.
  ///
  /// @param directory what a relative path starts from, absolute
  /// @throws InvalidInputException when it is none of these; whether it is there is not looked at
  public static Container read(String text, Path directory, Place place) {
    @Nullable String refusal = ShellWords.refusal(text);
    if (refusal != null || text.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidInputException(
          Problem.at(place, refusal != null ? refusal : "an image is named on one line"));
    }
    if (text.matches("[a-z][a-z0-9+.-]*://.+")) {
      return new Container(Engine.APPTAINER, text, false, List.of(), Optional.empty());
    }
    for (Engine engine : new Engine[] {Engine.PODMAN, Engine.DOCKER}) {
      if (text.startsWith(engine.word() + ":")) {
        String image = text.substring(engine.word().length() + 1);
        // An image of no such name would be an option of the engine.
        if (!image.matches("[A-Za-z0-9]\\S*")) {
          throw new InvalidInputException(
              Problem.at(place, "`%s` names no image".formatted(text)).hint(FORMS));
        }
        return new Container(engine, image, false, List.of(), Optional.empty());
      }
    }
    if (text.isBlank()) {
      throw new InvalidInputException(Problem.at(place, "there is no image named").hint(FORMS));
    }
    String path = directory.resolve(text).normalize().toString();
    return new Container(Engine.APPTAINER, path, false, List.of(), Optional.empty());
  }

  /// The same image with these GPUs and variables.
  public Container with(boolean seen, List<String> names) {
    return new Container(engine, image, seen, names, version);
  }

  /// The file or directory that the image is; empty when it is fetched or kept elsewhere.
  public Optional<Path> file() {
    return image.startsWith("/") ? Optional.of(Path.of(image)) : Optional.empty();
  }

  /// The problem of an image that is a file or a directory and is not there.
  public Optional<Problem> missing(Place place) {
    return file()
        .filter(file -> !Files.exists(file))
        .map(file -> Problem.at(place, "there is no image `%s`".formatted(file)));
  }

  /// The same image with the version that its file has now: its size and its last change.
  public Container asItIsNow() {
    Optional<String> now = file().filter(Files::isRegularFile).flatMap(Container::version);
    return new Container(engine, image, gpu, variables, now);
  }

  private static Optional<String> version(Path file) {
    try {
      Instant changed = Files.getLastModifiedTime(file).toInstant();
      return Optional.of(
          "%d bytes of %s".formatted(Files.size(file), changed.truncatedTo(ChronoUnit.SECONDS)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// The image as it is asked for, whether with GPUs or not: `/data/c.sif`, `docker://python:3.12`,
  /// `podman:python:3.12`.
  @Override
  public String toString() {
    return engine == Engine.APPTAINER ? image : engine.word() + ":" + image;
  }
}
