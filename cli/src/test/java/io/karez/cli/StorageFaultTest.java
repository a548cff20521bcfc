package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.karez.text.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Full disks, read-only trees, and the same files seen from elsewhere.
class StorageFaultTest {
  private static final List<String> OTHER_PROCESSES =
      List.of("unshare", "-p", "--fork", "--mount-proc");

  @TempDir Path directory;
  private Path root = Path.of("/nowhere");
  private Path home = Path.of("/nowhere");

  @BeforeEach
  void placesForAProjectAndItsUser() throws IOException {
    root = Files.createDirectories(directory.toRealPath().resolve("project"));
    home = Files.createDirectories(directory.resolve("home"));
  }

  @Test
  void aRunThatDoesNotFitOnTheDiskLeavesNothingAndSaysWhy() throws Exception {
    mountSmall();
    try {
      Karez karez = Karez.project(root);
      String[] words = {"run", "--", "true", "x".repeat(100_000), "y".repeat(100_000)};
      Karez.Said said = karez.run(words);
      assertThat(said.code()).isEqualTo(ExitCode.FAILED);
      assertThat(said.err())
          .contains("cannot make the run in `PROJECT/results/_/run_1`")
          .contains("\n  No space left on device\n")
          .contains("\nhint: a disk or a quota is full: ");
      assertThat(root.resolve("results/_")).isEmptyDirectory();
      assertThat(karez.run("run", "--", "true").code()).isZero();
      assertThat(root.resolve("results/_/run_2")).exists();
    } finally {
      Away.does("umount", "-l", root.toString());
    }
  }

  @Test
  void aProgramThatFillsTheDiskIsRecordedAllTheSame() throws Exception {
    mountSmall();
    try {
      Karez karez = Karez.project(root);
      String fill = "cat /dev/zero >\"$0\"; exit 5";
      Path full = root.resolve("full");
      assertThat(karez.run("run", "--detach", "--", "sh", "-c", fill, full.toString()).code())
          .isZero();
      Path run = root.resolve("results/_/run_1");
      Away.await("the full disk", () -> Away.isUsed(run) && full.toFile().length() > 100_000);
      Away.await("the program to end", () -> !Away.isUsed(full));
      Files.delete(full);
      Away.await("the supervisor's end", () -> !Away.isUsed(run));
      JsonObject job = Away.jobs(Away.runs(karez.run("status", "--json")).getFirst()).getFirst();
      assertThat(job.string("state") + " " + job.optionalNumber("exit_code"))
          .isEqualTo("FAILED Optional[5]");
    } finally {
      Away.does("umount", "-l", root.toString());
    }
  }

  @Test
  void aReaderThatCannotWriteJudgesInMemory() throws Exception {
    requireRoot();
    Karez karez = Karez.project(root);
    assertThat(karez.run("run", "--", "true").code()).isZero();
    forgetTheSettlement(root.resolve("results/_/run_1/events"));
    Map<Path, String> before = contents();
    String readOnly =
        "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$@\"";
    Karez.Said said =
        new Away(root, home)
            .said(
                List.of("unshare", "-m", "sh", "-c", readOnly, root.toString()),
                "status",
                "--project",
                root.toString(),
                "--json");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(Away.runs(said).getFirst().string("state")).isEqualTo("SUCCEEDED");
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void theSameFilesMountedElsewhereGiveTheSameAnswer() throws Exception {
    requireRoot();
    Path stop = directory.resolve("stop");
    Karez karez = Karez.project(root);
    assertThat(karez.run("run", "--", "sh", "-c", "exit 3").code()).isEqualTo(ExitCode.JOB_FAILED);
    assertThat(karez.run("run", "--detach", "--", "sh", "-c", waiting(stop)).code()).isZero();
    Path record = root.resolve("results/_/run_2/record.jsonl");
    Away.await("the start", () -> record.toFile().length() > 0);
    try {
      Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
      String bind = "mount --bind \"$0\" \"$1\" && shift && exec \"$@\"";
      Karez.Said said =
          new Away(directory, home)
              .said(
                  List.of("unshare", "-m", "sh", "-c", bind, root.toString(), elsewhere.toString()),
                  "status",
                  "--project",
                  elsewhere.toString(),
                  "--json");
      assertThat(said.code()).as(said.err()).isZero();
      Karez.Said here = karez.run("status", "--json");
      assertThat(said.out()).isEqualTo(here.out());
      assertThat(Away.runs(said).stream().map(run -> run.string("state")))
          .containsExactlyInAnyOrder("FAILED", "RUNNING");
    } finally {
      Files.createFile(stop);
    }
    Away.await("the end", () -> !Away.isUsed(root));
  }

  @Test
  void fromAnotherPidNamespaceAJobWithSignsOfLifeIsNotLost() throws Exception {
    requireRoot();
    Path stop = directory.resolve("stop");
    Karez karez = Karez.project(root);
    assertThat(karez.run("run", "--detach", "--", "sh", "-c", waiting(stop)).code()).isZero();
    Path record = root.resolve("results/_/run_1/record.jsonl");
    Away.await("the start", () -> record.toFile().length() > 0);
    try {
      Karez.Said said = new Away(root, home).said(OTHER_PROCESSES, "status", "--json");
      assertThat(said.code()).as(said.err()).isZero();
      JsonObject job = Away.jobs(Away.runs(said).getFirst()).getFirst();
      assertThat(job.string("state")).isEqualTo("RUNNING");
      assertThat(job.flag("settled")).isFalse();
      assertThat(job.string("evidence")).contains("last sign of life");
    } finally {
      Files.createFile(stop);
    }
    Away.await("the end", () -> !Away.isUsed(root));
    Karez.Said said = new Away(root, home).said(OTHER_PROCESSES, "status", "--json");
    assertThat(Away.runs(said).getFirst().string("state")).isEqualTo("SUCCEEDED");
  }

  private static String waiting(Path stop) {
    return "until [ -e '" + stop + "' ]; do sleep 0.02; done";
  }

  private static void forgetTheSettlement(Path events) throws IOException {
    try (Stream<Path> files = Files.list(events)) {
      Path file = files.findFirst().orElseThrow();
      List<String> kept =
          Files.readAllLines(file).stream().filter(line -> !line.contains("Settled")).toList();
      Files.write(file, kept);
    }
  }

  private Map<Path, String> contents() throws IOException {
    Map<Path, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        contents.put(file, Files.isRegularFile(file) ? Files.readString(file) : "");
      }
    }
    return contents;
  }

  private void mountSmall() throws IOException, InterruptedException {
    requireRoot();
    assumeTrue(
        Away.does("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", root.toString()),
        "cannot mount a small file system here");
  }

  private static void requireRoot() throws IOException, InterruptedException {
    assumeTrue(Away.does("unshare", "-m", "true"), "only root can mount");
  }
}
