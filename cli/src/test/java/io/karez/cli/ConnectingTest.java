package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person hears who waits for a site.
class ConnectingTest {
  private static final String LINE = "connecting to far ...\n";

  @TempDir Path directory;
  private Karez karez;
  private FarSite far;

  @BeforeAll
  static void hurry() {
    System.setProperty("karez.ssh.pause.millis", "200");
    System.setProperty("karez.connecting.millis", "100");
  }

  @AfterAll
  static void noHurry() {
    System.clearProperty("karez.ssh.pause.millis");
    System.clearProperty("karez.connecting.millis");
  }

  @BeforeEach
  void aSite() throws Exception {
    karez = Karez.project(Files.createDirectory(directory.resolve("near")));
    far = FarSite.start(directory);
    far.defineIn(karez);
    assertThat(karez.run("run", "--on", "far", "--detach", "--", "sleep", "600").code()).isZero();
    far.sshd().down();
  }

  @AfterEach
  void itsEnd() throws Exception {
    far.sshd().up();
    assertThat(karez.run("cancel", "1").code()).isZero();
    far.close();
  }

  @Test
  void aPersonIsToldOnceThatAConnectionTakesLong() {
    assertThat(karez.answering("", "run", "--on", "far", "--", "true").err())
        .containsOnlyOnce(LINE)
        .contains("`far` cannot be reached");
    assertThat(karez.answering("", "upload", "far").err()).containsOnlyOnce(LINE);
    assertThat(karez.answering("", "status").err()).containsOnlyOnce(LINE);
  }

  @Test
  void whoIsNoPersonIsNot() {
    assertThat(karez.run("run", "--on", "far", "--", "true").err())
        .doesNotContain("connecting")
        .contains("`far` cannot be reached");
  }

  @Test
  void jobsAreSpokenOfOnlyWhereThereAreSome() {
    assertThat(karez.run("upload", "far").err())
        .contains("` tries the same by hand\n")
        .doesNotContain("jobs");
    assertThat(karez.run("status").err()).contains("` tries the same by hand; jobs that are there");
  }
}
