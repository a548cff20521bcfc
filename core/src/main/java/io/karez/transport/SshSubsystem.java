package io.karez.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A conversation with a subsystem of a host, such as `sftp`. No login shell takes part in it.
public final class SshSubsystem implements AutoCloseable {
  /// A login may wait for a person.
  private static final Duration LOGIN = Duration.ofMinutes(3);

  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final int LINES = 40;
  private static final String NOT_OFFERED = "subsystem request failed";

  private final SshHost host;
  private final Process process;
  private final Deque<String> said = new ArrayDeque<>();
  private final Thread hearing;

  private SshSubsystem(SshHost host, Process process) {
    this.host = host;
    this.process = process;
    this.hearing = Thread.ofVirtual().start(this::hear);
  }

  /// The first words of the conversation.
  public interface Greeting<T> {

    /// @throws IOException when the other side is not there
    T over(SshSubsystem channel) throws IOException;
  }

  /// Begins a conversation.
  ///
  /// @param pauses between the attempts to make a connection; one attempt more than there are
  /// @throws SshUnreachableException when there is no connection
  /// @throws UncheckedIOException when the host does not offer the subsystem
  public static <T> T open(
      SshClient client, String name, List<Duration> pauses, Greeting<T> greeting)
      throws TransportException {
    return new SshAttempts(pauses).run(() -> login(client, name, greeting));
  }

  /// As the other, with the usual pauses.
  public static <T> T open(SshClient client, String name, Greeting<T> greeting)
      throws TransportException {
    return SshAttempts.usual().run(() -> login(client, name, greeting));
  }

  private static <T> T login(SshClient client, String name, Greeting<T> greeting)
      throws TransportException {
    SshSubsystem channel =
        new SshSubsystem(client.host(), client.open(List.of("-x", "-e", "none", "-s"), name));
    client.owns(channel);
    CompletableFuture<T> begun = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            begun.complete(greeting.over(channel));
          } catch (IOException | RuntimeException e) {
            begun.completeExceptionally(e);
          }
        });
    try {
      return begun.get(LOGIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      channel.close();
      throw SshTrouble.of(client.host(), "no answer within %d s".formatted(LOGIN.toSeconds()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unfit) {
        channel.close();
        throw unfit;
      }
      String words = channel.lastWords();
      channel.close();
      if (words.contains(NOT_OFFERED)) {
        throw new UncheckedIOException(
            new IOException("`%s` does not offer `%s`".formatted(client.host(), name)));
      }
      throw SshTrouble.of(client.host(), words);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted while logging in", e);
    }
  }

  public SshHost host() {
    return host;
  }

  public InputStream input() {
    return process.getInputStream();
  }

  public OutputStream output() {
    return process.getOutputStream();
  }

  /// What `ssh` has said of itself, once the other side is gone; waits a moment for that.
  public String lastWords() {
    try {
      hearing.join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (said) {
      return String.join("\n", said).strip();
    }
  }

  private void hear() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(this::keep);
    } catch (IOException | UncheckedIOException e) {
      // it is gone
    }
  }

  private void keep(String line) {
    synchronized (said) {
      said.addLast(line);
      if (said.size() > LINES) {
        said.removeFirst();
      }
    }
  }

  /// Nothing more arrives at the other side; what it has not answered by then is uncertain.
  @Override
  public void close() {
    process.destroy();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // it is gone already
    }
  }
}
