package io.karez.cli;

import io.karez.git.Checkout;
import io.karez.git.SourceTree;
import io.karez.launch.Snapshot;
import io.karez.project.Project;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.SubmissionCode;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The code that a run has recorded, in a checkout of its own.
record RecordedCode(Project project, Transport transport) {
  /// Where programs run that are to meet the code of that run: in a checkout of its commit with its
  /// uncommitted changes, or where they ran when no code was recorded.
  ///
  /// @throws InvalidInputException when that code cannot be had any more
  Path directory(Console console, RunDirectory run, RunDocument document)
      throws TransportException, IOException {
    Path results = project.results();
    Path checkouts = results.resolve(".checkouts");
    Path before = document.workingDirectory();
    if (Snapshot.isIn(before, results) && Files.isDirectory(before)) {
      console.err().println("in the snapshot of then");
      return before;
    }
    if (document.commit().isEmpty()) {
      if (document.dirty()) {
        throw new InvalidInputException(
            Problem.of("run %s was made before the first commit".formatted(run.id()))
                .hint("its code is in `%s`".formatted(run.path().resolve(SubmissionCode.PATCH))));
      }
      console
          .err()
          .println(
              "run %s has recorded no commit: with what lies in `%s` now"
                  .formatted(run.id(), Printable.onLine(before.toString())));
      return before;
    }
    Optional<Path> inside = inside(before, checkouts);
    if (inside.isEmpty()) {
      console
          .err()
          .println(
              "warning: run %s ran in `%s`, outside of the project: that is not checked out"
                  .formatted(run.id(), Printable.onLine(before.toString())));
      return before;
    }
    Optional<Path> patch = document.dirty() ? Optional.of(patch(run)) : Optional.empty();
    Checkout checkout =
        new SourceTree(transport, project.root(), results)
            .checkout(document.commit().get(), patch, checkouts);
    console
        .err()
        .println(
            "in a checkout of commit %.7s%s"
                .formatted(
                    checkout.commit(),
                    patch.isPresent() ? " with the uncommitted changes of then" : ""));
    patch.ifPresent(file -> sayLeftOut(console, file));
    checkout
        .submodules()
        .forEach(path ->
            console
                .err()
                .println("warning: the submodule `%s` is empty in the checkout".formatted(path)));
    return checkout.project().resolve(inside.get());
  }

  /// The place in the project, wherever that was: in the work tree or in a checkout.
  private Optional<Path> inside(Path directory, Path checkouts) throws IOException {
    if (directory.startsWith(checkouts)) {
      Path below = checkouts.relativize(directory);
      Path top = checkouts.resolve(below.getName(0));
      Path shift = repositoryShift();
      Path place = top.resolve(shift);
      return directory.startsWith(place)
          ? Optional.of(place.relativize(directory))
          : Optional.empty();
    }
    return directory.startsWith(project.root())
        ? Optional.of(project.root().relativize(directory))
        : Optional.empty();
  }

  /// Where the project lies in its repository.
  private Path repositoryShift() throws IOException {
    Path root = project.root().toRealPath();
    for (Path top = root; top != null; top = top.getParent()) {
      if (Files.exists(top.resolve(".git"))) {
        return top.relativize(root);
      }
    }
    return Path.of("");
  }

  private static Path patch(RunDirectory run) {
    Path file = run.path().resolve(SubmissionCode.PATCH);
    if (!Files.isReadable(file)) {
      throw new InvalidInputException(
          Problem.of("run %s had uncommitted changes, and `%s` is gone".formatted(run.id(), file))
              .hint("`karez run` with the same words runs the code of now"));
    }
    return file;
  }

  private static void sayLeftOut(Console console, Path patch) {
    try (Stream<String> lines = Files.lines(patch)) {
      lines
          .takeWhile(line -> line.startsWith("#"))
          .filter(line -> line.startsWith("# not included: "))
          .forEach(
              line -> console.err().println("warning: " + Printable.onLine(line.substring(2))));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + patch + "`", e);
    }
  }
}
