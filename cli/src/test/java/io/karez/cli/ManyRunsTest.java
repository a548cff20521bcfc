package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.store.RunIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More runs than are read each time: their summaries come from the index, which may go at any
/// moment.
class ManyRunsTest {
  private static final int RUNS = 1200;

  @TempDir Path directory;
  @TempDir Path home;
  private Karez karez;

  @BeforeEach
  void manyEndedRuns() throws IOException {
    karez = Karez.project(directory);
    assertThat(karez.run("run", "--tag", "first", "--", "true").code()).isZero();
    Path first = karez.root().resolve("results/_/run_1");
    String document = Files.readString(first.resolve("run.json"));
    Path events = onlyFile(first.resolve("events"));
    for (int id = 2; id <= RUNS; id++) {
      Path run = first.resolveSibling("run_" + id);
      Files.createDirectories(run.resolve("events"));
      Files.writeString(
          run.resolve("run.json"), document.replace("\"id\": 1,", "\"id\": " + id + ","));
      Files.copy(events, run.resolve("events").resolve(events.getFileName()));
    }
  }

  @Test
  void theAnswerIsTheSameWithAndWithoutTheIndex() throws Exception {
    Path index = RunIndex.file(home.resolve("cache/karez"), karez.root().resolve("results"));

    String cold = status();
    assertThat(index).exists();
    String warm = status();
    Files.delete(index);
    String again = status();
    Files.writeString(index, "this is no database");
    String damaged = status();

    assertThat(cold.lines()).hasSize(RUNS + 1);
    assertThat(warm).isEqualTo(cold);
    assertThat(again).isEqualTo(cold);
    assertThat(damaged).isEqualTo(cold);
  }

  @Test
  void aChangeOfARunIsSeenThroughTheIndex() throws Exception {
    String before = status();

    assertThat(karez.run("tag", "700", "late").code()).isZero();

    assertThat(status())
        .isEqualTo(
            before
                .lines()
                .map(line ->
                    line.startsWith("700\t") ? line.replace("\tfirst\t", "\tfirst, late\t") : line)
                .reduce("", (text, line) -> text + line + "\n"));
  }

  private String status() throws IOException, InterruptedException {
    Process process = Karez.start(karez.root(), home, "status").start();
    assertThat(process.waitFor()).isZero();
    return Files.readString(home.resolve("stdout"));
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }
}
