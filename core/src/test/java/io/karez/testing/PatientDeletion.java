package io.karez.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

/// Deletes a test's directory again and again until it is gone: a supervisor that has just written
/// its last job's end still removes its own files, and an entry that comes or goes in between fails
/// a deletion.
public final class PatientDeletion implements TempDirDeletionStrategy {
  private static final Duration BOUND = Duration.ofSeconds(10);

  @Override
  public DeletionResult delete(
      Path directory, AnnotatedElementContext element, ExtensionContext extension)
      throws IOException {
    long end = System.nanoTime() + BOUND.toNanos();
    while (true) {
      DeletionResult result = Standard.INSTANCE.delete(directory, element, extension);
      if (result.isSuccessful() || System.nanoTime() > end) {
        return result;
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return result;
      }
    }
  }
}
