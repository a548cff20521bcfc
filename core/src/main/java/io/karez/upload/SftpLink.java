package io.karez.upload;

import io.karez.transport.SshClient;
import io.karez.transport.SshSubsystem;
import io.karez.transport.TransportException;
import org.jspecify.annotations.Nullable;

/// The way to a host's files: a conversation that is begun when it is needed, and anew when it has
/// ended.
final class SftpLink implements AutoCloseable {
  private final Opening opening;
  private @Nullable SftpSession open;

  interface Opening {
    SftpSession open() throws TransportException;
  }

  SftpLink(Opening opening) {
    this.opening = opening;
  }

  static SftpLink over(SshClient client) {
    return new SftpLink(() -> SshSubsystem.open(client, "sftp", SftpSession::over));
  }

  synchronized SftpSession session() throws TransportException {
    if (open == null || open.isOver()) {
      open = opening.open();
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
