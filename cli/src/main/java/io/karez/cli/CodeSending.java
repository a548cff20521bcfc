package io.karez.cli;

import io.karez.launch.Transfers;
import io.karez.site.Reach;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import io.karez.transport.TransportException;
import java.util.Optional;

/// Sends a project to a site before a run of it, and tells how far it is.
record CodeSending(Console console, Reach reach) {

  /// @throws IllegalStateException when some of it could not be copied
  void to(String site) throws TransportException, InterruptedException {
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
  }

  private static String shown(Unfit unfit) {
    return Printable.onLine(unfit.path() + ": " + unfit.why());
  }
}
