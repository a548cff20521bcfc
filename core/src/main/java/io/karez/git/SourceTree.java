package io.karez.git;

import io.karez.define.DirtyPolicy;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The code of a project, as git sees it.
///
/// Every method throws [InvalidInputException] when git refuses to work (an unsafe directory, a
/// damaged repository, a commit hook that says no) and [TransportException] when git could not be
/// run to its end.
public final class SourceTree {
  static final String NO_COMMIT = "(initial)";

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Transport transport;
  private final Path project;
  private final Path results;

  /// @param project the root of the project
  /// @param results the directory of the runs, whose files never count; it need not exist
  public SourceTree(Transport transport, Path project, Path results) throws IOException {
    this.transport = transport;
    this.project = project.toRealPath();
    Path given = project.toAbsolutePath().normalize();
    Path place = given.resolve(results).normalize();
    this.results = place.startsWith(given) ? this.project.resolve(given.relativize(place)) : place;
  }

  /// The commit and what differs from it; two short git commands that change nothing.
  public GitState state() throws TransportException {
    return switch (Location.read(project, transport.run(Location.ask(project), LIMIT))) {
      case Location.NoGit() -> new GitState.NoGit();
      case Location.Outside() -> new GitState.NotARepository();
      case Location.Inside(Path root) ->
          Status.read(root, transport.run(Status.ask(root, apart(root)), LIMIT));
    };
  }

  /// The state to record for a run after the policy has had its way. What cannot be committed (a
  /// repository inside the work tree) stays in the state as changed.
  ///
  /// @param subject the message of the commit when the policy makes one; `karez: ` is put before it
  /// @throws InvalidInputException with the files, when the policy refuses
  public GitState ready(DirtyPolicy policy, String subject) throws TransportException {
    GitState state = state();
    return switch (Decision.of(policy, state)) {
      case Decision.GoOn() -> state;
      case Decision.Refuse(Problem problem) -> throw new InvalidInputException(problem);
      case Decision.Commit() -> commit(state, subject);
    };
  }

  /// Writes the difference to a file that only its owner can read.
  ///
  /// @param state dirty, from [#state] or [#ready]
  /// @param file must not exist; it appears when it is complete
  public Patch writePatch(GitState state, Path file) throws TransportException, IOException {
    return switch (state) {
      case GitState.At(Path root, String commit, _, List<ChangedFile> changed) ->
          new PatchWriter(transport, root, apart(root)).write(commit, changed, file);
      case GitState.Unborn(Path root, _, List<ChangedFile> changed) ->
          new PatchWriter(transport, root, apart(root)).write(NO_COMMIT, changed, file);
      case GitState.NoGit() -> throw new IllegalArgumentException("no git, no patch");
      case GitState.NotARepository() ->
          throw new IllegalArgumentException("no repository, no patch");
    };
  }

  /// The files that differ between two states of the code, paths from the root of the repository.
  ///
  /// @param one a commit, full
  /// @param oneDifference what was not committed then, from {@link #writePatch}
  /// @return empty when git cannot tell, such as for a commit that is gone
  public Optional<List<String>> differingFiles(
      String one, String oneDifference, String other, String otherDifference)
      throws TransportException {
    Path root = root();
    List<String> words =
        new ArrayList<>(
            List.of("diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff"));
    words.addAll(List.of(one, other));
    words.addAll(Git.everythingBut(apart(root)));
    Completed reply = transport.run(Git.command(root, words), LIMIT);
    return reply.succeeded()
        ? Optional.of(CodeDifference.files(reply.text(), oneDifference, otherDifference))
        : Optional.empty();
  }

  /// The full name of a commit.
  ///
  /// @param name full or short, a tag or a branch
  /// @throws InvalidInputException when there is no such commit, or more than one
  public String resolve(String name) throws TransportException {
    Path root = root();
    Completed reply = transport.run(Revision.ask(root, name), LIMIT);
    if (!reply.succeeded()) {
      Completed names = transport.run(Revision.askNames(root), LIMIT);
      throw new InvalidInputException(Revision.unknown(name, reply, names));
    }
    return Revision.read(reply);
  }

  /// A clean checkout; the same directory each time as long as nobody changed it.
  ///
  /// @param commit a full object name, from [#resolve]
  /// @param directory where checkouts are kept, such as `results/.checkouts`
  public Checkout checkout(String commit, Path directory) throws TransportException, IOException {
    return checkout(commit, Optional.empty(), directory);
  }

  /// As {@link #checkout(String, Path)}, with what was not committed then.
  ///
  /// @param patch from {@link #writePatch}, made at that commit
  /// @throws InvalidInputException when the patch does not fit
  public Checkout checkout(String commit, Optional<Path> patch, Path directory)
      throws TransportException, IOException {
    Path root = root();
    Checkouts checkouts = new Checkouts(transport, directory);
    Path copy = checkouts.of(root, commit, patch);
    Path copied = copy.resolve(root.relativize(project));
    if (!Files.isDirectory(copied)) {
      throw new InvalidInputException(
          Problem.of(
                  "commit `%.7s` has no directory `%s`".formatted(commit, root.relativize(project)))
              .hint("the project was elsewhere or not committed then"));
    }
    return new Checkout(copy, copied, commit, checkouts.submodules(copy));
  }

  private GitState commit(GitState state, String subject) throws TransportException {
    Path root = root();
    List<String> excluded = new ArrayList<>(apart(root));
    // git would add a repository inside the work tree as a submodule that nobody can fetch.
    changed(state).stream()
        .filter(ChangedFile::isRepository)
        .map(nested -> nested.path().substring(0, nested.path().length() - 1))
        .forEach(excluded::add);
    List<String> adding = new ArrayList<>(List.of("add", "--all"));
    adding.addAll(Git.everythingBut(excluded));
    check("git add --all", root, transport.run(Git.command(root, adding), LIMIT));
    Completed reply =
        transport.run(Git.command(root, "commit", "--quiet", "--message=karez: " + subject), LIMIT);
    GitState now = state();
    boolean nothingLeft = changed(now).stream().allMatch(ChangedFile::isRepository);
    if (!nothingLeft) {
      check("git commit", root, reply);
    }
    return now;
  }

  private static List<ChangedFile> changed(GitState state) {
    return switch (state) {
      case GitState.At at -> at.changed();
      case GitState.Unborn unborn -> unborn.changed();
      case GitState.NoGit(), GitState.NotARepository() -> List.of();
    };
  }

  private Path root() throws TransportException {
    return switch (Location.read(project, transport.run(Location.ask(project), LIMIT))) {
      case Location.Inside(Path root) -> root;
      case Location.NoGit() ->
          throw new InvalidInputException(
              Problem.of("a commit was asked for, and there is no `git` command")
                  .hint("install git"));
      case Location.Outside() ->
          throw new InvalidInputException(
              Problem.of(
                  "a commit was asked for, and `%s` is not in a git repository"
                      .formatted(project)));
    };
  }

  /// Where results lie, when that is in the work tree.
  private List<String> apart(Path root) {
    boolean inside = results.startsWith(root) && !results.equals(root);
    return inside ? List.of(root.relativize(results).toString()) : List.of();
  }

  private static void check(String what, Path root, Completed reply) {
    if (!reply.succeeded()) {
      throw new InvalidInputException(Git.failure(what, root, reply));
    }
  }
}
