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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Makes snapshots where runs are, here or on a site.
///
/// Nobody sees one before it is whole. Its files are not to be written by accident. What ignore
/// files leave out of the top of the project is reached in it through links, since programs look
/// for their data there.
///
/// @param project where the project lies there
/// @param results the tree of results there
/// @param machine where that is
public record Snapshots(Path project, Path results, Transport machine, Uploader uploader) {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  public static Snapshots on(FarProject far, Uploader uploader) {
    return new Snapshots(far.directory(), far.results(), far.transport(), uploader);
  }

  /// @return what was copied; empty when it is there already
  /// @throws IllegalStateException when the code changed meanwhile, or some of it cannot be copied
  public Optional<TransferReport> keep(Snapshot snapshot, Progress progress)
      throws TransportException, InterruptedException {
    if (run(snapshot, "has").succeeded()) {
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
    Completed kept = run(snapshot, "keep");
    if (!kept.succeeded()) {
      throw new IllegalStateException(
          "the code cannot be kept in `%s`: %s"
              .formatted(snapshot.in(results), kept.errorText().strip()));
    }
    return Optional.of(report);
  }

  private Completed run(Snapshot snapshot, String what) throws TransportException {
    Command command =
        SiteScripts.command(
            "snapshot",
            List.of(
                what,
                snapshot.draft(results).toString(),
                snapshot.in(results).toString(),
                project.toString(),
                results.toString()));
    // Done twice it is done once.
    return machine.run(command.asking(), LIMIT);
  }
}
