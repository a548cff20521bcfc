package io.karez.upload;

import io.karez.testing.LocalSshd;
import io.karez.transfer.Uploader;
import io.karez.transport.LocalTransport;
import io.karez.transport.SshClient;
import io.karez.transport.SshHost;
import io.karez.transport.SshSubsystem;
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
  }

  enum Kind {
    RSYNC,
    SFTP,
    COPY
  }

  Uploader uploader(Kind kind) {
    return switch (kind) {
      case RSYNC -> ssh(SshUploader.Means.RSYNC);
      case SFTP -> ssh(SshUploader.Means.SFTP);
      case COPY -> new CopyUploader(Path.of(System.getProperty("user.home")));
    };
  }

  SshUploader ssh(SshUploader.Means means) {
    SftpLink link = new SftpLink(() -> SshSubsystem.open(client, "sftp", SOON, SftpSession::over));
    return new SshUploader(client, link, new Perseverance(SOON), means);
  }

  @Override
  public void close() throws IOException {
    client.close();
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
