package io.karez.cli;

import io.karez.text.Json;
import io.karez.text.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Karez in processes of its own, which can be killed or put elsewhere, and what they leave.
///
/// @param root of the project
/// @param files where the user's home and the output lie
record Away(Path root, Path files) {
  private static final long LIMIT_SECONDS = 60;

  /// A command that has not been started yet.
  ///
  /// @param wrapping words before the command: what puts it elsewhere
  ProcessBuilder command(List<String> wrapping, String... words) {
    ProcessBuilder builder = Karez.start(root, files, words);
    List<String> all = new ArrayList<>(wrapping);
    all.addAll(builder.command());
    return builder.command(all);
  }

  /// Runs a command to its end.
  Karez.Said said(List<String> wrapping, String... words) throws IOException, InterruptedException {
    return end(command(wrapping, words).start());
  }

  Karez.Said end(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("karez has not ended");
    }
    return new Karez.Said(
        process.exitValue(),
        Files.readString(files.resolve("stdout"), StandardCharsets.UTF_8),
        Files.readString(files.resolve("stderr"), StandardCharsets.UTF_8));
  }

  /// The runs of `status --json`.
  static List<JsonObject> runs(Karez.Said said) {
    return objects(JsonObject.of(Json.read(said.out(), "status")).orElseThrow(), "runs");
  }

  static List<JsonObject> jobs(JsonObject run) {
    return objects(run, "jobs");
  }

  private static List<JsonObject> objects(JsonObject object, String key) {
    return ((List<?>) Objects.requireNonNull(object.fields().get(key)))
        .stream().map(item -> JsonObject.of(item).orElseThrow()).toList();
  }

  /// Whether a process names this place on its command line.
  static boolean isUsed(Path place) {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes.anyMatch(process -> words(process).contains(place.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String words(Path process) {
    try {
      return process.getFileName().toString().matches("[0-9]+")
          ? Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
          : "";
    } catch (IOException e) {
      // It has ended.
      return "";
    }
  }

  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("in vain waited for " + what);
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  /// Runs a command of the system.
  ///
  /// @return whether it succeeded
  static boolean does(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(Arrays.asList(words))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
