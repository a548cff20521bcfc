package io.karez.upload;

import io.karez.text.ShellWords;
import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.Entry;
import io.karez.transfer.IgnoreRules;
import io.karez.transfer.Listing;
import io.karez.transfer.Selection;
import io.karez.transfer.Unfit;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A directory of a site, looked at and changed by scripts of a POSIX shell with GNU `find`,
/// `xargs` and `mv`.
///
/// @param far runs the commands
/// @param directory absolute, or as it is seen from the home directory
record FarDirectory(Transport far, String directory) {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private static final String PRINT = "-printf " + ShellWords.quote("%y %Y %m %s %T@ %p\\0%l\\0");

  private static final int NO_FIND = 69;
  private static final String NEEDS_FIND =
      "find . -maxdepth 0 -printf '' 2>/dev/null || exit " + NO_FIND;

  /// @throws IllegalArgumentException when no `sftp` could be told its name
  FarDirectory {
    if (directory.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("`" + directory + "` has a newline");
    }
  }

  /// @param path may be empty
  FarDirectory below(String path) {
    return path.isEmpty() ? this : new FarDirectory(far, directory + "/" + path);
  }

  /// What there is of these paths; empty when the directory is missing.
  Listing at(List<String> paths) throws TransportException {
    Script script = Script.in(directory).line(NEEDS_FIND);
    // what is missing is no mistake
    script.each("sh -c 'find \"$@\" -maxdepth 0 " + doubled(PRINT) + " 2>/dev/null; :' sh", paths);
    return read(ask(script)).listing();
  }

  /// What lies at these paths and below them.
  ///
  /// @param paths that exist; the whole directory when empty
  /// @param apart paths that are left out
  Selection below(List<String> paths, List<String> apart) throws TransportException {
    StringBuilder prune =
        new StringBuilder("\\( -name .git -o -name '" + DirectoryWalk.UNFINISHED + "*'");
    for (String path : apart) {
      String plain = "./" + path.replaceAll("([\\\\*?\\[])", "\\\\$1");
      prune.append(" -o -path ").append(ShellWords.quote(plain));
      prune.append(" -o -path ").append(ShellWords.quote(plain + "/"));
    }
    Script script = Script.in(directory).line(NEEDS_FIND);
    for (String path : paths.isEmpty() ? List.of("") : paths) {
      // the slash follows a link that was asked for by its name
      script.line(
          "kz_path=%s; if [ -d \"$kz_path\" ]; then kz_path=$kz_path/; fi"
              .formatted(Script.below(path)));
      script.line("find \"$kz_path\" %s \\) -prune -o %s || kz_failed=1".formatted(prune, PRINT));
    }
    Selection found = read(ask(script));
    return new Selection(
        found.listing().filter(entry -> !(entry instanceof Entry.Special)),
        found.leftOut(),
        found.rules());
  }

  /// The files directly in some directories; those that are missing or closed have none.
  Listing within(Collection<String> directories) throws TransportException {
    Script script = Script.in(directory).line(NEEDS_FIND);
    script.each(
        "sh -c 'find \"$@\" -mindepth 1 -maxdepth 1 -type f "
            + doubled(PRINT)
            + " 2>/dev/null; :' sh",
        List.copyOf(directories));
    return read(ask(script)).listing();
  }

  /// Runs a script that changes something.
  Completed run(Script script) throws TransportException {
    return far.run(script.command(), LIMIT);
  }

  /// The directory as programs there see it, without links.
  Optional<String> absolute() throws TransportException {
    String said = ask(Script.in(directory).line("pwd -P")).text();
    return said.isEmpty() ? Optional.empty() : Optional.of(said.substring(0, said.length() - 1));
  }

