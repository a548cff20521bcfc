package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs of one run that met different code: what `--missing` counts, and what is said of it.
class OtherCodeTest {
  @TempDir Path directory;
  private Karez karez;
  private String commit = "";

  @BeforeEach
  void aCommittedProgramThatFailsForOne() throws Exception {
    karez = Karez.project(directory);
    karez.write("train.sh", "[ $1 != 1 ]\n");
    karez.write(
        ".karez/experiments/e.yaml",
        "name: e\npath: .\nexecutable: train.sh\nexecutable_command: sh\npass_paths: false\n");
    git("init", "-q");
    commit = commitAll();
    assertThat(karez.run("run", "-g", "0", "-g", "1", "e").code()).isEqualTo(3);
  }

  @Test
  void aJobThatSucceededWithOtherCodeDoesNotCountForTheRunsOwn() throws Exception {
    karez.write("train.sh", "true\n");
    assertThat(karez.run("retry", "1").err())
        .isEqualTo(
            """
            run 1: job 1 again
            warning: run 1 recorded commit %1$.7s, and the code now is commit %1$.7s with uncommitted changes
            run 1: 2 succeeded in results/e/run_1
            """
                .formatted(commit));

    Path patch = karez.root().resolve("results/e/run_1/submissions/2/uncommitted.patch");
    assertThat(patch).content().contains("+true");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(patch)))
        .isEqualTo("rw-------");
    String code =
        "other code: commit %.7s with uncommitted changes, see submissions/2/uncommitted.patch\n";
    assertThat(karez.run("show", "1").out()).contains(", accepted, ran " + code.formatted(commit));
    assertThat(karez.run("show", "1/1").out())
        .contains("  attempt 2 ran " + code.formatted(commit));
    assertThat(karez.run("show", "1/0").out()).doesNotContain("other code");
    assertThat(missing().err())
        .isEqualTo(
            """
            1 of 2 jobs has already succeeded with this code, in run 1; 1 remains
            run 1 has 1 of them with other code: commit %.7s (1 file differs: train.sh)
            """
                .formatted(commit));

    karez.write("train.sh", "[ $1 != 1 ]\n");
    assertThat(missing().err())
        .isEqualTo(
            """
            1 of 2 jobs has already succeeded with this code, in run 1; 1 remains
            run 1 has 1 of them with other code: commit %.7s with uncommitted changes (1 file differs: train.sh)
            """
                .formatted(commit));
  }

  @Test
  void whatWasRetriedWithTheSameCodeCountsAndLeavesNothingBehind() throws Exception {
    karez.write("train.sh", "[ $1 != 1 ] || [ -e fixed ]\n");
    karez.write(".gitignore", "results/\nfixed\n");
    assertThat(karez.run("run", "-g", "0", "-g", "1", "e").code()).isEqualTo(3);

    karez.write("fixed", "");
    assertThat(karez.run("retry", "2").code()).isZero();

    assertThat(karez.root().resolve("results/e/run_2/submissions/2").toFile().list())
        .doesNotContain("code.json", "uncommitted.patch");
  }

  @Test
  void codeThatWasCommittedSinceIsSaidToHaveTheSameFiles() throws Exception {
    karez.write("train.sh", "true\n");
    karez.run("retry", "1");
    String later = commitAll();

    assertThat(missing().err())
        .isEqualTo(
            """
            none of the 2 jobs has succeeded yet with this code
            run 1 has 1 of them with other code: commit %.7s with uncommitted changes (with the same files)
            """
                .formatted(commit));
    karez.write("b.sh", "echo\n");
    karez.run("extend", "1", "2");
    assertThat(karez.run("show", "1").out())
        .contains("ran other code: commit %.7s with uncommitted changes".formatted(later));
  }

  private Karez.Said missing() {
    return karez.run("run", "--missing", "--dry-run", "-g", "0", "-g", "1", "e");
  }

  private String commitAll() throws Exception {
    git("add", "-A");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "more");
    return git("rev-parse", "HEAD");
  }

  private String git(String... words) throws Exception {
    String[] all = new String[words.length + 1];
    all[0] = "git";
    System.arraycopy(words, 0, all, 1, words.length);
    Completed reply =
        new LocalTransport().run(Command.of(all).in(karez.root()), Duration.ofSeconds(30));
    assertThat(reply.exitCode()).as(reply.errorText()).isZero();
    return reply.text().strip();
  }
}
