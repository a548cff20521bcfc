package io.karez.upload;

import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.Entry;
import io.karez.transfer.Listing;
import io.karez.transfer.Plan;
import io.karez.transfer.Unfit;
import io.karez.transport.LocalTransport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Runs `rsync` over a list of files.
record Rsync(RsyncCommand command) implements Engine {
  private static final Tool TOOL = new Tool(new LocalTransport());

  /// What rsync(1) says under "EXIT VALUES" when the other side is gone, and what `ssh` does.
  private static final Set<Integer> BROKEN = Set.of(10, 12, 30, 35, 255);

  /// What a shell says of a program that it has not found, or cannot start.
  private static final Set<Integer> MISSING = Set.of(126, 127);

  /// ` 1234567 12% 1.23MB/s 0:00:12 (xfr#3, to-chk=4/9)`
  private static final Pattern PROGRESS =
      Pattern.compile("\\s*(\\d+)\\s+\\d+%\\s+\\S+\\s+\\S+(?:\\s+\\(xfr#(\\d+),.*)?.*");

  /// What `rsync` takes for a file that nobody has asked for (seen in 3.5.0).
  private static final Pattern MISTAKEN = Pattern.compile("(?s)\\\\.*[*?\\[]|[*?\\[].*\\\\");

  /// The other side has no `rsync`.
  static final class MissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingException(String said) {
      super(said);
    }
  }

  @Override
  public List<Unfit> send(List<Entry.File> files, Path from, FarDirectory to, Counter counter)
      throws TransportException, InterruptedException {
    Tool.End end = run(files, RsyncCommand.near(from), command.far(to.absolute()), counter);
    List<Unfit> failed =
        new ArrayList<>(end.code() == 0 ? List.of() : missing(files, to.at(names(files)), end));
    files.stream()
        .filter(file -> !Changes.isAsListed(from, file))
        .map(Changes::changed)
        .forEach(failed::add);
    return failed;
  }

  @Override
  public List<Unfit> fetch(List<Entry.File> files, FarDirectory from, Path to, Counter counter)
      throws TransportException, InterruptedException {
    List<Unfit> failed = new ArrayList<>();
    List<Entry.File> wanted = new ArrayList<>();
    for (Entry.File file : files) {
      if (MISTAKEN.matcher(file.path()).find()) {
        failed.add(
            new Unfit(
                file.path(),
                "`rsync` cannot fetch a name with a backslash and a wildcard; `sftp` can"));
      } else {
        wanted.add(file);
      }
    }
    if (!wanted.isEmpty()) {
      Tool.End end = run(wanted, command.far(from.absolute()), RsyncCommand.near(to), counter);
      if (end.code() != 0) {
        failed.addAll(missing(wanted, DirectoryWalk.at(to, names(wanted)), end));
      }
    }
    return failed;
  }

  private Tool.End run(List<Entry.File> files, String from, String to, Counter counter)
      throws TransportException, InterruptedException {
    Path list = list(files);
    try {
      Latest latest = new Latest(counter);
      Tool.End end = TOOL.run(command.of(list.toString(), from, to), latest::hear, latest::tell);
      latest.tell();
      if (MISSING.contains(end.code())) {
        throw new MissingException(end.said());
      }
      if (BROKEN.contains(end.code())) {
        throw new TransportException(
            "the connection broke while `rsync` ran (exit code %d)%s"
                .formatted(end.code(), quoted(end.said())));
      }
      return end;
    } finally {
      delete(list);
    }
  }

  /// The latest line of the one for each file, read only when it is told of.
  private static final class Latest {
    private final Counter counter;
    private volatile String line = "";

    Latest(Counter counter) {
      this.counter = counter;
    }

    void hear(String printed) {
      line = printed;
    }

    void tell() {
      Matcher matcher = PROGRESS.matcher(line);
      if (matcher.matches()) {
        String files = matcher.group(2);
        counter.at(files == null ? 0 : Long.parseLong(files), Long.parseLong(matcher.group(1)));
      }
    }
  }

  private static List<Unfit> missing(List<Entry.File> files, Listing there, Tool.End end) {
    return Plan.of(new Listing(List.copyOf(files)), there).files().stream()
        .map(file -> new Unfit(file.path(), why(file, end)))
        .toList();
  }

  /// What `rsync` says of the file, if it names it, else all that it says.
  private static String why(Entry.File file, Tool.End end) {
    String own =
        end.said()
            .lines()
            .filter(line -> line.contains(file.path()))
            .collect(Collectors.joining("\n"));
    String all = end.said().isEmpty() ? "exit code " + end.code() : end.said();
    return "`rsync` exited " + end.code() + quoted(own.isEmpty() ? all : own);
  }

  static String quoted(String said) {
    return said.isBlank() ? "" : ":\n" + said.strip().indent(2).stripTrailing();
  }

  private static List<String> names(List<Entry.File> files) {
    return files.stream().map(Entry::path).toList();
  }

  private static Path list(List<Entry.File> files) {
    try {
      Path list = Files.createTempFile("karez", ".list");
      String names =
          files.stream().map(file -> "./" + file.path() + "\0").collect(Collectors.joining());
      return Files.write(list, names.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the list of files", e);
    }
  }

  private static void delete(Path list) {
    try {
      Files.deleteIfExists(list);
    } catch (IOException e) {
      // a list of names in a directory of temporary files
    }
  }
}
