package io.karez.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Looks what of a directory of this machine is to be copied.
///
/// Symbolic links are taken as links and never followed. What `.karezignore` names is left out, and
/// always `.git` and what earlier transfers have left: a program that runs elsewhere needs neither.
/// The results of a project are not left out here; whoever walks over a project names their
/// directory, since results never travel with the code.
public final class DirectoryWalk {
  private static final Set<String> NEVER = Set.of(".git");

  /// How the names of unfinished files, and of directories of them, begin.
  public static final String UNFINISHED = ".karez-unfinished";

  private final Path root;
  private final Predicate<String> apart;
  private final boolean obeys;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Unfit> leftOut = new ArrayList<>();
  private IgnoreRules all;

  /// @param obeys whether ignore files are read
  private DirectoryWalk(Path root, Predicate<String> apart, IgnoreRules excluded, boolean obeys) {
    this.all = excluded;
    this.root = root;
    this.apart = apart;
    this.obeys = obeys;
  }

  /// @param root a directory
  /// @param paths below it, of files or directories; the root itself when empty
  /// @param apart paths below the root that do not belong to it, with all that is in them
  /// @param excluded what is left out besides; its patterns have the last word
  /// @throws UncheckedIOException when the root cannot be read
  public static Selection of(
      Path root, List<String> paths, Predicate<String> apart, IgnoreRules excluded) {
    return of(root, paths, apart, excluded, true);
  }

  private static Selection of(
      Path root, List<String> paths, Predicate<String> apart, IgnoreRules excluded, boolean obeys) {
    DirectoryWalk walk = new DirectoryWalk(root, apart, excluded, obeys);
    try {
      for (String path : paths.isEmpty() ? List.of("") : paths) {
        walk.begin(path, excluded);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + root + "`", e);
    }
    return new Selection(new Listing(walk.entries), walk.leftOut, walk.all);
  }

  /// As {@link #of}, but what ignore files say does not matter.
  public static Selection plain(Path root, List<String> paths, Predicate<String> apart) {
    return of(root, paths, apart, IgnoreRules.NONE, false);
  }

  /// What there is of these paths; whatever they lead through.
  ///
  /// @return those that are not there are missing from it
  public static Listing at(Path root, List<String> paths) {
    List<Entry> found = new ArrayList<>();
    for (String path : paths) {
      try {
        found.add(entry(root.resolve(path), path));
      } catch (NoSuchFileException e) {
        // it is missing
      } catch (IOException e) {
        // a file stands where a directory would have to: what uses the path says so
      }
    }
    return new Listing(found);
  }

  /// Whether a transfer leaves out everything of this name.
  public static boolean isNever(String name) {
    return NEVER.contains(name) || name.startsWith(UNFINISHED);
  }

  /// Goes down to a path, through the ignore files above it.
  private void begin(String path, IgnoreRules excluded) throws IOException {
    IgnoreRules rules = rules(root, "", excluded);
    if (path.isEmpty()) {
      children(root, "", rules);
      return;
    }
    String below = "";
    String[] parts = path.split("/");
    for (int i = 0; i < parts.length; i++) {
      below = below.isEmpty() ? parts[i] : below + "/" + parts[i];
      if (i == parts.length - 1) {
        take(root.resolve(path), path, rules);
        return;
      }
      Path directory = root.resolve(below);
      if (isLeftOut(below, parts[i], rules, true) || !add(entry(directory, below))) {
        return;
      }
      rules = rules(directory, below, rules);
    }
  }

  private void take(Path file, String path, IgnoreRules rules) throws IOException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.indexOf('\uFFFD') >= 0
        && !Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
      leftOut.add(new Unfit(path, "its name is not UTF-8"));
      return;
    }
    boolean isDirectory = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    if (isLeftOut(path, name, rules, isDirectory)) {
      return;
    }
    Entry entry;
    try {
      entry = entry(file, path);
    } catch (NoSuchFileException e) {
      return;
    } catch (AccessDeniedException e) {
      leftOut.add(new Unfit(path, "cannot be read"));
      return;
    }
    if (entry instanceof Entry.Special) {
      leftOut.add(new Unfit(path, "neither a file nor a directory"));
    } else if (!(entry instanceof Entry.Link) && !Files.isReadable(file)) {
      leftOut.add(new Unfit(path, "cannot be read"));
    } else if (add(entry)) {
      children(file, path, rules(file, path, rules));
    }
  }

  private boolean isLeftOut(String path, String name, IgnoreRules rules, boolean isDirectory) {
    return isNever(name) || apart.test(path) || rules.ignores(path, isDirectory);
  }

  /// @return whether there may be something in it
  private boolean add(Entry entry) {
    entries.add(entry);
    return entry instanceof Entry.Directory;
  }

  private void children(Path directory, String path, IgnoreRules rules) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        take(file, path.isEmpty() ? name : path + "/" + name, rules);
      }
    } catch (NoSuchFileException e) {
      // it has gone meanwhile
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private IgnoreRules rules(Path directory, String path, IgnoreRules above) throws IOException {
    Path file = directory.resolve(IgnoreRules.FILE);
    if (!obeys || !Files.isRegularFile(file)) {
      return above;
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    all = all.with(path, text);
    return above.with(path, text);
  }

  private static Entry entry(Path file, String path) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    int mode = Permissions.bits(found.permissions());
    if (found.isDirectory()) {
      return new Entry.Directory(path, mode);
    }
    if (found.isSymbolicLink()) {
      return new Entry.Link(path, Files.readSymbolicLink(file).toString(), Files.isDirectory(file));
    }
    return found.isRegularFile()
        ? new Entry.File(
            path, mode, found.size(), Math.floorDiv(found.lastModifiedTime().toMillis(), 1000))
        : new Entry.Special(path);
  }
}
