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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A conversation with a subsystem of a host, such as `sftp`. No login shell takes part in it where
/// the host offers the subsystem.
public final class SshSubsystem implements AutoCloseable {
  /// A login may wait for a person.
  private static final Duration LOGIN = Duration.ofMinutes(3);

  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final int LINES = 40;
  private static final String NOT_OFFERED = "subsystem request failed";

  /// What a shell says of a program that it has not found, or cannot start.
  private static final Set<Integer> MISSING = Set.of(126, 127);

  private final SshHost host;
  private final Process process;
  private final Deque<String> said = new ArrayDeque<>();
  private final Thread hearing;

  private SshSubsystem(SshHost host, Process process) {
    this.host = host;
    this.process = process;
    this.hearing = Thread.ofPlatform().daemon().start(this::hear);
  }

  /// The first words of the conversation.
  public interface Greeting<T> {

    /// @throws IOException when the other side is not there
    T over(SshSubsystem channel) throws IOException;
  }

  /// Begins a conversation: with the subsystem, or with the program `NAME-server` where the host
  /// has that and does not offer the subsystem.
  ///
  /// @param pauses between the attempts to make a connection; one attempt more than there are
  /// @throws SshUnreachableException when there is no connection
  /// @throws UncheckedIOException when the host has neither
  public static <T> T open(
      SshClient client, String name, List<Duration> pauses, Greeting<T> greeting)
      throws TransportException {
    return open(client, name, new SshAttempts(pauses), greeting);
  }

  /// As the other, with the usual pauses.
  public static <T> T open(SshClient client, String name, Greeting<T> greeting)
      throws TransportException {
    return open(client, name, SshAttempts.usual(), greeting);
  }

  private static <T> T open(
      SshClient client, String name, SshAttempts attempts, Greeting<T> greeting)
      throws TransportException {
    try (Connecting.Attempts _ = client.connecting()) {
      return attempts.run(() -> begin(client, name, greeting));
    }
  }

  private static <T> T begin(SshClient client, String name, Greeting<T> greeting)
      throws TransportException {
    try {
      return login(client, List.of("-x", "-e", "none", "-s"), name, greeting);
    } catch (NotThereException e) {
      try {
        return login(client, List.of("-T", "-x"), program(name), greeting);
      } catch (NotThereException neither) {
        throw new UncheckedIOException(
            new IOException(
                "`%s` does not offer `%s`, and has no `%s-server` either"
                    .formatted(client.host(), name, name)));
      }
    }
  }

  /// Distributions put the programs that are subsystems where hardly anybody has them on PATH.
  private static String program(String name) {
    return "exec /bin/sh -c 'PATH=$PATH:/usr/lib/openssh:/usr/libexec/openssh:/usr/lib/ssh:/usr/lib"
        + ":/usr/libexec; exec %s-server'".formatted(name);
  }

  /// The host lets us in, but has not what was asked for.
  private static final class NotThereException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static <T> T login(
      SshClient client, List<String> options, String remote, Greeting<T> greeting)
      throws TransportException, NotThereException {
    SshSubsystem channel = new SshSubsystem(client.host(), client.open(options, remote));
    client.owns(channel);
    CompletableFuture<T> begun = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
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
      int code = channel.code();
      // through a connection that is shared, `ssh` does not say why
      if (words.contains(NOT_OFFERED) || MISSING.contains(code) || client.isConnected()) {
        throw new NotThereException();
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

  /// The exit code, if it has one by now; else -1. Ends it.
  private int code() {
    try {
      return process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)
          ? process.exitValue()
          : -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    } finally {
      close();
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
