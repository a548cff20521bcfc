package io.karez.cli;

import io.karez.define.Site;
import io.karez.scheduler.Allocations;
import io.karez.site.Connections;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.transport.Command;
import io.karez.transport.LocalTransport;
import io.karez.transport.Starter;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.nio.file.Path;
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

  /// Without a site the scheduler has to be on this machine.
  ///
  /// @throws InvalidInputException when it is not
  void requireScheduler(Allocations allocations, ProjectOptions project) {
    String program = allocations.list().words().getFirst();
    if (site.isEmpty() && !Programs.isThere(program, Path.of("").toAbsolutePath())) {
      throw new InvalidInputException(
          Problem.of("there is no `%s` on this machine".formatted(program))
              .hint(
                  SiteOption.elsewhere(project)
                      .map("%s asks there"::formatted)
                      .orElse(
                          "`--on SITE` asks on a site, defined under `sites:` in your own settings")));
    }
  }

  /// What to do about an allocation that is not known here.
  String whereElse(ProjectOptions project) {
    String list = "`karez alloc list%s` shows yours".formatted(option());
    return site.isPresent()
        ? list
        : SiteOption.elsewhere(project)
            .map(words -> list + "; one on a site needs " + words)
            .orElse(list);
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
