package io.karez.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
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

/// What the scripts for a site cost there.
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
}
