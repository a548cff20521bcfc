package io.karez.cli;

import io.karez.define.Site;
import io.karez.site.Connections;
import io.karez.transport.Command;
import io.karez.transport.LocalTransport;
import io.karez.transport.Starter;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.util.Optional;

/// Where the commands of the scheduler that gives allocations are run.
///
/// @param site empty for this machine
record AllocationPlace(Optional<Site> site, Transport transport, Starter starter) {

  static AllocationPlace of(Optional<Site> site) {
    if (site.isEmpty()) {
      LocalTransport here = new LocalTransport();
      return new AllocationPlace(site, here, here);
    }
    Connections connections = new Connections(System.getenv());
    return new AllocationPlace(site, connections.to(site.get()), connections.starter(site.get()));
  }

  /// Makes the connection, so that nothing is asked for when there is none.
  ///
  /// @throws TransportException when the site cannot be reached
  void reach() throws TransportException {
    if (site.isPresent()) {
      transport.run(Command.of("/bin/sh", "-c", ":").asking(), Duration.ofMinutes(1));
    }
  }

  /// What names it on a command line: ` --on triton`, or nothing.
  String option() {
    return site.map(known -> " --on " + known.name()).orElse("");
  }

  /// The site's name, or `local`.
  String name() {
    return site.map(Site::name).orElse("local");
  }
}
