package io.karez.runner;

import io.karez.launch.Transfers;
import io.karez.site.Reach;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.IgnoreRules;
import io.karez.transfer.Listing;
import io.karez.transfer.Progress;
import io.karez.transfer.Selection;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import io.karez.transport.TransportException;
import io.karez.upload.CopyUploader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Brings files to where scripts run.
sealed interface Courier {

  /// Where the files keep their places below; absolute.
  Path root();

  /// What relative names of files start from; absolute.
  Path from();

  TransferReport send(Listing files) throws TransportException, InterruptedException;

  /// @param from absolute
  /// @param to absolute
  record Near(Path from, Path to) implements Courier {
    @Override
    public Path root() {
      return from;
    }

    @Override
    public TransferReport send(Listing files) throws InterruptedException {
      // What lies there already is its own copy.
      Listing needed = from.equals(to) ? Listing.EMPTY : files;
      return new CopyUploader(Path.of(System.getProperty("user.home")))
          .send(needed, from, to.toString(), Progress.UNHEARD);
    }
  }

  /// @param from absolute
  record Far(Reach reach, String site, Path from) implements Courier {
    @Override
    public Path root() {
      return reach.project().root();
    }

    @Override
    public TransferReport send(Listing files) throws TransportException, InterruptedException {
      Transfers transfers = Transfers.to(reach, site, Optional.empty());
      return transfers.send(files, false, Progress.UNHEARD);
    }
  }

  /// What there is of these files.
  ///
  /// @param apart directories of this machine that never travel
  /// @throws InvalidInputException with all that is not there, or cannot be sent
  default Listing select(List<Path> files, List<Path> apart) {
    if (files.isEmpty()) {
      return Listing.EMPTY;
    }
    Problems problems = new Problems();
    List<String> paths = new ArrayList<>();
    for (Path file : files) {
      problems.attempt(() -> paths.add(path(file)));
    }
    problems.throwIfAny();
    Predicate<String> isApart = path -> apart.contains(root().resolve(path));
    Selection selection =
        DirectoryWalk.of(root(), paths.contains("") ? List.of() : paths, isApart, IgnoreRules.NONE);
    selection.leftOut().forEach(unfit -> problems.add(refused(unfit)));
    problems.throwIfAny();
    return selection.listing();
  }

  private static Problem refused(Unfit unfit) {
    return Problem.of("`%s` cannot be sent: %s".formatted(unfit.path(), unfit.why()))
        .hint("name it in `%s`".formatted(IgnoreRules.FILE));
  }

  /// Below the root; empty for the root itself.
  private String path(Path file) {
    Path absolute = from().resolve(file).normalize();
    if (!absolute.startsWith(root())) {
      throw new InvalidInputException(
          Problem.of("`%s` lies outside of `%s`".formatted(file, root()))
              .hint(
                  "files keep their places below it, so send from a directory that has them all"));
    }
    if (!Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
      throw new InvalidInputException(Problem.of("there is no file `%s`".formatted(absolute)));
    }
    return root().relativize(absolute).toString();
  }
}
