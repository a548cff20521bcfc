package io.karez.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.ExperimentName;
import io.karez.define.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIdsTest {
  @TempDir Path results;

  @Test
  void manyAtOnceTakeDifferentNumbersWithoutGaps() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<RunId>> takers =
          IntStream.range(0, 200).<Callable<RunId>>mapToObj(i -> this::take).toList();
      List<Long> ids =
          threads.invokeAll(takers).stream().map(Future::resultNow).map(RunId::value).toList();
      assertThat(ids)
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
    }
  }

  @Test
  void case18_theNumberOfADeletedRunIsNotGivenAgain() throws IOException {
    RunStore store = new RunStore(results);
    RunDirectory first = store.next(new ExperimentName("e"));
    Files.createDirectories(first.path());
    RunDirectory second = store.next(new ExperimentName("e"));
    Files.createDirectories(second.path());
    TreeDeletion.delete(second.path());
    assertThat(store.next(new ExperimentName("e")).id()).isEqualTo(new RunId(3));
  }

  @Test
  void whatIsNotANumberIsPassedOver() throws IOException {
    for (String name : List.of("7", "08", "x", "12345678901234567890", "-3", "1.5")) {
      Files.createDirectories(results.resolve(".ids").resolve(name));
    }
    assertThat(take()).isEqualTo(new RunId(8));
  }

  @Test
  void aTreeThatWasCopiedWithoutItsNumbersGoesOnAboveItsRuns() throws IOException {
    Files.createDirectories(results.resolve("e/run_41"));
    Files.createDirectories(results.resolve("f/run_7"));
    assertThat(new RunStore(results).next(new ExperimentName("e")).id()).isEqualTo(new RunId(42));
    assertThat(new RunStore(results).next(new ExperimentName("e")).id()).isEqualTo(new RunId(43));
  }

  @Test
  void aNumberThatACopiedRunHasIsNotGiven() throws IOException {
    RunStore store = new RunStore(results);
    assertThat(store.next(new ExperimentName("e")).id()).isEqualTo(new RunId(1));
    Files.createDirectories(results.resolve("f/run_2"));
    Files.createDirectories(results.resolve("g/run_3"));
    assertThat(store.next(new ExperimentName("e")).id()).isEqualTo(new RunId(4));
  }

  private RunId take() {
    return RunIds.take(results, () -> 0, id -> false);
  }
}
