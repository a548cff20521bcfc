package io.karez.cli;

import io.karez.define.Site;
import io.karez.define.SitePlace;
import io.karez.launch.Code;
import io.karez.launch.Snapshot;
import io.karez.launch.Snapshots;
import io.karez.launch.Transfers;
import io.karez.project.Project;
import io.karez.site.Reach;
import io.karez.text.Place;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import io.karez.transport.TransportException;
import io.karez.upload.CopyUploader;
import java.nio.file.Path;
import java.util.Optional;

/// Brings the code of a run to where it runs, and tells how far it is.
record CodeSending(Console console, Reach reach) {

  /// @param site empty for this machine, where only snapshots are made
  /// @throws IllegalStateException when some of it could not be copied
  void send(Optional<SitePlace> site, Code code) throws TransportException, InterruptedException {
    if (site.isPresent()) {
      project(site.get().site());
    }
    if (code.snapshot().isPresent()) {
      snapshot(code.snapshot().get(), site);
    }
  }

  private void snapshot(Snapshot snapshot, Optional<SitePlace> site)
      throws TransportException, InterruptedException {
    snapshot
        .selected()
        .leftOut()
        .forEach(unfit -> console.err().println("warning: not copied: " + shown(unfit)));
    Optional<TransferReport> copied;
    try (TransferBar bar = new TransferBar(console)) {
      copied = snapshots(site).keep(snapshot, bar);
    }
    console
        .err()
        .println(
            "snapshot %.7s of the code: %s"
                .formatted(
                    snapshot.name(),
                    copied
                        .map(report -> Quantities.count(report.files(), "file") + " copied")
                        .orElse("made before")));
  }

  private Snapshots snapshots(Optional<SitePlace> place) throws TransportException {
    Project project = reach.project();
    if (place.isEmpty()) {
      Path home = Path.of(System.getProperty("user.home"));
      return new Snapshots(
          project.root(),
          project.results(),
          reach.here(),
          new CopyUploader(home),
          project.results());
    }
    Site site = reach.site(place.get().site(), Place.of("a run"));
    return Snapshots.on(
        reach.project(Optional.of(site), false).orElseThrow(),
        Transfers.to(reach, site.name(), Optional.empty()).uploader(),
        project.results());
  }

  /// Sends the project's files, as far as they are not there.
  void project(String site) throws TransportException, InterruptedException {
    Transfers transfers = Transfers.to(reach, site, Optional.empty());
    Transfers.Sent sent;
    try (TransferBar bar = new TransferBar(console)) {
      sent = transfers.sendAll(bar);
    }
    sent.leftOut().forEach(unfit -> console.err().println("warning: not sent: " + shown(unfit)));
    TransferReport report = sent.report();
    if (!report.failed().isEmpty()) {
      throw new IllegalStateException(
          "%d of the project's files could not be copied to `%s`, so nothing was submitted: %s"
              .formatted(report.failed().size(), site, shown(report.failed().getFirst())));
    }
    console
        .err()
        .println(
            "%s: %s sent, %d are there already"
                .formatted(site, Quantities.count(report.files(), "file"), report.same()));
    if (report.files() > 0) {
      new CodeThere(reach.project()).warning(reach, site).ifPresent(console.err()::println);
    }
  }

  private static String shown(Unfit unfit) {
    return Printable.onLine(unfit.path() + ": " + unfit.why());
  }
}
