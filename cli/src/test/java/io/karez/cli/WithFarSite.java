package io.karez.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A project here, and the site `far` on the other end of a real `sshd`, for each test; attempts to
/// connect follow each other without long pauses.
abstract class WithFarSite {
  @TempDir Path directory;
  Karez karez;
  FarSite far;

  @BeforeAll
  static void noPatience() {
    System.setProperty("karez.ssh.pause.millis", "20");
  }

  @AfterAll
  static void patienceAgain() {
    System.clearProperty("karez.ssh.pause.millis");
  }

  @BeforeEach
  void aProjectAndASite() throws Exception {
    karez = Karez.project(Files.createDirectory(directory.resolve("near")));
    far = FarSite.start(directory);
    far.defineIn(karez);
  }

  @AfterEach
  void theEndOfTheSite() {
    far.close();
  }
}
