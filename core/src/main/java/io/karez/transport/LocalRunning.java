package io.karez.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A process of this machine.
///
/// @param stdout what it has printed, when it has ended
/// @param stderr the same of its standard error
record LocalRunning(
    Process process, CompletableFuture<byte[]> stdout, CompletableFuture<byte[]> stderr)
    implements Running {

  /// One whose streams are somebody else's.
  static Running attached(Process process) {
    CompletableFuture<byte[]> nothing = CompletableFuture.completedFuture(new byte[0]);
    return new LocalRunning(process, nothing, nothing);
  }

  /// @param said takes each line of its standard error as it comes
  static Running heard(Process process, CompletableFuture<byte[]> stdout, Consumer<String> said) {
    CompletableFuture<byte[]> stderr = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> hear(process.getErrorStream(), said, stderr));
    return new LocalRunning(process, stdout, stderr);
  }

  /// One of which nothing is kept.
  ///
  /// @param printed takes each line of its standard output as it comes
  /// @param said takes those of its standard error
  static Running heard(Process process, Consumer<String> printed, Consumer<String> said) {
    CompletableFuture<byte[]> stdout = new CompletableFuture<>();
    CompletableFuture<byte[]> stderr = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> pass(process.getInputStream(), printed, stdout));
    Thread.ofPlatform().daemon().start(() -> pass(process.getErrorStream(), said, stderr));
    return new LocalRunning(process, stdout, stderr);
  }

  private static void pass(
      InputStream stream, Consumer<String> heard, CompletableFuture<byte[]> end) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      lines.lines().forEach(heard);
      end.complete(new byte[0]);
    } catch (IOException | UncheckedIOException e) {
      end.completeExceptionally(e);
    }
  }

  private static void hear(
      InputStream stream, Consumer<String> said, CompletableFuture<byte[]> all) {
    StringBuilder text = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .forEach(line -> {
            text.append(line).append('\n');
            said.accept(line);
          });
      all.complete(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException | UncheckedIOException e) {
      all.completeExceptionally(e);
    }
  }

  @Override
  public Optional<Completed> await(Duration time) throws TransportException, InterruptedException {
    if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Completed(process.exitValue(), stdout.get(), stderr.get()));
    } catch (ExecutionException e) {
      throw new TransportException("the output of a command could not be read", e);
    }
  }

  @Override
  public void end() {
    // `Process.destroy` would also close the streams, and with them what the command says last.
    process.toHandle().destroy();
  }
}
