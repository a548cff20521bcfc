package io.karez.git;

import io.karez.git.ChangedFile.Change;
import io.karez.text.InvalidInputException;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks `git status --porcelain=v2 --branch -z` for the commit and the changed files at once.
///
/// - inside submodules nothing counts; a submodule at another commit does
/// - source: git-status manual, "Porcelain Format Version 2"
final class Status {
  private Status() {}

  /// @param apart places below the root that do not count
  static Command ask(Path root, List<String> apart) {
    return ask(root, Map.of(), "all", apart);
  }

  /// @param untracked `all` or `no`
  static Command ask(Path root, Map<String, String> own, String untracked, List<String> apart) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "status",
                "--porcelain=v2",
                "--branch",
                "--no-ahead-behind",
                "-z",
                "--untracked-files=" + untracked,
                "--ignored=no",
                "--no-renames",
                "--ignore-submodules=dirty"));
    words.addAll(Git.everythingBut(apart));
    return Git.command(root, own, words);
  }

  /// [GitState.At] or [GitState.Unborn].
  ///
  /// @throws InvalidInputException when git failed
  static GitState read(Path root, Completed reply) {
    if (!reply.succeeded()) {
      throw new InvalidInputException(Git.failure("git status", root, reply));
    }
    String commit = "";
    String branch = "";
    List<ChangedFile> changed = new ArrayList<>();
    Iterator<String> entries = Arrays.asList(reply.text().split("\0")).iterator();
    while (entries.hasNext()) {
      String entry = entries.next();
      switch (entry.isEmpty() ? ' ' : entry.charAt(0)) {
        case '#' -> {
          commit = header(entry, "# branch.oid ").orElse(commit);
          branch = header(entry, "# branch.head ").orElse(branch);
        }
        case '1' -> changed.add(new ChangedFile(field(entry, 8), change(entry.substring(2, 4))));
        case '2' -> {
          changed.add(new ChangedFile(field(entry, 9), change(entry.substring(2, 4))));
          entries.next(); // the former path
        }
        case 'u' -> changed.add(new ChangedFile(field(entry, 10), Change.CONFLICTED));
        case '?' -> changed.add(new ChangedFile(entry.substring(2), Change.UNTRACKED));
        default -> {} // kinds of later versions are not asked for
      }
    }
    if (commit.equals("(initial)")) {
      return new GitState.Unborn(root, branch, changed);
    }
    boolean detached = branch.equals("(detached)");
    return new GitState.At(
        root, commit, detached ? Optional.empty() : Optional.of(branch), changed);
  }

  private static Optional<String> header(String entry, String name) {
    return entry.startsWith(name) ? Optional.of(entry.substring(name.length())) : Optional.empty();
  }

  /// What follows the first `blanks` blanks: the path, which may hold blanks itself.
  private static String field(String entry, int blanks) {
    int start = 0;
    for (int i = 0; i < blanks; i++) {
      start = entry.indexOf(' ', start) + 1;
    }
    return entry.substring(start);
  }

  /// @param states of the index and of the work tree, such as `.M`
  private static Change change(String states) {
    if (states.contains("D")) {
      return Change.DELETED;
    }
    return states.contains("A") ? Change.ADDED : Change.MODIFIED;
  }
}
