package io.karez.site;

import io.karez.define.SitePlace;
import io.karez.store.Footprint;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The original of a run on a site, as what may be deleted there.
///
/// @param site its name
/// @param results the tree of results there, absolute
/// @param path of the run's directory, below it
/// @param uid of the run: something else that lies at the path is left alone
public record FarOriginal(String site, Path results, Path path, String uid, Transport transport) {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /// A run may have very many files, on a slow file system.
  private static final Duration LONG = Duration.ofMinutes(30);

  /// @param copy of it here
  public static FarOriginal of(RunDirectory copy, RunDocument document, Transport transport) {
    SitePlace place = document.site().orElseThrow();
    return new FarOriginal(
        place.site(), place.results(), document.original(copy).path(), document.uid(), transport);
  }

  /// What it holds, by the room that it takes on disk; empty when it is not there any more.
  ///
  /// @throws TransportException when that cannot be found out
  /// @throws InvalidInputException when what lies at its path is not to be deleted
  public Optional<Footprint> find() throws TransportException {
    return read(transport.run(command("").asking(), LIMIT));
  }

  /// Deletes it; what was there is the answer. To do it twice does no harm.
  ///
  /// @throws TransportException when that failed, or nobody knows whether it did
  /// @throws InvalidInputException when what lies at its path is not to be deleted
  public Optional<Footprint> delete() throws TransportException {
    return read(transport.run(command("delete").asking(), LONG));
  }

  private Command command(String delete) {
    return SiteScripts.command(
        "remove", List.of(results.toString(), results.relativize(path).toString(), uid, delete));
  }

  private Optional<Footprint> read(Completed done) throws TransportException {
    String[] words = done.text().strip().split(" ");
    if (!done.succeeded()) {
      throw new TransportException(
          "`%s` cannot be looked at or deleted on `%s`:%n%s"
              .formatted(path, site, done.errorText().strip().indent(2).stripTrailing()));
    }
    return switch (words[0]) {
      case "gone" -> Optional.empty();
      case "there" -> Optional.of(footprint(words));
      case "link" ->
          throw new InvalidInputException(
              Problem.of(
                      "`%s` on `%s` is a symbolic link, or lies behind one".formatted(path, site))
                  .hint("remove the link, or what it leads to, by hand"));
      case "other" ->
          throw new InvalidInputException(
              Problem.of("what lies at `%s` on `%s` is not this run".formatted(path, site))
                  .hint("look at it there; `--here` deletes the copy on this machine alone"));
      default ->
          throw new TransportException(
              "what `%s` says of `%s` cannot be understood: %s".formatted(site, path, done.text()));
    };
  }

  private Footprint footprint(String[] words) throws TransportException {
    try {
      return new Footprint(Long.parseLong(words[1]), Long.parseLong(words[2]) * 1024);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new TransportException("nobody can tell what `%s` holds".formatted(path), e);
    }
  }
}
