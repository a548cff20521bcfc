package io.karez.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.karez.testing.LocalSshd;
import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.IgnoreRules;
import io.karez.transfer.Listing;
import io.karez.transfer.Progress;
import io.karez.transfer.TransferReport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftpLimitsTest {
  private static final Path SERVER = Path.of("/usr/lib/openssh/sftp-server");

  @TempDir Path directory;

  @Test
  void piecesAreAsLargeAsTheServerTakesThem() {
    assertThat(SftpLimits.of(limits(4096)).write()).isEqualTo(4096);
    assertThat(SftpLimits.of(limits(100_000)).write()).isEqualTo(100_000);
    assertThat(SftpLimits.of(limits(261_120)).write()).isEqualTo(261_120);
  }

  @Test
  void noPieceIsLongerThanTheLongestMessageOfOpenSsh() {
    assertThat(SftpLimits.of(limits(1L << 40)).write()).isEqualTo(255 * 1024);
  }

  @Test
  void whatNoServerRefusesIsTakenWhereItDoesNotSay() {
    assertThat(SftpLimits.of(limits(0))).isEqualTo(SftpLimits.USUAL);
    assertThat(SftpLimits.of(limits(-1))).isEqualTo(SftpLimits.USUAL);
    assertThat(SftpLimits.of(new SftpReply(SftpPacket.EXTENDED_REPLY, ByteBuffer.allocate(16))))
        .isEqualTo(SftpLimits.USUAL);
    assertThat(SftpLimits.of(new SftpReply(SftpPacket.STATUS, ByteBuffer.allocate(32))))
        .isEqualTo(SftpLimits.USUAL);
  }

  @Test
  void aServerThatKnowsNoLimitsGetsItsFilesToo() throws Exception {
    assertThat(sent("Subsystem sftp internal-sftp -P limits"))
        .isEqualTo(new TransferReport(1, 3_000_000, 0, List.of(), 0));
  }

  @Test
  void nothingIsAskedOfFilesInADirectoryThatIsMissing() throws Exception {
    assumeTrue(Files.isExecutable(SERVER), "there is no sftp-server");
    Path asked = directory.resolve("asked");
    try (LocalSshd sshd =
            LocalSshd.start(
                directory.resolve("sshd"), "Subsystem sftp tee %s | %s".formatted(asked, SERVER));
        Ends ends = new Ends(sshd)) {
      Listing there =
          ends.ssh(SshUploader.Means.SFTP)
              .at(
                  directory.toString(),
                  List.of("sshd", "sshd/config", "gone", "gone/below", "gone/below/file"));
      assertThat(there.paths()).containsExactly("sshd", "sshd/config");
    }
    assertThat(Files.readString(asked, StandardCharsets.ISO_8859_1))
        .contains("sshd/config", "gone/below")
        .doesNotContain("gone/below/file");
  }

  private TransferReport sent(String subsystem) throws Exception {
    Path here = directory.resolve("here");
    Path there = directory.resolve("there");
    Tree.write(here.resolve("large"), "abc".repeat(1_000_000), "rw-r--r--", 1_700_000_000);
    Listing files = DirectoryWalk.of(here, List.of(), path -> false, IgnoreRules.NONE).listing();
    try (LocalSshd sshd = LocalSshd.start(directory.resolve("sshd"), subsystem);
        Ends ends = new Ends(sshd)) {
      TransferReport report =
          ends.ssh(SshUploader.Means.SFTP).send(files, here, there.toString(), Progress.UNHEARD);
      assertThat(Tree.of(there)).isEqualTo(Tree.of(here));
      return report;
    }
  }

  private static SftpReply limits(long write) {
    return new SftpReply(
        SftpPacket.EXTENDED_REPLY,
        ByteBuffer.allocate(32).putLong(262_144).putLong(261_120).putLong(write).putLong(0).flip());
  }
}
