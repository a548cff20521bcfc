package io.karez.project;

import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.ShellWords;
import io.karez.text.Yaml;
import io.karez.text.YamlFields;
import io.karez.text.YamlNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The files that an experiment's definition names, looked for before a run is made of it; also
/// when other things are wrong with it.
///
/// @param directory what relative names start from
/// @param search where programs are looked for, as PATH; empty when nobody here can tell
/// @param inImage whether programs are started in a container, which knows what absolute names mean
record NamedFiles(Path directory, Optional<String> search, boolean inImage) {

  /// What is missing; nothing when the text is no YAML, which is said elsewhere.
  List<Problem> problems(String text, String source) {
    Problems problems = new Problems();
    Optional<YamlNode> document;
    try {
      document = Yaml.read(text, source);
    } catch (InvalidInputException e) {
      return List.of();
    }
    // of the wrong shape: that is said elsewhere, too
    YamlFields fields =
        YamlFields.open(document.orElseGet(() -> nothing(source)), "", new Problems());
    look(fields, "executable", Files::exists, problems);
    look(fields, "path", Files::isDirectory, problems);
    fields
        .node("executable_command")
        .filter(YamlNode.Scalar.class::isInstance)
        .map(YamlNode.Scalar.class::cast)
        .filter(command -> !inImage)
        .ifPresent(command -> lookForProgram(command, problems));
    return problems.list();
  }

  private static YamlNode nothing(String source) {
    return new YamlNode.Scalar("", true, Place.of(source), new YamlNode.Span(0, 0));
  }

  private void look(YamlFields fields, String key, Predicate<Path> isThere, Problems problems) {
    if (fields.node(key).orElse(null) instanceof YamlNode.Scalar named
        && !named.text().isEmpty()
        && !(inImage && named.text().startsWith("/"))
        && ShellWords.refusal(named.text()) == null
        && !isThere.test(directory.resolve(named.text()))) {
      problems.add(missing(key, named.text(), named.place()));
    }
  }

  private Problem missing(String key, String named, Place place) {
    Path file = directory.resolve(named);
    Problem problem = Problem.at(place, "`%s`: there is no `%s`".formatted(key, file));
    int slash = named.lastIndexOf('/');
    return Nearest.to(named.substring(slash + 1), names(file.resolveSibling(".")))
        .map(name ->
            problem.hint("did you mean `%s`?".formatted(named.substring(0, slash + 1) + name)))
        .orElse(problem);
  }

  private void lookForProgram(YamlNode.Scalar command, Problems problems) {
    List<String> words;
    try {
      words = ShellWords.split(command.text(), command.place());
    } catch (InvalidInputException e) {
      return;
    }
    if (words.isEmpty()) {
      return;
    }
    String program = words.getFirst();
    if (program.contains("/")) {
      if (!Files.isExecutable(directory.resolve(program))) {
        problems.add(missing("executable_command", program, command.place()));
      }
      return;
    }
    List<Path> places =
        search.stream()
            .flatMap(path -> List.of(path.split(":", -1)).stream())
            .map(directory::resolve)
            .toList();
    boolean found =
        places.isEmpty()
            || places.stream().anyMatch(place -> Files.isExecutable(place.resolve(program)));
    if (!found) {
      List<String> programs = new ArrayList<>();
      places.forEach(place -> programs.addAll(names(place)));
      Problem problem =
          Problem.at(
              command.place(),
              "`executable_command`: there is no program `%s` on PATH".formatted(program));
      problems.add(
          Nearest.to(program, programs)
              .map(name -> problem.hint("did you mean `%s`?".formatted(name)))
              .orElse(problem));
    }
  }

  private static List<String> names(Path place) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(place.normalize())) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    } catch (IOException e) {
      // Without it there is no nearest name.
    }
    return names;
  }
}
