package io.karez.upload;

import io.karez.transport.SshClient;
import io.karez.transport.SshSubsystem;
import io.karez.transport.TransportException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// The way to a host's files: a conversation that is begun when it is needed, and anew when it has
/// ended.
final class SftpLink implements AutoCloseable {
  private final Opening opening;
  private @Nullable CompletableFuture<SftpSession> begun;
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

  /// Begins the conversation while something else is done. Whoever needs it first hears what goes
  /// wrong.
  synchronized void begin() {
    if (open != null || begun != null) {
      return;
    }
    CompletableFuture<SftpSession> session = new CompletableFuture<>();
    begun = session;
    Thread.ofVirtual()
        .start(() -> {
          try {
            session.complete(opening.open());
          } catch (TransportException | RuntimeException e) {
            session.completeExceptionally(e);
          }
        });
  }

  synchronized SftpSession session() throws TransportException {
    if (open == null || open.isOver()) {
      CompletableFuture<SftpSession> first = begun;
      begun = null;
      open = first == null ? opening.open() : get(first);
    }
    return open;
  }

  private static SftpSession get(CompletableFuture<SftpSession> session) throws TransportException {
    try {
      return session.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted while logging in", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TransportException unreachable) {
        throw unreachable;
      }
      if (e.getCause() instanceof RuntimeException unfit) {
        throw unfit;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public synchronized void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
