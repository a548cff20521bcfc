package io.karez.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs commands on this machine, with the environment the user had when Karez was called.
///
/// The launcher starts the JVM with `LC_ALL=C.UTF-8`, because under another character set Java
/// changes non-ASCII arguments and file names, and without the options that the user's own Java
/// programs get. It hands the user's own value of a variable `NAME` over in `KAREZ_USER_NAME`
/// (`unset` when there was none, else `=VALUE`), and the commands get that one.
public final class LocalTransport implements Transport, Starter {
  private static final String USERS_OWN = "KAREZ_USER_";

  @Override
  public Completed run(Command command, Duration limit) throws TransportException {
    ProcessBuilder builder = builder(command);
    if (command.inheritsInput()) {
      builder.redirectInput(Redirect.INHERIT);
    }
    Process process = start(builder);
    CompletableFuture<byte[]> stdout = readAll(process.getInputStream());
    CompletableFuture<byte[]> stderr = readAll(process.getErrorStream());
    try {
      feed(process, command.inputBytes());
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TransportException(
            "`%s` had not ended after %s s".formatted(command.shown(), limit.toSeconds()));
      }
      return new Completed(process.exitValue(), stdout.get(), stderr.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted while `%s` ran".formatted(command.shown()), e);
    } catch (ExecutionException e) {
      throw new TransportException(
          "the output of `%s` could not be read".formatted(command.shown()), e);
    } finally {
      // A shell's child would go on by itself. To look for it takes as long as a short command.
      if (process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  @Override
  public int runAttached(Command command) throws TransportException {
    ProcessBuilder builder = builder(command);
    if (command.input().isEmpty()) {
      builder.redirectInput(Redirect.INHERIT);
    }
    Process process =
        start(builder.redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT));
    try {
      if (command.input().isPresent()) {
        feed(process, command.inputBytes());
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
      throw new TransportException("interrupted while `%s` ran".formatted(command.shown()), e);
    }
  }

  @Override
  public Running start(Command command, Consumer<String> said) throws TransportException {
    Process process = start(builder(command));
    feed(process, command.inputBytes());
    return LocalRunning.heard(process, readAll(process.getInputStream()), said);
  }

  @Override
  public Running follow(Command command, Consumer<String> printed, Consumer<String> said)
      throws TransportException {
    Process process = start(builder(command));
    feed(process, command.inputBytes());
    return LocalRunning.heard(process, printed, said);
  }

  @Override
  public Running attach(Command command) throws TransportException {
    return LocalRunning.attached(start(builder(command).inheritIO()));
  }

  /// A process whose three streams are this one's to use.
  static Process open(Command command) throws TransportException {
    return start(builder(command));
  }

  private static ProcessBuilder builder(Command command) {
    ProcessBuilder builder = new ProcessBuilder(List.copyOf(command.words()));
    command.directory().ifPresent(directory -> builder.directory(directory.toFile()));
    Map<String, String> environment = builder.environment();
    restore(environment);
    environment.putAll(command.environment());
    return builder;
  }

  private static void restore(Map<String, String> environment) {
    for (String variable : List.copyOf(environment.keySet())) {
      if (!variable.startsWith(USERS_OWN)) {
        continue;
      }
      String own = Objects.requireNonNull(environment.remove(variable));
      String name = variable.substring(USERS_OWN.length());
      if (own.startsWith("=")) {
        environment.put(name, own.substring(1));
      } else {
        environment.remove(name);
      }
    }
  }

  private static Process start(ProcessBuilder builder) throws TransportException {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new TransportException(
          "cannot start `%s`: %s".formatted(builder.command().getFirst(), e.getMessage()), e);
    }
  }

  private static void feed(Process process, byte[] input) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input);
    } catch (IOException e) {
      // The command ended or closed its input without reading all of it: that is its own business.
    }
  }

  private static CompletableFuture<byte[]> readAll(InputStream stream) {
    CompletableFuture<byte[]> bytes = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try (stream) {
            bytes.complete(stream.readAllBytes());
          } catch (IOException e) {
            bytes.completeExceptionally(e);
          }
        });
    return bytes;
  }
}
