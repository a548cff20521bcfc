package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.store.AtomicFile;
import io.karez.text.Json;
import io.karez.text.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `doctor` says of a site behind a real `sshd`.
class SiteDoctorTest {
  @TempDir Path directory;
  private Karez karez;
  private @Nullable FarSite site;

  @BeforeEach
  void aProject() throws Exception {
    karez = Karez.project(Files.createDirectory(directory.resolve("near")));
  }

  @BeforeAll
  static void noPatience() {
    System.setProperty("karez.ssh.pause.millis", "20");
  }

  @AfterAll
  static void patienceAgain() {
    System.clearProperty("karez.ssh.pause.millis");
  }

  @AfterEach
  void itsEnd() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void aSiteThatIsFineIsLookedOverAndNothingStaysThere() throws Exception {
    FarSite far = site("", "setup: [export A=1, 'true # a remark']");
    Karez.Said said = karez.run("doctor", "far");
    assertThat(said.code()).as(said.out()).isZero();
    assertThat(said.err()).isEmpty();
    assertThat(said.out())
        .containsPattern("ok\tsite\tlogin\tas `[^`]+` on `[^`]+`, in [0-9.]+ ms\t\n")
        .contains("ok\tsite\tconnection\tkept for the next commands\t\n")
        .containsPattern("ok\tsite\tround trip\t[0-9.]+ ms until an answer is here\t\n")
        .contains("ok\tsite\tstart files\tprint nothing\t\n")
        .contains("ok\tsite\tclock\tagrees with this machine's\t\n")
        .contains("ok\tsite\tsftp\tfiles can be seen and copied\t\n")
        .contains("ok\tsite\tset-up\tits lines run\t\n")
        .contains("note\tdirectory\tproject\t`" + far.directory() + "` is not there yet\t")
        .containsPattern("ok\tdirectory\tlatency\t[0-9.]+ ms to make a file")
        .containsPattern("\tdirectory\tspace\t[0-9.]+ [GM]iB free of ");
    assertThat(far.directory()).doesNotExist();
    Files.createDirectories(far.directory());
    said = karez.run("doctor", "--on", "far", "--json");
    JsonObject document = JsonObject.of(Json.read(said.out(), "doctor")).orElseThrow();
    assertThat(document.string("site")).isEqualTo("far");
    assertThat(document.objects("findings"))
        .anyMatch(finding ->
            finding.string("about").equals("writable")
                && finding.string("said").equals(far.directory().toString()));
    assertThat(far.directory()).isEmptyDirectory();
  }

  @Test
  void aSetUpLineThatFailsOrPrintsIsNamed() throws Exception {
    site("", "setup: ['true', 'echo no such module >&2; false', 'true']");
    Karez.Said said = karez.run("doctor", "far");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("error\tsite\tset-up\t`echo no such module >&2; false` fails: no such module\t");
    site("", "setup: [echo loaded]");
    assertThat(karez.run("doctor", "far").out()).contains("note\tsite\tset-up\tprints `loaded`\t");
    site("", "setup: [exit 0]");
    assertThat(karez.run("doctor", "far").out())
        .contains("error\tsite\tset-up\tthey do not come to their end\t");
  }

  @Test
  void aClockThatIsWrongIsNamed() throws Exception {
    program("date", "exec /bin/date -d '+1 hour' \"$@\"");
    site("", "", "SetEnv PATH=" + directory.resolve("bin") + ":/usr/bin:/bin");
    Karez.Said said = karez.run("doctor", "far");
    assertThat(said.out())
        .contains("warning\tsite\tclock\t3600 s ahead of this machine's\thow long");
  }

  @Test
  void startFilesThatPrintAreAnErrorAndSoIsAMissingSftp() throws Exception {
    site("uploader: sftp, ", "", "ForceCommand echo welcome; eval \"$SSH_ORIGINAL_COMMAND\"");
    Karez.Said said = karez.run("doctor", "far");
    assertThat(said.out())
        .contains("error\tsite\tstart files\tprint `welcome`\trsync and sftp fail")
        .containsPattern("error\tsite\tsftp\tcannot be used: .*\tfiles cannot be sent");
    assertThat(said.code()).isEqualTo(1);
  }

  @Test
  void aDirectoryThatIsNoneAndASchedulerThatIsNotThereAreErrors() throws Exception {
    FarSite far = site("scheduler: slurm, ", "");
    Files.writeString(far.directory(), "a file");
    Karez.Said said = karez.run("doctor", "far");
    assertThat(said.out())
        .contains("error\tdirectory\twritable\t`" + far.directory() + "`: is not a directory\t")
        .contains("error\tslurm\tcommands\tnot found on PATH: sbatch, squeue");
    assertThat(said.code()).isEqualTo(1);
  }

  @Test
  void aSiteThatCannotBeReachedIsSaidToBeSo() throws Exception {
    FarSite far = site("", "");
    far.sshd().down();
    Karez.Said said = karez.run("doctor", "far");
    assertThat(said.code()).isEqualTo(4);
    assertThat(said.out())
        .contains("error\tsite\tlogin\t`far` cannot be reached", "does `ssh far` get there");
    assertThat(karez.run("doctor", "fra").err())
        .isEqualTo("error: there is no site `fra`\nhint: did you mean `far`?\n");
    assertThat(karez.run("upload", "moon").err())
        .isEqualTo("error: there is no site `moon`\nhint: the site is `far`\n");
  }

  private void program(String name, String script) throws Exception {
    Files.createDirectories(directory.resolve("bin"));
    AtomicFile.write(
        directory.resolve("bin").resolve(name),
        "#!/bin/sh\n" + script + "\n",
        PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private FarSite site(String keys, String last, String... options) throws Exception {
    itsEnd();
    FarSite far = FarSite.start(Files.createTempDirectory(directory, "far"), options);
    String more = String.join("", List.of(keys, last.isEmpty() ? "" : last + ", "));
    karez.write(
        ".karez/config.yaml",
        "sites: {far: {%shost: far, ssh_config: '%s', directory: '%s'}}\n"
            .formatted(more, far.sshd().configuration(), far.directory()));
    site = far;
    return far;
  }
}
