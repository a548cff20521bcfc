package io.karez.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgressTest {
  @TempDir Path directory;

  @Test
  void case21_stepsAreAddedUp() throws IOException {
    assertThat(said("count_total=10\n3\n2\n")).hasToString("50.00%");
  }

  @Test
  void case21_aLastLineFinishedIsAll() throws IOException {
    assertThat(said("count_total=10\n3\nfinished\n")).hasToString("100.00%");
    assertThat(said("tqdm\n 40%|####      | 4/10\nfinished")).hasToString("100.00%");
  }

  @Test
  void case21_tqdmsLastPercentageCounts() throws IOException {
    assertThat(said("tqdm\n  0%|      | 0/10\r 40%|####  | 4/10 [00:01<00:02]"))
        .hasToString("40.00%");
  }

  @Test
  void case21_jobsThatSayNothingHaveNotBegun() throws IOException {
    write("half", "count_total=4\n1\n1\n");
    write("all", "finished\n");
    write("empty", "");
    Files.createDirectory(directory.resolve("silent"));

    List<Optional<Progress>> jobs =
        List.of("half", "all", "silent", "empty").stream()
            .map(job -> Progress.ofJob(directory.resolve(job)))
            .toList();

    assertThat(Progress.average(jobs)).hasToString("Optional[37.50%]");
  }

  @Test
  void aRunOfWhichNoJobSaysAnythingHasNone() {
    assertThat(Progress.average(List.of(Optional.empty(), Optional.empty()))).isEmpty();
  }

  @Test
  void linesThatAreNoNumbersAreNoSteps() throws IOException {
    assertThat(said("count_total=10\nhello\n-4\n1e9\n 2 \n0.5\n")).hasToString("25.00%");
  }

  @Test
  void moreStepsThanThereAreIsAll() throws IOException {
    assertThat(said("count_total=2\n3\n")).hasToString("100.00%");
    assertThat(said("count_total=0\n3\n")).hasToString("0.00%");
    assertThat(said("tqdm\n140%|####| 14/10")).hasToString("100.00%");
  }

  @Test
  void whatIsNotInAnyOfTheFormsIsNothing() throws IOException {
    assertThat(said("half way\n")).hasToString("0.00%");
    assertThat(said("\n\n")).hasToString("0.00%");
  }

  @Test
  void allStepsOfALongFileCount() throws IOException {
    assertThat(said("count_total=40000\n" + "1\n".repeat(30_000))).hasToString("75.00%");
    assertThat(said("tqdm\n" + " 10%|#   |\r".repeat(10_000) + " 60%|##  |")).hasToString("60.00%");
  }

  private Progress said(String text) throws IOException {
    write("job", text);
    return Progress.ofJob(directory.resolve("job")).orElseThrow();
  }

  private void write(String job, String text) throws IOException {
    Files.createDirectories(directory.resolve(job));
    Files.writeString(directory.resolve(job).resolve(Progress.FILE), text);
  }
}
