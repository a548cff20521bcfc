package io.karez.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.testing.LocalSshd;
import io.karez.transfer.Progress;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import io.karez.transport.SshHost;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The uploaders as the program of a user has them.
class UploaderToolsTest {
  @TempDir static Path shared;
  private static LocalSshd sshd;

  @TempDir Path directory;

  @BeforeAll
  static void aServer() throws Exception {
    sshd = LocalSshd.start(shared.resolve("sshd"));
  }

  @AfterAll
  static void itsEnd() {
    sshd.close();
  }

  @Test
  void rsyncSendsADirectoryButNotWhatIsExcluded() throws Exception {
    Path source = files();
    RsyncUploader uploader =
        new RsyncUploader(host(), source, directory.resolve("a/there").toString())
            .excluding(List.of("*.tmp"));
    assertThat(uploader.upload()).isEqualTo(new TransferReport(2, 6, 0, List.of(), 0));
    assertThat(Tree.of(directory.resolve("a/there")).keySet())
        .containsExactly("data", "data/x", "run.sh");
    assertThat(uploader.upload()).isEqualTo(new TransferReport(0, 0, 2, List.of(), 0));
  }

  @Test
  void sftpSendsADirectoryAndTellsHowFarItIs() throws Exception {
    Path source = files();
    List<Progress.Step> steps = new ArrayList<>();
    SftpUploader uploader =
        new SftpUploader(host(), source, directory.resolve("b/there").toString())
            .excluding(List.of("*.tmp"))
            .telling(steps::add);
    assertThat(uploader.upload()).isEqualTo(new TransferReport(2, 6, 0, List.of(), 0));
    assertThat(Tree.of(directory.resolve("b/there")).keySet())
        .containsExactly("data", "data/x", "run.sh");
    assertThat(steps.getLast().files()).isEqualTo(2);
    assertThat(uploader.upload()).isEqualTo(new TransferReport(0, 0, 2, List.of(), 0));
  }

  @Test
  void whatCannotBeSentIsNamed() throws Exception {
    Path source = files();
    Files.writeString(Files.createDirectory(directory.resolve("target")).resolve("data"), "file");
    TransferReport report =
        new SftpUploader(host(), source, directory.resolve("target").toString()).upload();
    assertThat(report.failed())
        .containsExactly(new Unfit("data", "something else stands in the way of this directory"));
    assertThatThrownBy(() -> new RsyncUploader(host(), source.resolve("run.sh"), "x").upload())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("is not a directory");
    assertThatThrownBy(
            () -> new SftpUploader(host(), source, source.resolve("run.sh").toString()).upload())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot make `" + source.resolve("run.sh") + "` there");
  }

  private static SshHost host() {
    return SshHost.of("far").configuration(sshd.configuration());
  }

  private Path files() throws Exception {
    Path source = directory.resolve("source");
    Tree.write(source.resolve("run.sh"), "echo", "rwxr-xr-x", 7);
    Tree.write(source.resolve("data/x"), "12", "rw-r--r--", 8);
    Tree.write(source.resolve("data/y.tmp"), "3", "rw-r--r--", 8);
    return source;
  }
}
