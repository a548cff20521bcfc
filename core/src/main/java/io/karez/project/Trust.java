package io.karez.project;

import io.karez.store.Owner;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/// Whether what lies in a project may be executed, as git's `safe.directory` decides it.
public sealed interface Trust {

  /// It belongs to the user or to root, or the user trusts its directory.
  record Given() implements Trust {}

  /// It may be read, but neither executed nor its sites contacted.
  ///
  /// @param file the first that belongs to somebody else
  /// @param owner its user id
  /// @param directory what the user would have to trust
  record Withheld(Path file, long owner, Path directory) implements Trust {}

  /// A file, or a directory, and the id of the user it belongs to.
  record Owned(Path path, long owner) {}

  /// @param files what is about to be executed or obeyed
  /// @param me the user's own id
  /// @param directory the project they belong to, a real path
  /// @param trusted directories, each with all that is below it
  static Trust decide(List<Owned> files, long me, Path directory, Collection<Path> trusted) {
    if (trusted.stream().anyMatch(directory::startsWith)) {
      return new Given();
    }
    return files.stream()
        .filter(file -> file.owner() != me && file.owner() != 0)
        .findFirst()
        .<Trust>map(file -> new Withheld(file.path(), file.owner(), directory))
        .orElseGet(Given::new);
  }

  /// Looks at the owners, and at what the user trusts.
  ///
  /// @param files those that do not exist are passed over
  static Trust of(Path directory, Collection<Path> files, UserFiles user) {
    try {
      List<Owned> owned =
          files.stream()
              .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
              .map(file -> new Owned(file, Owner.of(file)))
              .toList();
      return decide(owned, Owner.me(), directory.toRealPath(), user.trusted());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot find `" + directory + "`", e);
    }
  }

  /// @throws InvalidInputException when trust is withheld
  default void require() {
    if (this instanceof Withheld(Path file, long owner, Path directory)) {
      throw new InvalidInputException(
          Problem.of("`%s` belongs to the user %d, not to you".formatted(file, owner))
              .hint(
                  "read it, and if you trust what it runs: karez trust '%s'".formatted(directory)));
    }
  }
}
