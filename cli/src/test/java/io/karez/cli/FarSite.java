package io.karez.cli;

import io.karez.testing.LocalSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// A site on the other end of a real `sshd` of this machine, with a tree of its own.
///
/// @param directory of the project there
record FarSite(LocalSshd sshd, Path directory) implements AutoCloseable {

  static FarSite start(Path place, String... options) throws Exception {
    return new FarSite(LocalSshd.start(place.resolve("sshd"), options), place.resolve("far"));
  }

  /// Defines the site `far` in a project.
  void defineIn(Karez karez) throws IOException {
    karez.write(
        ".karez/config.yaml",
        "sites: {far: {host: far, ssh_config: '%s', directory: '%s'}}\n"
            .formatted(sshd.configuration(), directory));
  }

  /// Files of the site's project, relative to it, that are no part of runs.
  Stream<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .filter(name -> !name.startsWith("results/"))
          .toList()
          .stream();
    }
  }

  @Override
  public void close() {
    sshd.close();
  }
}
