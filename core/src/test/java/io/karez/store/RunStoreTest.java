package io.karez.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.define.ExperimentName;
import io.karez.define.RunId;
import io.karez.text.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
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

  @Test
  void aRunWhoseExistenceNobodyCanTellIsNotMissing() throws IOException {
    Path run = run("e");
    Files.delete(run.resolve("run.json"));
    assertThat(new RunStore(results).find(FOUR)).isEmpty();
    // as in a directory that may not be entered, looking for it fails
    Files.createSymbolicLink(run.resolve("run.json"), Path.of("run.json"));
    assertThat(new RunStore(results).find(FOUR)).contains(new RunDirectory(FOUR, run));
  }

  @Test
  void deletionTouchesNothingThatLiesBesideTheRun() throws IOException {
    Path run = run("e");
    Path beside = Files.createDirectories(run.resolveSibling(".run_4.deleted"));
    Files.writeString(beside.resolve("mine"), "");
    new RunStore(results).delete(new RunDirectory(FOUR, run));
    assertThat(run).doesNotExist();
    try (Stream<Path> left = Files.list(results.resolve("e"))) {
      assertThat(left).containsExactly(beside);
    }
    assertThat(beside.resolve("mine")).exists();
  }

  @Test
  void onlyOldDraftsOfRunsThatAreNotThereAreRemoved() throws IOException {
    Instant now = Instant.parse("2026-01-05T00:00:00Z");
    Path old = draft(1, now.minus(Duration.ofHours(25)));
    Path fresh = draft(2, now.minus(Duration.ofHours(23)));
    Path other = draft(3, now.minus(Duration.ofHours(25)));
    Files.delete(other.resolve("submissions/1"));
    age(other, now.minus(Duration.ofHours(25)));
    Path used = draft(5, now);
    Files.createDirectories(used.resolve("claims"));
    Files.writeString(used.resolve("claims/0.1"), "");
    age(used, now.minus(Duration.ofHours(25)));
    Path there = draft(4, now.minus(Duration.ofHours(25)));
    Path run = run("e");

    assertThat(Drafts.remove(new RunStore(results), now)).containsExactly(old);

    assertThat(old).doesNotExist();
    assertThat(List.of(fresh, other, used, there, run)).allMatch(Files::exists);
  }

  private Path draft(int id, Instant changed) throws IOException {
    Path draft = results.resolve("e/.run_" + id + ".new");
    Files.createDirectories(draft.resolve("submissions/1"));
    age(draft, changed);
    return draft;
  }

  private static void age(Path path, Instant changed) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(changed));
  }

  private Path run(String experiment) throws IOException {
    Path run = Files.createDirectories(results.resolve(experiment).resolve("run_4"));
    Files.writeString(run.resolve("run.json"), "{}");
    return run;
  }
}
