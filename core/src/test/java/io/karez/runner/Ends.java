package io.karez.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// The ends of what runs by itself: a job has ended before whatever started it.
final class Ends {
  private Ends() {}

  /// Waits until nothing writes into the runs of a project any more.
  static void await(Path project) throws Exception {
    Path runs = project.resolve("results/_");
    if (Files.notExists(runs)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> found = Files.list(runs)) {
      all = found.toList();
    }
    Instant end = Instant.now().plusSeconds(30);
    for (Path run : all) {
      while (Files.exists(run.resolve("submissions/1"))
          && Files.notExists(run.resolve("submissions/1/ended"))) {
        assertThat(Instant.now()).as(run.toString()).isBefore(end);
        Thread.sleep(20);
      }
    }
  }
}
