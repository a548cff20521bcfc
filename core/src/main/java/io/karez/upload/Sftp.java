package io.karez.upload;

import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.Entry;
import io.karez.transfer.Listing;
import io.karez.transfer.Unfit;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// Runs `sftp` over a batch of commands. Files are copied to drafts beside their places first; what
/// of these an earlier attempt has left is gone on with.
///
/// @param command runs the batch of a file, in a directory of this machine
record Sftp(Tool tool, Commands command, Drafts drafts) implements Engine {
  private static final int BROKEN = 255;

  interface Commands {
    Command of(Path batch, Path directory);
  }

  /// What is known of the drafts, by their paths.
  private record Known(Map<String, Entry.File> drafts) {
    static Known of(Listing listing) {
      return new Known(
          listing.files().stream().collect(Collectors.toMap(Entry::path, draft -> draft)));
    }

    /// How much of a file is there and of use.
    long bytes(Entry.File file, String draft) {
      Entry.File there = drafts.get(draft);
      if (there == null || there.bytes() > file.bytes()) {
        return 0;
      }
      return there.isLike(file) || Drafts.isResumed(file) ? there.bytes() : 0;
    }

    /// A file is whole when `sftp` has given it its time, which it does at the end.
    boolean isWhole(Entry.File file, String draft) {
      Entry.File there = drafts.get(draft);
      return there != null && there.isLike(file);
    }
  }

  @Override
  public List<Unfit> send(List<Entry.File> files, Path from, FarDirectory to, Counter counter)
      throws TransportException, InterruptedException {
    List<String> places = files.stream().map(drafts::of).toList();
    Set<String> directories = directories(places);
    Script make = Script.in(to.directory());
    make.each("mkdir -p -m 700 --", List.copyOf(directories));
    Known before = Known.of(drafts(to, directories, make));
    Path links = temporary();
    try {
      SftpBatch batch = new SftpBatch().add("cd", to.directory());
      List<Entry.File> sent = new ArrayList<>();
      for (int i = 0; i < files.size(); i++) {
        Entry.File file = files.get(i);
        String draft = places.get(i);
        if (before.isWhole(file, draft)) {
          continue;
        }
        // A name that `sftp` cannot mistake, whatever the file is called.
        String name = String.valueOf(i);
        Files.createSymbolicLink(links.resolve(name), from.resolve(file.path()).toAbsolutePath());
        long there = before.bytes(file, draft);
        batch.add(there > 0 && there < file.bytes() ? "reput -p" : "put -p", name, "./" + draft);
        sent.add(file);
      }
      Tool.End end = new Tool.End(0, "");
      if (!sent.isEmpty()) {
        Watch watch = new Watch(sent, before, counter, drafts, draft -> size(to, draft));
        end = run(batch, links, watch);
      }
      return publish(files, places, to, directories, end);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare the transfer in `" + links + "`", e);
    } finally {
      discard(links);
    }
  }

  /// What lies in the directories of drafts, once they are there.
  private static Listing drafts(FarDirectory to, Set<String> directories, Script make)
      throws TransportException {
    Completed made = to.run(make.each("chmod u+rwx --", List.copyOf(directories)));
    if (!made.succeeded() && to.at(List.copyOf(directories)).entries().isEmpty()) {
      throw new UncheckedIOException(
          new IOException(
              "cannot write to `%s` there%s"
                  .formatted(to.directory(), Rsync.quoted(FarDirectory.why(made)))));
    }
    return to.within(directories);
  }

