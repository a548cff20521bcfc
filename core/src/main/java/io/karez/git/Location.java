package io.karez.git;

import io.karez.text.InvalidInputException;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.nio.file.Path;
import java.util.List;

/// Where a project lies in a work tree.
sealed interface Location {
  record NoGit() implements Location {}

  record Outside() implements Location {}

  /// @param root the top of the work tree
  record Inside(Path root) implements Location {}

  static Command ask(Path project) {
    // The way up instead of the top: a path may hold a newline, `../../` does not.
    return Git.command(project, "rev-parse", "--is-inside-work-tree", "--show-cdup");
  }

  /// @throws InvalidInputException when git refuses to read the repository
  static Location read(Path project, Completed reply) {
    if (reply.exitCode() == Git.NO_PROGRAM) {
      return new NoGit();
    }
    // A `.git` file that leads nowhere says "not a git repository: PLACE": that is a fault, not an
    // absence.
    if (!reply.succeeded() && reply.errorText().contains("not a git repository (or any")) {
      return new Outside();
    }
    if (!reply.succeeded()) {
      throw new InvalidInputException(Git.failure("git rev-parse", project, reply));
    }
    List<String> lines = reply.text().lines().toList();
    if (!lines.getFirst().equals("true")) {
      return new Outside();
    }
    String up = lines.size() > 1 ? lines.get(1) : "";
    return new Inside(project.resolve(up).normalize());
  }
}
