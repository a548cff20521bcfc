package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Copies of the code on this machine.
class SnapshotTest {
  @TempDir Path directory;
  private Karez karez;

  @BeforeEach
  void aProject() throws IOException {
    karez = Karez.project(directory);
    karez.write("run.sh", "cat word data/big; pwd -P\n");
    karez.write("word", "one\n");
    karez.write("data/big", "two\n");
    karez.write(".karezignore", "data/\n");
    karez.write(
        ".karez/experiments/e.yaml",
        """
        name: e
        description: Says what it finds.
        executable: run.sh
        executable_command: sh
        """);
  }

  @Test
  void equalCodeIsOneCopyAndOtherCodeAnother() throws Exception {
    Karez.Said said = karez.run("run", "--snapshot", "e");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out()).startsWith("one\ntwo\n").contains("/results/.snapshots/");
    assertThat(karez.run("run", "--snapshot", "e").out()).isEqualTo(said.out());
    assertThat(snapshots()).hasSize(1);
    karez.write("word", "six\n");
    assertThat(karez.run("run", "--snapshot", "e").out()).startsWith("six\ntwo\n");
    assertThat(snapshots()).hasSize(2);
    assertThat(karez.run("rerun", "e", "1").out()).isEqualTo(said.out());
    assertThat(karez.run("rerun", "e", "3").out()).startsWith("six\n");
  }

  @Test
  void thePermissionToExecuteBelongsToTheCode() throws Exception {
    assertThat(karez.run("run", "--snapshot", "e").code()).isZero();
    Files.setPosixFilePermissions(
        directory.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(karez.run("run", "--snapshot", "e").out()).startsWith("one\n");
    assertThat(snapshots()).hasSize(2);
  }

  @Test
  void itsFilesAreNotWrittenByAccident() throws Exception {
    assertThat(karez.run("run", "--snapshot", "e").code()).isZero();
    assertThat(Files.getPosixFilePermissions(snapshots().getFirst().resolve("word")))
        .noneMatch(permission -> permission.name().endsWith("WRITE"));
  }

  @Test
  void theProjectsSettingsMakeThemForAllRuns() throws Exception {
    karez.write(".karez/config.yaml", "snapshot: batch\n");
    assertThat(karez.run("run", "e").code()).isZero();
    assertThat(directory.resolve("results/.snapshots")).doesNotExist();
    karez.write(".karez/config.yaml", "snapshot: always\n");
    assertThat(karez.run("run", "--dry-run", "e").code()).isZero();
    assertThat(directory.resolve("results/.snapshots")).doesNotExist();
    assertThat(karez.run("run", "e").out()).contains("/.snapshots/");
  }

  @Test
  void twoCommandsThatMakeTheSameOneWaitForEachOther() throws Exception {
    karez.write("big", "x".repeat(20_000_000));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Karez.Said>> both = new ArrayList<>();
      for (int command = 0; command < 2; command++) {
        both.add(threads.submit(() -> karez.run("run", "--snapshot", "e")));
      }
      for (Future<Karez.Said> one : both) {
        assertThat(one.get().code()).as(one.get().err()).isZero();
      }
    }
    assertThat(snapshots()).hasSize(1);
  }

  @Test
  void onlyWhatIsIgnoredIsLinkedTo() throws Exception {
    assertThat(karez.run("run", "--snapshot", "e").code()).isZero();
    Path copy = snapshots().getFirst();
    assertThat(copy.resolve("data")).isSymbolicLink();
    try (Stream<Path> all = Files.list(copy)) {
      assertThat(all.filter(Files::isSymbolicLink)).hasSize(1);
    }
  }

  private List<Path> snapshots() throws IOException {
    try (Stream<Path> all = Files.list(directory.resolve("results/.snapshots"))) {
      return all.filter(Files::isDirectory).toList();
    }
  }
}
