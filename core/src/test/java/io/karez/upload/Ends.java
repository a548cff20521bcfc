package io.karez.upload;

import io.karez.testing.LocalSshd;
import io.karez.transfer.Uploader;
import io.karez.transport.LocalTransport;
import io.karez.transport.SshClient;
import io.karez.transport.SshHost;
import io.karez.transport.SshTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A way to a real `sshd` of this machine, and an uploader of each kind that takes it.
final class Ends implements AutoCloseable {
  private static final List<Duration> SOON =
      List.of(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(500));

  final SshClient client;
  final SshTransport far;
  private final Path sockets;

  Ends(LocalSshd sshd) throws IOException {
    // the name of a socket is short
    sockets = Files.createTempDirectory(Path.of("/tmp"), "kz");
    SshHost host =
        new SshHost(
            "far",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(sshd.configuration()));
    client = new SshClient(host, new LocalTransport(), sockets);
    far = new SshTransport(client, "/bin/sh", SOON);
  }

  enum Kind {
    RSYNC,
    SFTP,
    COPY
  }

  Uploader uploader(Kind kind) {
    Perseverance perseverance = new Perseverance(SOON);
    return switch (kind) {
      case RSYNC -> new RsyncUploader(client, far, new LocalTransport(), perseverance);
      case SFTP -> new SftpUploader(client, far, new LocalTransport(), perseverance);
      case COPY -> new CopyUploader(Path.of(System.getProperty("user.home")));
    };
  }

  @Override
  public void close() throws IOException {
    far.close();
    try (Stream<Path> left = Files.list(sockets)) {
      for (Path file : left.toList()) {
        if (!Files.isRegularFile(file)) {
          new ProcessBuilder("ssh", "-O", "exit", "-o", "ControlPath=" + file, "far")
              .redirectErrorStream(true)
              .start()
              .onExit()
              .join();
        }
        Files.deleteIfExists(file);
      }
    }
    Files.delete(sockets);
  }
}
