package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs on a site behind a real `sshd`, without a scheduler.
class SiteTest {
  @TempDir Path directory;
  private Karez karez;
  private FarSite far;

  @BeforeEach
  void aSite() throws Exception {
    karez = Karez.project(Files.createDirectory(directory.resolve("near")));
    far = FarSite.start(directory);
    far.defineIn(karez);
  }

  @AfterEach
  void itsEnd() {
    far.close();
  }

  @Test
  void aRunGoesThereAndItsStateComesBack() {
    Karez.Said said =
        karez.run(
            "run",
            "--on",
            "far",
            "--wait",
            "-R",
            "--i 0 3 1",
            "--",
            "sh",
            "-c",
            "pwd; [ \"$2\" != 1 ]",
            "sh");
    assertThat(said.err()).contains("run 1: 2 succeeded, 1 failed");
    assertThat(said.code()).isEqualTo(3);
    Path original = far.directory().resolve("results/_/run_1");
    assertThat(original.resolve("group_0/stdout.txt")).hasContent(far.directory().toString());
    assertThat(karez.root().resolve("results/_/run_1/group_0/stdout.txt")).doesNotExist();
    assertThat(karez.run("status", "1").out()).contains("2 succeeded", "1 failed");
  }
}
