package io.karez.git;

import io.karez.text.InvalidInputException;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes what differs from a commit, with untracked files as additions.
///
/// git tells untracked files as additions only when they are in an index, so they are added (as
/// names only, `-N`) to a copy of the user's index; what git writes meanwhile goes to an object
/// directory beside that copy. The user's repository stays as it is.
final class PatchWriter {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  /// An editor or a program at work may delete a file between the listing and the diff.
  private static final int ATTEMPTS = 3;

  private final Transport transport;
  private final Path root;
  private final List<String> apart;

  /// @param apart places below the root that do not count
  PatchWriter(Transport transport, Path root, List<String> apart) {
    this.transport = transport;
    this.root = root;
    this.apart = apart;
  }

  /// @param base the commit, or `(initial)` before the first one
  /// @param file must not exist; it appears when it is complete
  Patch write(String base, List<ChangedFile> changed, Path file)
      throws TransportException, IOException {
    Path scratch = Files.createTempDirectory("karez-git");
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
    try {
      Map<String, String> own = aside(scratch);
      Untracked untracked = add(changed, own);
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(unfinished, header(base, untracked), StandardOpenOption.APPEND);
      diff(base, own, unfinished);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return new Patch(file, untracked.leftOut());
    } finally {
      Files.deleteIfExists(unfinished);
      Trees.delete(scratch);
    }
  }

  private Map<String, String> aside(Path scratch) throws TransportException, IOException {
    Path index = scratch.resolve("index");
    Path original = gitPath("index");
    if (Files.exists(original)) {
      Files.copy(original, index);
    }
    Path objects = Files.createDirectory(scratch.resolve("objects"));
    Map<String, String> own = new HashMap<>();
    own.put("GIT_INDEX_FILE", index.toString());
    own.put("GIT_OBJECT_DIRECTORY", objects.toString());
    own.put("GIT_ALTERNATE_OBJECT_DIRECTORIES", alternate(gitPath("objects")));
    return own;
  }

  /// A list separated by colons, where a word in quotes may hold anything.
  private static String alternate(Path objects) {
    return '"' + objects.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private Path gitPath(String name) throws TransportException {
    Completed reply = transport.run(Git.command(root, "rev-parse", "--git-path", name), LIMIT);
    check("git rev-parse", reply);
    return root.resolve(reply.text().substring(0, reply.text().length() - 1));
  }

  private Untracked add(List<ChangedFile> changed, Map<String, String> own)
      throws TransportException {
    for (int attempt = 1; ; attempt++) {
      Untracked untracked = Untracked.among(root, changed);
      if (untracked.kept().isEmpty()) {
        return untracked;
      }
      List<String> words =
          List.of(
              "--literal-pathspecs",
              "add",
              "--intent-to-add",
              "--pathspec-from-file=-",
              "--pathspec-file-nul");
      String names = String.join("\0", untracked.kept()) + "\0";
      Completed reply = transport.run(Git.command(root, own, words).reading(names), LIMIT);
      if (reply.succeeded()) {
        return untracked;
      }
      if (attempt == ATTEMPTS) {
        check("git add --intent-to-add", reply);
      }
    }
  }

  private void diff(String base, Map<String, String> own, Path to) throws TransportException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--no-pager",
                "diff",
                "--binary",
                "--full-index",
                "--no-color",
                "--no-ext-diff",
                "--no-textconv",
                "--no-renames",
                "--src-prefix=a/",
                "--dst-prefix=b/",
                "--unified=3",
                "--submodule=short",
                "--ignore-submodules=dirty",
                base.equals(SourceTree.NO_COMMIT) ? emptyTree() : base));
    words.addAll(Git.everythingBut(apart));
    check("git diff", transport.run(Git.appending(to, root, own, words), LIMIT));
  }

  /// Its name depends on the repository's hash function; git knows the object without having stored
  /// it.
  private String emptyTree() throws TransportException {
    Completed reply =
        transport.run(Git.command(root, "hash-object", "-t", "tree", "--stdin"), LIMIT);
    check("git hash-object", reply);
    return reply.text().strip();
  }

  private void check(String what, Completed reply) {
    if (!reply.succeeded()) {
      throw new InvalidInputException(Git.failure(what, root, reply));
    }
  }

  private static String header(String base, Untracked untracked) {
    StringBuilder text = new StringBuilder();
    text.append(
        "# What was not committed. In a clean checkout of the commit: git apply --whitespace=nowarn FILE\n");
    text.append("# commit ").append(base).append('\n');
    untracked.leftOut().forEach(file -> text.append("# not included: ").append(file).append('\n'));
    return text.append('\n').toString();
  }
}
