package io.karez.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the scripts for a site cost there, and how much they say at once.
class SiteScriptsTest {
  @TempDir Path directory;

  @Test
  void aLookStartsNoProcessForEachJob() throws Exception {
    Path run = Files.createDirectory(directory.resolve("run"));
    Files.createDirectory(run.resolve("claims"));
    for (int job = 0; job < 300; job++) {
      Files.createFile(run.resolve("claims/" + job + ".1"));
    }
    Path group = Files.createDirectory(run.resolve("group_7"));
    Files.writeString(group.resolve("progress.txt"), "half\n");
    Path other = Files.createDirectory(run.resolve("group_8"));
    Files.write(other.resolve("progress.txt"), new byte[100_000]);
    Path programs = Files.createDirectory(directory.resolve("programs"));
    Path calls = directory.resolve("calls");
    Path find = programs.resolve("find");
    Files.writeString(
        find, "#!/bin/sh\necho >>'%s'\nPATH=${PATH#*:} exec find \"$@\"\n".formatted(calls));
    Files.setPosixFilePermissions(find, PosixFilePermissions.fromString("rwx------"));
    Command fetch =
        SiteScripts.command("fetch", List.of(run.toString(), "me", "", "", "1", ""))
            .reading("")
            .with(Map.of("PATH", programs + ":" + System.getenv("PATH")));
    Completed done = new LocalTransport().run(fetch, Duration.ofMinutes(1));
    Look look = Look.read(done.stdout(), Instant.now());
    assertThat(look.claims()).hasSize(300);
    assertThat(new String(look.archive(), StandardCharsets.ISO_8859_1))
        .contains("group_7/progress.txt", "half\n")
        .doesNotContain("group_8/progress.txt");
    assertThat(Files.readAllLines(calls)).hasSizeLessThan(5);
  }

  @Test
  void anAnswerIsBoundedAndTellsHowMuchThereIs() throws Exception {
    for (String name : List.of("one", "two")) {
      Path place = Files.createDirectories(directory.resolve("scheduler"));
      try (RandomAccessFile file = new RandomAccessFile(place.resolve(name).toFile(), "rw")) {
        file.setLength(30_000_000);
      }
    }
    for (String asked : List.of("0 - scheduler/one\n0 - scheduler/two\n", "0 - scheduler/*\n")) {
      Command bring = SiteScripts.command("bring", List.of(directory.toString())).reading(asked);
      String said =
          new String(
              new LocalTransport().run(bring, Duration.ofMinutes(1)).stdout(),
              StandardCharsets.ISO_8859_1);
      assertThat(said.length()).isBetween(8 << 20, (8 << 20) + 1000);
      assertThat(said).contains(" 0 8388608 30000000 scheduler/", " 0 0 30000000 scheduler/");
    }
  }
}
