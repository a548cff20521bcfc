package io.karez.git;

import io.karez.text.InvalidInputException;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Clean checkouts, one directory a commit, made once and shared by the runs of that commit.
///
/// Each is a clone that borrows the objects of the user's repository (`git clone --shared`). A
/// linked work tree (`git worktree add`) would cost as little but leave an entry in the user's
/// repository, show in `git worktree list` and vanish with `git worktree prune`; an archive would
/// drop files marked `export-ignore` and leave programs that ask git for their version with the
/// user's own repository around them. A clone has its own `.git`, writes nothing outside its
/// directory, and keeps its files when the borrowed repository is moved away. What it lacks:
/// filters that stand in the user's `.git/config` only, and the content of submodules.
///
/// It is made under another name and renamed, so whoever finds it finds it whole, and of several
/// makers one wins.
final class Checkouts {
  private static final Duration LIMIT = Duration.ofHours(1);

  /// The status of a checkout when it was new. That need not be "clean": a file committed with CRLF
  /// under an attribute that forbids it differs from its commit at once.
  private static final String RECORD = ".git/karez-status";

  private final Transport transport;
  private final Path directory;

  /// @param directory where the checkouts are; made when the first one is
  Checkouts(Transport transport, Path directory) {
    this.transport = transport;
    this.directory = directory;
  }

  /// @param source the top of the user's work tree
  /// @param commit a full object name that the source has
  /// @param patch what is changed in it; such checkouts are shared by runs with the same patch
  /// @return the top of a checkout without other changes to tracked files; untracked ones may be
  ///   left from other runs
  Path of(Path source, String commit, Optional<Path> patch) throws TransportException, IOException {
    Path home = Files.createDirectories(directory).toRealPath();
    String name = patch.isPresent() ? commit + "+" + digest(patch.get()) : commit;
    // Programs run in a checkout and may change it. It is not mended, because jobs may be at work
    // there: the next
    // run gets another one, `COMMIT-2`.
    for (int number = 1; ; number++) {
      Path place = home.resolve(number == 1 ? name : name + "-" + number);
      if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        make(source, commit, patch, home, place);
      }
      if (unchanged(home, place)) {
        return place;
      }
    }
  }

  /// Paths of the submodules of a checkout.
  List<String> submodules(Path checkout) throws TransportException {
    if (!Files.exists(checkout.resolve(".gitmodules"))) {
      return List.of();
    }
    Completed reply = transport.run(Git.command(checkout, "ls-files", "--stage", "-z"), LIMIT);
    check("git ls-files", checkout, reply);
    return Arrays.stream(reply.text().split("\0"))
        .filter(entry -> entry.startsWith("160000 "))
        .map(entry -> entry.substring(entry.indexOf('\t') + 1))
        .toList();
  }

  private void make(Path source, String commit, Optional<Path> patch, Path home, Path place)
      throws TransportException, IOException {
    Path unfinished = Files.createTempDirectory(home, ".unfinished-");
    try {
      Path clone = unfinished.resolve("clone");
      List<String> cloning =
          List.of(
              "clone",
              "--quiet",
              "--shared",
              "--no-checkout",
              "--template=",
              "--",
              source.toString(),
              clone.toString());
      check("git clone --shared", source, transport.run(Git.command(home, cloning), LIMIT));
      List<String> checkingOut =
          List.of(
              "-c", "core.hooksPath=/dev/null", "checkout", "--quiet", "--detach", commit, "--");
      check("git checkout " + commit, clone, transport.run(Git.command(clone, checkingOut), LIMIT));
      if (patch.isPresent()) {
        List<String> applying =
            List.of("apply", "--whitespace=nowarn", "--", patch.get().toString());
        check("git apply", clone, transport.run(Git.command(clone, applying), LIMIT));
      }
      Completed fresh = status(unfinished, clone);
      check("git status", clone, fresh);
      Files.write(clone.resolve(RECORD), fresh.stdout());
      publish(clone, place);
    } finally {
      Trees.delete(unfinished);
    }
  }

  private static String digest(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file))).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void publish(Path clone, Path place) throws IOException {
    try {
      Files.move(clone, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Somebody else was faster: theirs is as good.
      if (!Files.exists(place)) {
        throw e;
      }
    }
  }

  private boolean unchanged(Path home, Path place) throws TransportException, IOException {
    Path record = place.resolve(RECORD);
    if (!Files.exists(record)) {
      return false;
    }
    Completed now = status(home, place);
    return now.succeeded() && Arrays.equals(now.stdout(), Files.readAllBytes(record));
  }

  private Completed status(Path home, Path place) throws TransportException {
    // Without the ceiling, a broken `.git` would make git answer for the user's own repository
    // around it.
    Map<String, String> ceiling = Map.of("GIT_CEILING_DIRECTORIES", home.toString());
    return transport.run(Status.ask(place, ceiling, "no", List.of()), LIMIT);
  }

  private static void check(String what, Path place, Completed reply) {
    if (!reply.succeeded()) {
      throw new InvalidInputException(Git.failure(what, place, reply));
    }
  }
}
