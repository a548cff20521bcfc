package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `upload` and `download`, with a site behind a real `sshd`.
class TransferCommandsTest extends WithFarSite {
  @BeforeEach
  void whatLiesThere() throws Exception {
    karez.write("code.py", "print()");
    karez.write("data/train/a", "1");
    karez.write("data/b.tmp", "2");
    karez.write("results/_/run_1/stdout.txt", "own");
    karez.write(".karezignore", "*.tmp\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"~/near/copy", "near/copy"})
  void aCopyInTheProjectIsNoPartOfItWhereverItsNameBegins(String place) throws Exception {
    String home = System.getProperty("user.home");
    System.setProperty("user.home", directory.toRealPath().toString());
    try {
      karez.write(".karez/config.yaml", "sites: {beside: {directory: '%s'}}".formatted(place));
      assertThat(karez.run("upload", "beside").code()).isZero();
      assertThat(karez.run("upload", "beside").err()).contains("copied 0 files");
      assertThat(karez.root().resolve("copy/code.py")).exists();
      assertThat(karez.root().resolve("copy/copy")).doesNotExist();
      karez.write(".karez/config.yaml", "sites: {beside: {directory: '~/near'}}");
      Karez.Said same = karez.run("upload", "beside");
      assertThat(same.err()).contains("the site `beside` is this project");
      assertThat(same.code()).isEqualTo(2);
    } finally {
      System.setProperty("user.home", home);
    }
  }

  @Test
  void theProjectGoesThereWithoutItsResultsAndWhatIsIgnored() throws Exception {
    Karez.Said said = karez.run("upload", "far");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.err()).startsWith("far by rsync: copied 5 files (");
    assertThat(files())
        .containsExactlyInAnyOrder(
            ".gitignore", ".karez/config.yaml", ".karezignore", "code.py", "data/train/a");
    assertThat(karez.run("upload", "far").err())
        .startsWith("far by rsync: copied 0 files (0 B)")
        .contains("5 were the same");
  }

  @Test
  void aDryRunSaysWhatWouldGoAndTouchesNothing() throws Exception {
    Karez.Said said = karez.run("upload", "far", path("data"), "--exclude", "train", "--dry-run");
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains("would make data/\n")
        .doesNotContain("train")
        .contains("$ rsync -lptz");
    assertThat(karez.run("upload", "far", "--dry-run", "--uploader", "sftp").out())
        .contains("would copy data/train/a (1 B)\n");
    assertThat(far.directory()).doesNotExist();
    Karez.Said json = karez.run("upload", "far", "--dry-run", "--json");
    assertThat(json.out())
        .contains("\"schema\":1,\"site\":\"far\"")
        .contains("{\"path\":\"code.py\",\"bytes\":7}");
  }

  @Test
  void onlyWhatIsGoneHereIsRemovedAndOnlyWhenThatIsWanted() throws Exception {
    karez.run("upload", "far");
    for (String path :
        List.of(
            "results/_/run_9/x",
            "old/results/run_3/run.json",
            "old/results/run_3/x",
            "data/gone/x",
            "data/y.tmp",
            ".git/x")) {
      Files.createDirectories(far.directory().resolve(path).resolveSibling("."));
      Files.writeString(far.directory().resolve(path), "there");
    }
    Files.delete(karez.root().resolve("data/train/a"));
    karez.run("upload", "far");
    assertThat(far.directory().resolve("data/train/a")).as("nothing is removed unasked").exists();

    Karez.Said refused = karez.run("upload", "far", "--delete");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("  data/gone\n  data/gone/x\n  data/train/a\n")
        .contains("nobody can be asked, so nothing was removed");
    assertThat(karez.answering("n\n", "upload", "far", "--delete").code()).isEqualTo(1);
    assertThat(far.directory().resolve("data/train/a")).exists();
    assertThat(karez.run("upload", "far", "--delete", "--dry-run").out())
        .contains("would remove data/gone/x\n");

    Karez.Said said = karez.run("upload", "far", "--delete", "--yes");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.err()).contains("removed 3");
    assertThat(files())
        .containsExactlyInAnyOrder(
            ".git/x",
            ".gitignore",
            ".karez/config.yaml",
            ".karezignore",
            "code.py",
            "data/y.tmp",
            "old/results/run_3/run.json",
            "old/results/run_3/x");
    assertThat(far.directory().resolve("results/_/run_9/x")).exists();
  }

