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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// Runs `sftp` over a batch of commands. Files are copied to drafts beside their places first; what
/// of these an earlier attempt has left is gone on with.
///
/// @param command runs the batch of a file, in a directory of this machine
record Sftp(Tool tool, Commands command, Drafts drafts) implements Engine {
  private static final int BROKEN = 255;

  /// Fewer files are not worth more than one `sftp`.
  private static final int MANY = 100;

  /// A host takes ten of these over one connection by default (`MaxSessions` in sshd_config(5)).
  private static final int BESIDE = 3;

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
      List<SftpBatch> batches = new ArrayList<>();
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
        sent.add(file);
        batches.add(
            new SftpBatch()
                .add(
                    there > 0 && there < file.bytes() ? "reput -p" : "put -p", name, "./" + draft));
      }
      Gauge gauge = draft -> size(to, draft);
      Tool.End end =
          run(to.directory(), sent, batches, links, watch(files, before, counter), gauge);
      return publish(files, places, from, to, directories, end);
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
      Path from,
      FarDirectory to,
      Set<String> directories,
      Tool.End end)
      throws TransportException {
    Known after = Known.of(to.within(directories));
    List<Unfit> failed = new ArrayList<>();
    Map<String, List<String>> moves = new LinkedHashMap<>();
    Script script = Script.in(to.directory());
    List<Entry.File> moved = new ArrayList<>();
    List<Entry.File> spoilt = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Entry.File file = files.get(i);
      String draft = places.get(i);
      if (!after.isWhole(file, draft)
          && after.drafts().containsKey(draft)
          && end.said().isBlank()
          && Changes.isAsListed(from, file)) {
        spoilt.add(file);
        continue;
      }
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
    if (!spoilt.isEmpty()) {
      // Behind a connection that is gone, a server may write what it still had after the next one
      // has begun to add to the same draft. The draft is too long then, and was removed.
      throw new TransportException(
          "what has arrived of `%s` is not what was sent".formatted(spoilt.getFirst().path()));
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
    List<SftpBatch> batches = new ArrayList<>();
    List<Entry.File> fetched = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Entry.File file = wanted.get(i);
      if (!before.isWhole(file, places.get(i))) {
        long there = before.bytes(file, places.get(i));
        String verb = there > 0 && there < file.bytes() ? "reget -p" : "get -p";
        fetched.add(file);
        batches.add(new SftpBatch().add(verb, "./" + file.path(), "./" + places.get(i)));
      }
    }
    Gauge gauge = draft -> size(to.resolve(draft));
    Tool.End end =
        run(from.directory(), fetched, batches, to, watch(wanted, before, counter), gauge);
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

  /// Runs one `sftp`, or some beside each other: each of them waits for an answer several times a
  /// file.
  ///
  /// @param place there where the commands are to work
  /// @param commands one for each file
  private Tool.End run(
      String place,
      List<Entry.File> files,
      List<SftpBatch> commands,
      Path directory,
      SftpWatch watch,
      Gauge gauge)
      throws TransportException, InterruptedException {
    int count = files.size() < MANY ? Math.min(1, files.size()) : BESIDE;
    List<Callable<Tool.End>> runs = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      SftpBatch batch = new SftpBatch().add("cd", place);
      List<Entry.File> own = new ArrayList<>();
      for (int i = part; i < files.size(); i += count) {
        batch.add(commands.get(i));
        own.add(files.get(i));
      }
      SftpWatch.Batch heard = watch.over(own, gauge::bytes, drafts);
      runs.add(() -> one(batch, directory, heard));
    }
    Tool.End end = new Tool.End(0, "");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Tool.End>> all = runs.stream().map(threads::submit).toList();
      try {
        for (Future<Tool.End> one : all) {
          Tool.End now = one.get();
          end = now.said().isBlank() ? end : now;
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof TransportException broken) {
          throw broken;
        }
        throw new IllegalStateException(e.getCause());
      } finally {
        all.forEach(one -> one.cancel(true));
      }
    }
    return end;
  }

  private Tool.End one(SftpBatch batch, Path directory, SftpWatch.Batch watch)
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

  private SftpWatch watch(List<Entry.File> files, Known before, Counter counter) {
    long there = 0;
    int whole = 0;
    for (Entry.File file : files) {
      if (before.isWhole(file, drafts.of(file))) {
        whole++;
        there += file.bytes();
      }
    }
    return new SftpWatch(
        new Counter(counter.tally(), counter.files() + whole, counter.bytes() + there));
  }

  /// How large a draft is.
  private interface Gauge {
    long bytes(String draft);
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
