package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections that are cut while a large file goes to a site, as whole processes see it.
class TransferFaultTest {
  private static final int LARGE = 200_000_000;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path directory;
  private Karez karez;
  private FarSite far;

  @BeforeEach
  void aSiteAndALargeFile() throws Exception {
    karez = Karez.project(Files.createDirectory(directory.resolve("near")));
    far = FarSite.start(directory);
    far.defineIn(karez);
    byte[] noise = new byte[LARGE];
    new Random(1).nextBytes(noise);
    Files.write(karez.root().resolve("large"), noise);
  }

  @AfterEach
  void itsEnd() {
    far.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsync", "sftp"})
  void aCutIsMendedAndTheTransferGoesOn(String uploader) throws Exception {
    Process process = upload(uploader);
    awaitAPart(process);
    far.sshd().cut();
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(directory.resolve("said"));
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).contains("the connection broke once");
    assertWhole();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsync", "sftp"})
  void aSiteThatStaysDownEndsItWithAHintAndTheNextCallGoesOn(String uploader) throws Exception {
    Process process = upload(uploader);
    awaitAPart(process);
    far.sshd().down();
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(directory.resolve("said"));
    assertThat(process.exitValue()).as(said).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(said)
        .contains("hint: what has arrived is kept; `karez upload far` goes on from there");
    assertThat(far.directory().resolve("large")).doesNotExist();
    far.sshd().up();
    Karez.Said again = karez.run("upload", "far", "--uploader", uploader);
    assertThat(again.code()).as(again.err()).isZero();
    assertWhole();
  }

  private Process upload(String uploader) throws Exception {
    Path files = Files.createDirectory(directory.resolve("files"));
    ProcessBuilder builder =
        Karez.start(karez.root(), files, "upload", "far", "--uploader", uploader);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("said").toFile())
        .start();
  }

  /// Some of the file has arrived, and not all of it.
  private void awaitAPart(Process process) throws Exception {
    Instant end = Instant.now().plus(LIMIT);
    while (arrived() < 10_000_000) {
      assertThat(process.isAlive()).as("it still runs").isTrue();
      assertThat(Instant.now()).isBefore(end);
      Thread.onSpinWait();
    }
  }

  private long arrived() throws Exception {
    if (!Files.isDirectory(far.directory())) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(far.directory())) {
      return all.filter(file -> file.toString().contains("/."))
          .mapToLong(file -> file.toFile().length())
          .max()
          .orElse(0);
    } catch (java.io.UncheckedIOException e) {
      // a directory has gone meanwhile
      return 0;
    }
  }

  private void assertWhole() throws Exception {
    assertThat(Files.mismatch(far.directory().resolve("large"), karez.root().resolve("large")))
        .isEqualTo(-1);
    try (Stream<Path> left = Files.list(far.directory())) {
      List<String> names = left.map(path -> path.getFileName().toString()).toList();
      assertThat(names).noneMatch(name -> name.startsWith(".karez-unfinished"));
    }
  }
}