  @Test
  void resultsComeBackWithoutWhatACopyKeepsForItself() throws Exception {
    for (String path :
        List.of("stdout.txt", "group_0/metrics/x", "events/there.jsonl", "weights.ckpt")) {
      Path file = far.directory().resolve("results/_/run_7").resolve(path);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, path);
    }
    Files.createDirectories(far.directory().resolve("results/.ids/7"));
    Karez.Said said = karez.run("download", "far", path("results"), "--exclude", "*.ckpt");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.err()).startsWith("far by rsync: copied 2 files");
    assertThat(karez.root().resolve("results/_/run_7/group_0/metrics/x"))
        .hasContent("group_0/metrics/x");
    assertThat(karez.root().resolve("results/_/run_7/events")).doesNotExist();
    assertThat(karez.root().resolve("results/.ids")).doesNotExist();
    assertThat(karez.root().resolve("results/_/run_1/stdout.txt")).hasContent("own");
    assertThat(karez.run("download", "far", path("results"), "--json").out())
        .contains("\"files\":1,")
        .contains("\"same\":2");
  }

  @Test
  void mistakesAreSaidBeforeAnythingIsDone() {
    assertThat(karez.run("upload", "fra").err()).contains("hint: did you mean `far`?");
    Karez.Said said =
        karez.run("upload", "far", path("results/_/run_1"), path("nothing"), "/etc/passwd");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("`/etc/passwd` lies outside of the project");
    said = karez.run("upload", "far", path("results/_/run_1"), path("nothing"));
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .contains("`results/_/run_1` are results")
        .contains("there is no `nothing` in the project");
    said = karez.run("upload", "far", path("data/b.tmp"));
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("`data/b.tmp` is left out");
    said = karez.run("download", "far", path("nothing"));
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("there is no `nothing` in");
    assertThat(karez.run("upload", "far", "--uploader", "copy").code()).isEqualTo(2);
    assertThat(karez.run("upload", "far", "--uploader", "rsnc").err())
        .contains("did you mean `rsync`?");
    assertThat(far.directory()).doesNotExist();
  }

  @Test
  void aSiteThatIsDownEndsWithFourAndAHint() {
    far.sshd().down();
    Karez.Said said = karez.run("upload", "far");
    assertThat(said.code()).isEqualTo(4);
    assertThat(said.err())
        .contains("error: `far` cannot be reached")
        .contains("hint: what has arrived is kept; `karez upload far` goes on from there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsync", "sftp"})
  void whatIsKilledLeavesNoPartUnderAName(String uploader) throws Exception {
    byte[] noise = new byte[80_000_000];
    new Random(1).nextBytes(noise);
    Files.write(karez.root().resolve("data/large"), noise);
    Path files = Files.createDirectory(directory.resolve("files"));
    Process process =
        Karez.start(karez.root(), files, "upload", "far", "--uploader", uploader).start();
    Path place = far.directory().resolve("data");
    Instant end = Instant.now().plus(Duration.ofMinutes(1));
    while (unfinished(place).isEmpty() && process.isAlive() && Instant.now().isBefore(end)) {
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
    Path large = place.resolve("large");
    if (Files.exists(large)) {
      assertThat(Files.size(large)).as("all of it or nothing").isEqualTo(noise.length);
    }
    Karez.Said again = karez.run("upload", "far", "--uploader", uploader);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(Files.mismatch(large, karez.root().resolve("data/large"))).isEqualTo(-1);
  }

  /// What has begun to arrive.
  private static List<String> unfinished(Path place) throws Exception {
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> names = Files.list(place)) {
      return names
          .map(name -> name.getFileName().toString())
          .filter(name -> name.startsWith("."))
          .toList();
    }
  }

  @Test
  void aSiteOnThisMachineIsCopiedTo() throws Exception {
    Path disk = directory.resolve("disk");
    karez.write(".karez/config.yaml", "sites: {here: {directory: '%s'}}\n".formatted(disk));
    Karez.Said said = karez.run("upload", "here");
    assertThat(said.err()).startsWith("here by copy: copied 5 files");
    assertThat(disk.resolve("data/train/a")).hasContent("1");
    Files.writeString(disk.resolve("made"), "there");
    assertThat(karez.run("download", "here", path("made")).code()).isZero();
    assertThat(karez.read("made")).isEqualTo("there");
  }

  private String path(String below) {
    return karez.root().resolve(below).toString();
  }

  private List<String> files() throws Exception {
    try (Stream<String> files = far.files()) {
      return files.toList();
    }
  }
}