  /// Removes files and links, and then the directories.
  ///
  /// @return what is still there; directories that something is left in are not among them
  List<Unfit> remove(Listing gone) throws TransportException {
    List<String> directories = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Entry entry : gone.entries().reversed()) {
      (entry instanceof Entry.Directory ? directories : others).add(entry.path());
    }
    Completed done =
        run(
            Script.in(directory)
                .each("rm -f --", others)
                .each("sh -c 'rmdir -- \"$@\" 2>/dev/null; :' sh", directories));
    if (done.succeeded()) {
      return List.of();
    }
    return at(others).paths().stream().map(path -> new Unfit(path, why(done))).toList();
  }

  /// A script that makes links and sets permissions; neither needs a file to be copied.
  static Script finish(Script script, List<Entry.Link> links, List<Entry.File> modes) {
    Map<String, List<String>> byMode = new TreeMap<>();
    for (Entry.File file : modes) {
      byMode.computeIfAbsent(octal(file.mode()), mode -> new ArrayList<>()).add(file.path());
    }
    byMode.forEach((mode, paths) -> script.each("chmod " + mode + " --", paths));
    for (Entry.Link link : links) {
      String draft = Script.below(beside(link.path(), DirectoryWalk.UNFINISHED + "-link"));
      script.line(
          "{ rm -f -- %1$s && ln -s -- %2$s %1$s && mv -f -T -- %1$s %3$s; } || kz_failed=1"
              .formatted(draft, ShellWords.quote(link.target()), Script.below(link.path())));
    }
    return script;
  }

  /// A script that makes the directory and those in it.
  static Script make(String directory, List<Entry.Directory> directories) {
    Script script = Script.making(directory);
    script.each("mkdir -p --", directories.stream().map(Entry::path).toList());
    Map<String, List<String>> byMode = new TreeMap<>();
    for (Entry.Directory made : directories) {
      byMode.computeIfAbsent(octal(made.mode() | 0700), mode -> new ArrayList<>()).add(made.path());
    }
    byMode.forEach((mode, paths) -> script.each("chmod " + mode + " --", paths));
    return script;
  }

  /// Another name in the same directory.
  static String beside(String path, String name) {
    int slash = path.lastIndexOf('/');
    return path.substring(0, slash + 1) + name;
  }

  /// What a script has said, for whoever has to mend it.
  static String why(Completed done) {
    String said = done.errorText().strip();
    return said.isEmpty() ? "exit code " + done.exitCode() : said;
  }

  private static String octal(int mode) {
    return "%03o".formatted(mode);
  }

  /// For a place within single quotes.
  private static String doubled(String text) {
    return text.replace("'", "'\\''");
  }

  private Completed ask(Script script) throws TransportException {
    Completed done = far.run(script.command().asking(), LIMIT);
    if (done.exitCode() == NO_FIND) {
      throw new UncheckedIOException(
          new IOException("GNU `find` is needed where the files go to, and is not there"));
    }
    if (!done.succeeded()) {
      throw new UncheckedIOException(
          new IOException(
              "cannot read `%s` there:\n%s"
                  .formatted(directory, why(done).indent(2).stripTrailing())));
    }
    return done;
  }

  private static Selection read(Completed done) {
    List<Entry> entries = new ArrayList<>();
    List<Unfit> leftOut = new ArrayList<>();
    List<String> fields = Arrays.asList(done.text().split("\0", -1));
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      String[] words = fields.get(i).split(" ", 6);
      String path = words[5].startsWith("./") ? words[5].substring(2) : words[5];
      path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
      if (path.isEmpty()) {
        continue;
      }
      if (path.indexOf('\uFFFD') >= 0 || fields.get(i + 1).indexOf('\uFFFD') >= 0) {
        leftOut.add(new Unfit(path, "its name is not UTF-8"));
        continue;
      }
      Entry entry = entry(words, path, fields.get(i + 1));
      if (entry instanceof Entry.Special) {
        leftOut.add(new Unfit(path, "neither a file nor a directory"));
      }
      entries.add(entry);
    }
    return new Selection(new Listing(entries), leftOut, IgnoreRules.NONE);
  }

  private static Entry entry(String[] words, String path, String target) {
    int mode = Integer.parseInt(words[2], 8) & 0777;
    return switch (words[0]) {
      case "d" -> new Entry.Directory(path, mode);
      case "f" -> new Entry.File(path, mode, Long.parseLong(words[3]), seconds(words[4]));
      case "l" -> new Entry.Link(path, target, words[1].equals("d"));
      default -> new Entry.Special(path);
    };
  }

  private static long seconds(String time) {
    return new BigDecimal(time).setScale(0, RoundingMode.FLOOR).longValueExact();
  }
}