  /// Gives the files that are whole their names.
  private List<Unfit> publish(
      List<Entry.File> files,
      List<String> places,
      FarDirectory to,
      Set<String> directories,
      Tool.End end)
      throws TransportException {
    Known after = Known.of(to.within(directories));
    List<Unfit> failed = new ArrayList<>();
    Map<String, List<String>> moves = new LinkedHashMap<>();
    Script script = Script.in(to.directory());
    List<Entry.File> moved = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Entry.File file = files.get(i);
      String draft = places.get(i);
      if (!after.isWhole(file, draft)) {
        failed.add(new Unfit(file.path(), why(after, draft, end)));
        continue;
      }
      moved.add(file);
      if (drafts.beside(file.path()).equals(parent(draft))
          && draft
              .substring(draft.lastIndexOf('/') + 1)
              .equals(file.path().substring(file.path().lastIndexOf('/') + 1))) {
        moves
            .computeIfAbsent(FarDirectory.beside(file.path(), ""), directory -> new ArrayList<>())
            .add(draft);
      } else {
        script.line(
            "mv -f -T -- %s %s || kz_failed=1"
                .formatted(Script.below(draft), Script.below(file.path())));
      }
    }
    moves.forEach(
        (directory, all) -> script.each("mv -f -t " + Script.below(directory) + " --", all));
    script.each("rm -rf --", List.copyOf(directories));
    Completed done = to.run(script);
    if (!done.succeeded()) {
      Listing there = to.at(moved.stream().map(Entry::path).toList());
      Map<String, Entry.File> now =
          there.files().stream().collect(Collectors.toMap(Entry::path, file -> file));
      moved.stream()
          .filter(
              file -> !Optional.ofNullable(now.get(file.path())).filter(file::isLike).isPresent())
          .forEach(file -> failed.add(new Unfit(file.path(), FarDirectory.why(done))));
    }
    return failed;
  }

  private static String why(Known after, String draft, Tool.End end) {
    if (end.said().isBlank()) {
      return after.drafts().containsKey(draft)
          ? "it changed while it was being copied"
          : "`sftp` has not copied it";
    }
    return "`sftp` could not copy it" + Rsync.quoted(end.said());
  }

  @Override
  public List<Unfit> fetch(List<Entry.File> files, FarDirectory from, Path to, Counter counter)
      throws TransportException, InterruptedException {
    List<Unfit> failed = new ArrayList<>();
    List<Entry.File> wanted = new ArrayList<>();
    for (Entry.File file : files) {
      if (file.path().indexOf('\n') >= 0) {
        failed.add(
            new Unfit(file.path(), "`sftp` cannot fetch a name with a newline; `rsync` can"));
      } else {
        wanted.add(file);
      }
    }
    List<String> places = wanted.stream().map(drafts::of).toList();
    try {
      for (String directory : directories(places)) {
        Files.createDirectories(to.resolve(directory));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to `" + to + "`", e);
    }
    Known before = Known.of(DirectoryWalk.at(to, places));
    SftpBatch batch = new SftpBatch().add("cd", from.directory());
    List<Entry.File> fetched = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Entry.File file = wanted.get(i);
      if (!before.isWhole(file, places.get(i))) {
        long there = before.bytes(file, places.get(i));
        String verb = there > 0 && there < file.bytes() ? "reget -p" : "get -p";
        batch.add(verb, "./" + file.path(), "./" + places.get(i));
        fetched.add(file);
      }
    }
    Tool.End end = new Tool.End(0, "");
    if (!fetched.isEmpty()) {
      Watch watch = new Watch(fetched, before, counter, drafts, draft -> size(to.resolve(draft)));
      end = run(batch, to, watch);
    }
    Known after = Known.of(DirectoryWalk.at(to, places));
    NearDirectory target = new NearDirectory(to);
    for (int i = 0; i < wanted.size(); i++) {
      if (after.isWhole(wanted.get(i), places.get(i))) {
        target.publish(to.resolve(places.get(i)), wanted.get(i)).ifPresent(failed::add);
      } else {
        failed.add(new Unfit(wanted.get(i).path(), why(after, places.get(i), end)));
      }
    }
    target.tidy(drafts, wanted);
    return failed;
  }

  private Tool.End run(SftpBatch batch, Path directory, Watch watch)
      throws TransportException, InterruptedException {
    Path script = batchFile(batch);
    try {
      Tool.End end = tool.run(command.of(script, directory), watch::printed, watch::look);
      if (end.code() == BROKEN) {
        throw new TransportException(
            "the connection broke while `sftp` ran" + Rsync.quoted(end.said()));
      }
      watch.end();
      return end;
    } finally {
      discard(script);
    }
  }

  /// Follows a batch: `sftp` repeats each command when it begins with it, and says nothing of how
  /// far it is.
  private static final class Watch {
    private static final String ECHO = "sftp> -";
    private static final long WORTH_LOOKING = 4 << 20;

    private final List<Entry.File> files;
    private final Known before;
    private final Counter counter;
    private final Drafts drafts;
    private final ToLongFunction<String> size;
    private final AtomicInteger begun = new AtomicInteger(-1);
    private final long[] bytesBefore;

    Watch(
        List<Entry.File> files,
        Known before,
        Counter counter,
        Drafts drafts,
        ToLongFunction<String> size) {
      this.files = files;
      this.before = before;
      this.counter = counter;
      this.drafts = drafts;
      this.size = size;
      this.bytesBefore = new long[files.size() + 1];
      for (int i = 0; i < files.size(); i++) {
        bytesBefore[i + 1] = bytesBefore[i] + files.get(i).bytes();
      }
    }

    void printed(String line) {
      if (line.startsWith(ECHO) && !line.startsWith(ECHO + "cd ")) {
        int file = begun.incrementAndGet();
        if (file < files.size()) {
          counter.at(file, bytesBefore[file]);
        }
      }
    }

    /// Looks how much of a large file is there.
    void look() {
      int file = begun.get();
      if (file >= 0 && file < files.size() && files.get(file).bytes() >= WORTH_LOOKING) {
        String draft = drafts.of(files.get(file));
        long there = size.applyAsLong(draft);
        if (begun.get() == file) {
          long least = before.bytes(files.get(file), draft);
          counter.at(file, bytesBefore[file] + Math.max(there, least));
        }
      }
    }

    void end() {
      counter.at(files.size(), bytesBefore[files.size()]);
    }
  }

  private static long size(FarDirectory to, String draft) {
    try {
      return to.at(List.of(draft)).bytes();
    } catch (TransportException e) {
      // `sftp` notices it too, and what to do then is decided there
      return 0;
    }
  }

  private static long size(Path draft) {
    try {
      return Files.size(draft);
    } catch (IOException e) {
      return 0;
    }
  }

  private static Set<String> directories(List<String> places) {
    return places.stream()
        .map(Sftp::parent)
        .collect(Collectors.toCollection(java.util.TreeSet::new));
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("karez");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary directory", e);
    }
  }

  private static Path batchFile(SftpBatch batch) {
    try {
      return Files.writeString(Files.createTempFile("karez", ".sftp"), batch.text());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a batch for `sftp`", e);
    }
  }

  private static void discard(Path path) {
    try {
      if (NearDirectory.isDirectory(path)) {
        try (var files = Files.newDirectoryStream(path)) {
          for (Path file : files) {
            Files.delete(file);
          }
        }
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // links and names in a directory of temporary files
    }
  }
}
