package io.karez.project;

import io.karez.define.Config;
import io.karez.define.ConfigFile;
import io.karez.define.Dataset;
import io.karez.define.DatasetFile;
import io.karez.define.DatasetName;
import io.karez.define.Experiment;
import io.karez.define.ExperimentFile;
import io.karez.define.ExperimentName;
import io.karez.define.Site;
import io.karez.define.SubmitTemplate;
import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A project on disk. Everything is read when it is asked for, and nothing else: reading one
/// experiment opens no other.
public final class Project {
  private final Path root;
  private final UserFiles user;
  private @Nullable Config config;

  private Project(Path root, UserFiles user) {
    this.root = root;
    this.user = user;
  }

  /// The project that a directory lies in: the nearest parent, or itself, that holds `.karez/`.
  public static Optional<Project> around(Path directory, UserFiles user) {
    Path here = directory.toAbsolutePath().normalize();
    while (here != null) {
      if (Files.isDirectory(here.resolve(".karez"))) {
        return Optional.of(new Project(here, user));
      }
      here = here.getParent();
    }
    return Optional.empty();
  }

  /// The project of exactly this directory.
  ///
  /// @throws InvalidInputException when it is none
  public static Project at(Path directory, UserFiles user) {
    Path root = directory.toAbsolutePath().normalize();
    if (!Files.isDirectory(root.resolve(".karez"))) {
      throw new InvalidInputException(
          Problem.of("`%s` is not a project: it has no `.karez` directory".formatted(directory))
              .hint("make it one with `karez init '%s'`".formatted(directory)));
    }
    return new Project(root, user);
  }

  /// A directory that may become a project; until then it has the built-in settings and the user's.
  public static Project to(Path directory, UserFiles user) {
    return new Project(directory.toAbsolutePath().normalize(), user);
  }

  /// The same project, where this site is known as well.
  public Project with(Site site) {
    Project other = new Project(root, user);
    other.config = config().with(site);
    return other;
  }

  /// Whether it has been made already.
  public boolean exists() {
    return Files.isDirectory(root.resolve(".karez"));
  }

  /// Absolute.
  public Path root() {
    return root;
  }

  /// The settings in force here.
  ///
  /// @throws InvalidInputException with all problems of the file that has some
  public Config config() {
    Config known = config;
    if (known == null) {
      Config below = user.config();
      known =
          Texts.read(configFile(), source(configFile()))
              .map(text -> ConfigFile.read(text, source(configFile()), below))
              .orElse(below);
      config = known;
    }
    return known;
  }

  public Path configFile() {
    return root.resolve(".karez/config.yaml");
  }

  /// Where runs are kept; absolute.
  public Path results() {
    return root.resolve(config().resultDir()).normalize();
  }

  public Path file(ExperimentName name) {
    return root.resolve(".karez/experiments").resolve(name + ".yaml");
  }

  public Path file(DatasetName name) {
    return root.resolve(".karez/datasets").resolve(name + ".yaml");
  }

  /// By the names of the files, in order; none is opened.
  public List<ExperimentName> experiments() {
    return names(root.resolve(".karez/experiments"), ExperimentName::new);
  }

  /// By the names of the files, in order; none is opened.
  public List<DatasetName> datasets() {
    return names(root.resolve(".karez/datasets"), DatasetName::new);
  }

  /// @throws InvalidInputException when there is none of that name, or with all problems of its
  ///   file
  public Experiment experiment(String name) {
    Optional<ExperimentName> known = known(name, experiments(), ExperimentName::value);
    Path file = known.map(this::file).orElse(root);
    String text =
        known
            .flatMap(ignored -> Texts.read(file, source(file)))
            .orElseThrow(() -> unknown("experiment", name, experiments()));
    return ExperimentFile.read(text, source(file), known, datasets());
  }

  /// @throws InvalidInputException when there is none of that name, or with all problems of its
  ///   file
  public Dataset dataset(String name) {
    Optional<DatasetName> known = known(name, datasets(), DatasetName::value);
    Path file = known.map(this::file).orElse(root);
    String text =
        known
            .flatMap(ignored -> Texts.read(file, source(file)))
            .orElseThrow(() -> unknown("dataset", name, datasets()));
    return DatasetFile.read(text, source(file), known);
  }

  /// What the definition of an experiment names and is not there, whatever else is wrong with it.
  ///
  /// @param directory what relative names start from
  /// @param search where programs are looked for, as PATH; empty when nobody here can tell
  /// @param inImage whether they are started in a container, where other programs are
  public List<Problem> missingFiles(
      String name, Path directory, Optional<String> search, boolean inImage) {
    return known(name, experiments(), ExperimentName::value)
        .map(this::file)
        .flatMap(file ->
            Texts.read(file, source(file))
                .map(text ->
                    new NamedFiles(directory, search, inImage).problems(text, source(file))))
        .orElse(List.of());
  }

  /// A dataset's place, absolute.
  public Path path(Dataset dataset) {
    return root.resolve(dataset.path()).normalize();
  }

  /// The submit template of a name that the settings know, or else of a file.
  ///
  /// @param directory what a relative path starts from
  /// @throws InvalidInputException when it is neither; the message lists the names
  public SubmitTemplate template(String runner, String nameOrPath, Path directory, Place place) {
    Optional<SubmitTemplate> named = config().template(runner, nameOrPath);
    if (named.isPresent()) {
      return named.get();
    }
    Path file = directory.resolve(nameOrPath);
    if (Files.isRegularFile(file)) {
      return SubmitTemplate.read(Texts.read(file, nameOrPath).orElse(""), nameOrPath);
    }
    if (nameOrPath.equals(Config.DEFAULT_TEMPLATE)) {
      return new SubmitTemplate(List.of());
    }
    throw new InvalidInputException(config().unknownTemplate(runner, nameOrPath, place));
  }

  /// Whether what the project's settings say, and these files of it, may be executed.
  public Trust trust(Path... files) {
    List<Path> all = new ArrayList<>(List.of(root.resolve(".karez"), configFile()));
    all.addAll(List.of(files));
    return Trust.of(root, all, user);
  }

  /// A file of the project as messages name it.
  public String source(Path file) {
    return root.relativize(file).toString();
  }

  private static <N> Optional<N> known(String name, List<N> names, Function<N, String> text) {
    return names.stream().filter(known -> text.apply(known).equals(name)).findFirst();
  }

  static InvalidInputException unknown(String kind, String name, List<?> known) {
    List<String> names = known.stream().map(Object::toString).toList();
    String hint =
        names.isEmpty()
            ? "there is none yet, make one with `karez %s new`".formatted(kind)
            : "`karez %s list` shows those there are".formatted(kind);
    return new InvalidInputException(
        Problem.of("there is no %s `%s`".formatted(kind, name))
            .hint(Nearest.to(name, names).map("did you mean `%s`?"::formatted).orElse(hint)));
  }

  private static <N extends Comparable<N>> List<N> names(Path directory, Function<String, N> name) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<N> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.yaml")) {
      for (Path file : files) {
        String fileName = file.getFileName().toString();
        nameOf(fileName.substring(0, fileName.length() - ".yaml".length()), name)
            .ifPresent(names::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list `" + directory + "`", e);
    }
    return names.stream().sorted().toList();
  }

  /// Empty for a file that no definition can be in, such as the lock file of an editor.
  private static <N> Optional<N> nameOf(String text, Function<String, N> name) {
    try {
      return Optional.of(name.apply(text));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }
}
