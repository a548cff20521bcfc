package io.karez.launch;

import io.karez.define.ExperimentName;
import io.karez.project.Places;
import io.karez.project.Project;
import io.karez.project.Trust;
import io.karez.project.UserFiles;
import io.karez.template.ShippedTemplates;
import io.karez.template.Template;
import io.karez.template.TemplateName;
import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where launch templates are found: a path, then the project's, the user's, and those that come
/// with Karez.
///
/// @param project empty where there is none
public record LaunchTemplates(Optional<Project> project, UserFiles user) {

  /// @param origin `path`, `project`, `user` or `karez`
  /// @param file empty for those that come with Karez
  public record Found(TemplateName name, String origin, Optional<Path> file, Template template) {

    /// What lies in the project of somebody else is executed only when that is trusted.
    public Trust trust(Project here) {
      Path results = here.results();
      Path unregistered = results.resolve(ExperimentName.UNREGISTERED.value());
      return file.filter(path -> path.startsWith(here.root()))
          .map(path -> here.trust(results, unregistered, path))
          .orElseGet(() -> here.trust(results, unregistered));
    }
  }

  private record Folder(String origin, Path path) {}

  private List<Folder> folders() {
    List<Folder> folders = new ArrayList<>();
    project.ifPresent(
        here -> folders.add(new Folder("project", here.root().resolve(".karez/templates"))));
    folders.add(new Folder("user", user.directory().resolve("templates")));
    return folders;
  }

  /// @param word a path, or the name of a template
  /// @throws InvalidInputException when there is none, or its name says nothing
  public Found find(String word) {
    Path path = Path.of(word);
    String file = String.valueOf(path.getFileName());
    TemplateName name = TemplateName.parse(file);
    if (Files.isRegularFile(path) || word.contains("/")) {
      return read(name, "path", path);
    }
    for (Folder folder : folders()) {
      Path there = folder.path().resolve(file);
      if (Files.isRegularFile(there)) {
        return read(name, folder.origin(), there);
      }
    }
    return ShippedTemplates.text(file)
        .map(text ->
            new Found(
                name, "karez", Optional.empty(), new Template(file, text, ShippedTemplates::text)))
        .orElseThrow(() -> unknown(word));
  }

  private InvalidInputException unknown(String word) {
    List<String> names = all().stream().map(found -> found.name().toString()).toList();
    return new InvalidInputException(
        Problem.of("there is no template `%s`".formatted(word))
            .hint(
                Nearest.to(word, names)
                    .map("did you mean `%s`?"::formatted)
                    .orElse("`karez template list` shows those there are")));
  }

  /// In the order in which they are found; of two of a name only the one that counts.
  public List<Found> all() {
    List<Found> all = new ArrayList<>();
    for (Folder folder : folders()) {
      for (Path file : files(folder.path())) {
        known(file).ifPresent(name -> add(all, read(name, folder.origin(), file)));
      }
    }
    for (TemplateName name : ShippedTemplates.names()) {
      add(all, find(name));
    }
    return all;
  }

  private static Found find(TemplateName name) {
    String text = ShippedTemplates.text(name.toString()).orElse("");
    return new Found(
        name,
        "karez",
        Optional.empty(),
        new Template(name.toString(), text, ShippedTemplates::text));
  }

  private static void add(List<Found> all, Found found) {
    if (all.stream().noneMatch(other -> other.name().equals(found.name()))) {
      all.add(found);
    }
  }

  /// Empty for a file that is only there to be included.
  private static Optional<TemplateName> known(Path file) {
    try {
      return Optional.of(TemplateName.parse(file.getFileName().toString()));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  private static List<Path> files(Path directory) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, Files::isRegularFile)) {
      found.forEach(files::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list `" + directory + "`", e);
    }
    return files.stream().sorted().toList();
  }

  private static Found read(TemplateName name, String origin, Path file) {
    String text =
        text(file)
            .orElseThrow(() ->
                new InvalidInputException(Problem.of("there is no file `%s`".formatted(file))));
    Path directory = file.toAbsolutePath().normalize().resolveSibling(".").normalize();
    String shown = Places.shown(file.toAbsolutePath().normalize());
    return new Found(
        name,
        origin,
        Optional.of(file.toAbsolutePath().normalize()),
        new Template(shown, text, sibling -> sibling(directory, sibling)));
  }

  /// Only what lies in the template's own directory can be read from it, and nothing that a link
  /// leads out of it to.
  private static Optional<String> sibling(Path directory, String name) {
    if (name.isEmpty() || name.contains("/") || name.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    Path file = directory.resolve(name);
    try {
      boolean inside =
          Files.isRegularFile(file) && file.toRealPath().startsWith(directory.toRealPath());
      return inside ? text(file) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          Problem.at(Place.of(file.toString()), "the text is not valid UTF-8"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }
}
