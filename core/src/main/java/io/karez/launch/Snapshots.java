package io.karez.launch;

import io.karez.site.FarProject;
import io.karez.site.SiteScripts;
import io.karez.transfer.Progress;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import io.karez.transfer.Uploader;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes snapshots where runs are, here or on a site.
///
/// Nobody sees one before it is whole. Its files are not to be written by accident. What ignore
/// files leave out of the top of the project is reached in it through links, since programs look
/// for their data there.
///
/// @param project where the project lies there
/// @param results the tree of results there
/// @param machine where that is
/// @param here the tree of results here, where whoever makes the same waits
public record Snapshots(
    Path project, Path results, Transport machine, Uploader uploader, Path here) {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(200);

  public static Snapshots on(FarProject far, Uploader uploader, Path here) {
    return new Snapshots(far.directory(), far.results(), far.transport(), uploader, here);
  }

  /// @return what was copied; empty when it is there already
  /// @throws IllegalStateException when the code changed meanwhile, or some of it cannot be copied
  public Optional<TransferReport> keep(Snapshot snapshot, Progress progress)
      throws TransportException, InterruptedException {
    Path place = snapshot.in(here);
    Path file = place.resolveSibling("." + place.getFileName() + ".lock");
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        boolean isTaken = take(channel);
        if (!isTaken) {
          progress.waits();
        }
        while (!isTaken) {
          Thread.sleep(PAUSE);
          isTaken = take(channel);
        }
        return make(snapshot, progress);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use `" + file + "`", e);
    }
  }

  private static boolean take(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private Optional<TransferReport> make(Snapshot snapshot, Progress progress)
      throws TransportException, InterruptedException {
    Completed there = run(snapshot, "has", "");
    if (there.succeeded()) {
      return Optional.empty();
    }
    TransferReport report =
        uploader.send(
            snapshot.selected().listing(),
            snapshot.root(),
            snapshot.draft(results).toString(),
            progress);
    if (!report.failed().isEmpty()) {
      Unfit first = report.failed().getFirst();
      throw new IllegalStateException(
          "%d files of the code could not be copied, so nothing was submitted: %s: %s"
              .formatted(report.failed().size(), first.path(), first.why()));
    }
    if (!snapshot.isWhole(snapshot.root())) {
      throw new IllegalStateException(
          "the code in `%s` changed while it was copied, so nothing was submitted: try again"
              .formatted(snapshot.root()));
    }
    Completed kept = run(snapshot, "keep", ignored(snapshot, there.text()));
    if (!kept.succeeded()) {
      throw new IllegalStateException(
          "the code cannot be kept in `%s`: %s"
              .formatted(snapshot.in(results), kept.errorText().strip()));
    }
    return Optional.of(report);
  }

  /// Those of the project that the code leaves out on purpose. What is there and no longer here is
  /// none of them.
  private static String ignored(Snapshot snapshot, String top) {
    return top.lines()
        .filter(line -> line.length() > 2)
        .filter(
            line -> snapshot.selected().rules().ignores(line.substring(2), line.startsWith("d ")))
        .map(line -> line.substring(2) + "\n")
        .collect(Collectors.joining());
  }

  private Completed run(Snapshot snapshot, String what, String input) throws TransportException {
    Command command =
        SiteScripts.command(
            "snapshot",
            List.of(
                what,
                snapshot.draft(results).toString(),
                snapshot.in(results).toString(),
                project.toString()));
    // Done twice it is done once.
    return machine.run(command.reading(input).asking(), LIMIT);
  }
}
