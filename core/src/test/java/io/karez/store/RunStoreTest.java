package io.karez.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.define.ExperimentName;
import io.karez.define.RunId;
import io.karez.text.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
  private static final RunId FOUR = new RunId(4);

  @TempDir Path results;

  @Test
  void aNumberThatTwoRunsHaveNamesNeither() throws IOException {
    Path one = run("e");
    Path other = run("f");
    RunStore store = new RunStore(results);
    for (ThrowingCallable finding :
        List.<ThrowingCallable>of(() -> store.find(FOUR), store::last)) {
      assertThatThrownBy(finding)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(
              "the number 4 stands for 2 runs: `%s` and `%s`".formatted(one, other));
    }
    assertThat(store.next(new ExperimentName("e")).id()).isEqualTo(new RunId(5));
  }

  @Test
  void aRunThatIsAlsoSeenThroughALinkIsOne() throws IOException {
    Path run = run("e");
    Files.createSymbolicLink(results.resolve("a"), results.resolve("e"));
    Files.createSymbolicLink(results.resolve("z"), results.resolve("e"));
    assertThat(new RunStore(results).find(FOUR)).contains(new RunDirectory(FOUR, run));
    assertThat(new RunStore(results).find(new RunId(5))).isEmpty();
  }

  private Path run(String experiment) throws IOException {
    Path run = Files.createDirectories(results.resolve(experiment).resolve("run_4"));
    Files.writeString(run.resolve("run.json"), "{}");
    return run;
  }
}
