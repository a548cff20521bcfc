package io.karez.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every test's directory is deleted this way, which the build says.
class PatientDeletionTest {
  private static final AtomicReference<Path> DIRECTORY = new AtomicReference<>();

  @TempDir Path directory;

  @Test
  void whatIsStillWrittenIntoDoesNotFailTheTest() throws IOException {
    DIRECTORY.set(directory);
    String program = "cd \"$0\"; for i in $(seq 400); do mkdir $i || exit; done 2>/dev/null";
    new ProcessBuilder("sh", "-c", program, directory.toString()).start();
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!directory.resolve("1").toFile().exists()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @AfterAll
  static void theDirectoryIsGone() {
    assertThat(DIRECTORY.get()).doesNotExist();
  }
}
