package io.karez.store;

import io.karez.define.ExperimentName;
import io.karez.define.RunId;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/// The runs of one tree of results: `EXPERIMENT/run_ID`.
///
/// @param results absolute
public record RunStore(Path results) {
  private static final String PREFIX = "run_";

  /// Takes the next number and gives the run its place. Nothing is there until {@link RunFiles}
  /// publishes it.
  public RunDirectory next(ExperimentName experiment) {
    RunId id =
        RunIds.take(
            results,
            () -> highest().map(run -> run.id().value()).orElse(0L),
            taken -> !named(taken).isEmpty());
    return at(experiment, id);
  }

  /// As {@link #next}, with a number that somebody else has given out.
  ///
  /// @return empty when it is taken here
  public Optional<RunDirectory> place(ExperimentName experiment, RunId id) {
    return RunIds.isTaken(results, id) && named(id).isEmpty()
        ? Optional.of(at(experiment, id))
        : Optional.empty();
  }

  /// The lowest number above all that were ever taken in this tree.
  public long free() {
    return Math.max(RunIds.highest(results), highest().map(run -> run.id().value()).orElse(0L)) + 1;
  }

  /// Where a run of this number lies, whether it is there or not.
  public RunDirectory at(ExperimentName experiment, RunId id) {
    return new RunDirectory(id, results.resolve(experiment.value()).resolve(PREFIX + id));
  }

  /// All runs, or those of one experiment; in the order of their numbers.
  public List<RunDirectory> list(Optional<ExperimentName> experiment) {
    List<RunDirectory> runs = new ArrayList<>();
    List<Path> folders =
        experiment.map(name -> List.of(results.resolve(name.value()))).orElseGet(this::folders);
    for (Path folder : folders) {
      for (Path path : children(folder)) {
        directory(path).ifPresent(runs::add);
      }
    }
    runs.sort((one, other) -> one.id().compareTo(other.id()));
    return runs;
  }

  /// @throws InvalidInputException when several runs have this number
  public Optional<RunDirectory> find(RunId id) {
    // A folder and a symbolic link to it hold the same run.
    Map<Path, Path> found = new TreeMap<>();
    for (Path path : named(id)) {
      if (mayHoldRun(new RunDirectory(id, path))) {
        found.merge(real(path), path, (one, other) -> isLinked(one) ? other : one);
      }
    }
    if (found.size() > 1) {
      throw new InvalidInputException(
          Problem.of(
                  "the number %s stands for %d runs: %s"
                      .formatted(
                          id,
                          found.size(),
                          found.values().stream()
                              .map(path -> "`" + path + "`")
                              .collect(Collectors.joining(" and "))))
              .hint("move all but one of them out of `%s`".formatted(results)));
    }
    return found.values().stream().findFirst().map(path -> new RunDirectory(id, path));
  }

  /// Where nobody can tell, as in a directory that may not be entered, reading it gives the reason.
  private static boolean mayHoldRun(RunDirectory run) {
    return Files.isDirectory(run.path()) && !Files.notExists(run.document());
  }

  private boolean isLinked(Path path) {
    return !real(path).equals(real(results).resolve(results.relativize(path)));
  }

  /// What is called as the run of this number would be.
  private List<Path> named(RunId id) {
    return folders().stream()
        .map(folder -> folder.resolve(PREFIX + id))
        .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot find `" + path + "`", e);
    }
  }

  /// The run with the highest number.
  ///
  /// @throws InvalidInputException when several runs have this number
  public Optional<RunDirectory> last() {
    Optional<RunDirectory> highest = highest();
    return highest.flatMap(run -> find(run.id())).or(() -> highest);
  }

  private Optional<RunDirectory> highest() {
    List<RunDirectory> runs = list(Optional.empty());
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.getLast());
  }

  /// Deletes a run with all that lies in its directory; its number stays taken.
  ///
  /// @throws InvalidInputException when its directory does not lie in this tree; nothing is deleted
  /// @throws UncheckedIOException when something could not be deleted; no run is left in any case
  public void delete(RunDirectory run) {
    requireInside(run);
    // What lies there under such a name may be anybody's.
    Path hidden =
        run.path()
            .resolveSibling(
                ".%s.deleted-%s".formatted(run.path().getFileName(), UUID.randomUUID()));
    try {
      Files.move(run.path(), hidden);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete `" + run.path() + "`", e);
    }
    TreeDeletion.delete(hidden);
  }

  /// @throws InvalidInputException when the run's directory, links resolved, is not where runs of
  ///   this tree lie
  public void requireInside(RunDirectory run) {
    try {
      Path real = run.path().toRealPath();
      Path tree = results.toRealPath();
      Path named = tree.resolve(results.relativize(run.path()));
      if (!real.equals(named)) {
        throw new InvalidInputException(
            Problem.of("`%s` is a symbolic link, or lies behind one".formatted(run.path()))
                .hint(
                    "it leads to `%s`; remove the link, or what it leads to, by hand"
                        .formatted(real)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot find `" + run.path() + "`", e);
    }
  }

  List<Path> folders() {
    return children(results).stream()
        .filter(path -> !path.getFileName().toString().startsWith("."))
        .toList();
  }

  static List<Path> children(Path directory) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      List<Path> children = new ArrayList<>();
      entries.forEach(children::add);
      return children;
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list `" + directory + "`", e);
    }
  }

  /// The run that lies in this directory, going by its name.
  static Optional<RunDirectory> directory(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(PREFIX)
        ? RunIds.number(name.substring(PREFIX.length()))
            .map(number -> new RunDirectory(new RunId(number), path))
        : Optional.empty();
  }
}
