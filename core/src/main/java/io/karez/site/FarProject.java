package io.karez.site;

import io.karez.define.Site;
import io.karez.define.SitePlace;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where a project lies on a site, and its runs.
///
/// @param root of the project here
/// @param directory of the project there, absolute
/// @param results the tree of results there, absolute
/// @param machine what the host has; empty until it is asked
public record FarProject(
    Site site,
    Path root,
    Path directory,
    Path results,
    Transport transport,
    Optional<Machine> machine) {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /// Where the project lies by its definition, before the site was asked.
  ///
  /// @param results the tree of results here
  /// @throws InvalidInputException when the definition does not say where
  public static FarProject of(Site site, Path root, Path results, Transport transport) {
    String directory =
        site.directory()
            .orElseThrow(() ->
                new InvalidInputException(
                    Problem.of("the site `%s` has no `directory`".formatted(site.name()))
                        .hint(
                            "say where the project is to lie there: `sites: {%s: {directory:"
                                    .formatted(site.name())
                                + " /scratch/me/my-project}}`")));
    return at(site, root, Path.of(directory), results, transport);
  }

  private static FarProject at(
      Site site, Path root, Path directory, Path results, Transport transport) {
    Path inside = results.startsWith(root) ? root.relativize(results) : Path.of("results");
    return new FarProject(
        site, root, directory, directory.resolve(inside), transport, Optional.empty());
  }

  /// Asks where that is, when the definition leaves it to the site.
  ///
  /// @param make whether to make the directory
  public FarProject found(boolean make) throws TransportException {
    if (!make && directory.isAbsolute()) {
      return this;
    }
    List<String> said = probe(make, List.of());
    if (said.size() < 2 || !said.getFirst().startsWith("/")) {
      throw new TransportException(
          "`%s` does not say where `%s` is".formatted(site.name(), directory));
    }
    Path real = Path.of(said.getFirst());
    return new FarProject(
        site,
        root,
        real,
        real.resolve(directory.relativize(results).toString()),
        transport,
        Machine.read(site.name(), said.get(1)));
  }

  /// Which paths of there are missing.
  public List<Path> missing(List<Path> paths) throws TransportException {
    return paths.isEmpty()
        ? List.of()
        : probe(false, paths).stream().skip(2).map(Path::of).toList();
  }

  private List<String> probe(boolean make, List<Path> paths) throws TransportException {
    String names = String.join("", paths.stream().map(path -> path + "\n").toList());
    Completed done =
        transport.run(
            SiteScripts.command("probe", List.of(directory.toString(), make ? "make" : ""))
                .reading(names)
                .asking(),
            LIMIT);
    if (!done.succeeded()) {
      throw new TransportException(
          "cannot write to `%s` on `%s`: %s"
              .formatted(directory, site.name(), done.errorText().strip()));
    }
    return done.text().lines().toList();
  }

  /// Where something of this machine lies there: in the project, or in the same place.
  public Path there(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(root) ? directory.resolve(root.relativize(absolute)) : absolute;
  }

  /// Where programs run there that would run in this directory here.
  public Path workingDirectory(Path here) {
    return here.startsWith(root) ? there(here) : directory;
  }

  public SitePlace place() {
    return new SitePlace(site.name(), results);
  }
}
