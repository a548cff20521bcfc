package io.karez.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.karez.testing.LocalSshd;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.IgnoreRules;
import io.karez.transfer.Listing;
import io.karez.transfer.Progress;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import io.karez.transfer.Uploader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sites where something is missing that uploaders use.
class BareSitesTest {
  private static final String NO_SFTP = "Subsystem other /bin/false";

  @TempDir Path directory;
  private Path here;
  private Path there;

  @BeforeEach
  void aFile() throws Exception {
    here = directory.resolve("here");
    there = directory.resolve("there");
    Tree.write(here.resolve("sub/a"), "text", "rw-r--r--", 1_700_000_000);
  }

  @ParameterizedTest
  @EnumSource(SshUploader.Means.class)
  void aSiteThatDoesNotOfferSftpIsReachedThroughItsProgram(SshUploader.Means means)
      throws Exception {
    try (LocalSshd sshd = LocalSshd.start(directory.resolve("sshd"), NO_SFTP);
        Ends ends = new Ends(sshd)) {
      assertThat(send(ends.ssh(means))).isEqualTo(new TransferReport(1, 4, 0, List.of(), 0));
      assertThat(Tree.of(there)).isEqualTo(Tree.of(here));
      assertThat(send(ends.ssh(means))).isEqualTo(new TransferReport(0, 0, 1, List.of(), 0));
      Uploader uploader = ends.ssh(means);
      Listing files = uploader.below(there.toString(), List.of(), List.of()).listing();
      Path back = directory.resolve("back");
      assertThat(uploader.fetch(files, there.toString(), back, Progress.UNHEARD).failed())
          .isEmpty();
      assertThat(Tree.of(back)).isEqualTo(Tree.of(here));
    }
  }

  @ParameterizedTest
  @EnumSource(SshUploader.Means.class)
  void aSiteThatHasNoSftpAtAllIsNamed(SshUploader.Means means) throws Exception {
    try (LocalSshd sshd =
            LocalSshd.start(directory.resolve("sshd"), NO_SFTP, "ForceCommand exit 127");
        Ends ends = new Ends(sshd)) {
      assertThatThrownBy(() -> send(ends.ssh(means)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("`far` does not offer `sftp`, and has no `sftp-server` either");
    }
  }

  @Test
  void withoutRsyncThereFilesGoThroughSftp() throws Exception {
    try (LocalSshd sshd = withoutRsync();
        Ends ends = new Ends(sshd)) {
      SshUploader uploader = ends.ssh(SshUploader.Means.RSYNC_OR_SFTP);
      assertThat(send(uploader)).isEqualTo(new TransferReport(1, 4, 0, List.of(), 0));
      assertThat(uploader.name()).isEqualTo("sftp");
      assertThat(Tree.of(there)).isEqualTo(Tree.of(here));
    }
  }

  @Test
  void rsyncThatWasAskedForAndIsNotThereIsSaid() throws Exception {
    try (LocalSshd sshd = withoutRsync();
        Ends ends = new Ends(sshd)) {
      assertThatThrownBy(() -> send(ends.ssh(SshUploader.Means.RSYNC)))
          .isInstanceOfSatisfying(
              InvalidInputException.class,
              e ->
                  assertThat(e.problems())
                      .containsExactly(
                          Problem.of("there is no `rsync` on `far`")
                              .hint("`--uploader sftp` needs none there")));
      assertThat(there.resolve("sub/a")).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource(SshUploader.Means.class)
  void whereNothingMayBeWrittenTheFileAndTheReasonAreNamed(SshUploader.Means means)
      throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can become another");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(there.resolve("sub"));
    Tree.write(here.resolve("b"), "more", "rw-r--r--", 1_700_000_000);
    try (LocalSshd sshd =
            LocalSshd.start(
                directory.resolve("sshd"),
                NO_SFTP,
                "ForceCommand exec setpriv --reuid=65534 --regid=65534 --clear-groups -- /bin/sh -c"
                    + " \"$SSH_ORIGINAL_COMMAND\"");
        Ends ends = new Ends(sshd)) {
      TransferReport report = send(ends.ssh(means));
      assertThat(report.files()).isZero();
      assertThat(report.failed()).extracting(Unfit::path).containsExactlyInAnyOrder("b", "sub/a");
      assertThat(report.failed())
          .allSatisfy(unfit -> assertThat(unfit.why()).containsIgnoringCase("permission denied"));
      assertThat(Tree.of(there).keySet()).containsExactly("sub");
    }
  }

  private LocalSshd withoutRsync() throws Exception {
    Path programs = Files.createDirectory(directory.resolve("programs"));
    Files.createSymbolicLink(programs.resolve("sh"), Path.of("/bin/sh"));
    return LocalSshd.start(directory.resolve("sshd"), "SetEnv PATH=" + programs);
  }

  private TransferReport send(SshUploader uploader) throws Exception {
    assumeTrue(
        new ProcessBuilder("sh", "-c", "command -v rsync >/dev/null").start().waitFor() == 0,
        "rsync is not installed");
    Listing files = DirectoryWalk.of(here, List.of(), path -> false, IgnoreRules.NONE).listing();
    return uploader.send(files, here, there.toString(), Progress.UNHEARD);
  }
}
