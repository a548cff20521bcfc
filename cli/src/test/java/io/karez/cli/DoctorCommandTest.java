package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.store.AtomicFile;
import io.karez.text.Json;
import io.karez.text.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `doctor` says of this machine, with a Slurm that is made up.
class DoctorCommandTest {
  @TempDir Path directory;
  @TempDir Path programs;

  private Karez karez;

  @BeforeEach
  void aProject() throws IOException {
    karez = Karez.project(directory);
  }

  @Test
  void whatIsFineIsSaidAndLeavesNothingBehind() throws IOException {
    Karez.Said said = karez.run("doctor");

    assertThat(said.code()).as(said.out()).isZero();
    assertThat(said.err()).isEmpty();
    assertThat(said.out().lines().findFirst()).contains("grade\tsection\tabout\tsaid\thint");
    assertThat(said.out())
        .contains("ok\tmachine\tproject\tPROJECT\t\n")
        .contains("ok\tdirectory\twritable\tPROJECT\t\n")
        .containsPattern("ok\tdirectory\tlatency\t[0-9.]+ ms to make a file")
        .contains("note\tmachine\tbatch system\tnone found here\t");
    assertThat(karez.root()).isDirectoryNotContaining("glob:**doctor*");
  }

  @Test
  void aPersonSeesHintsBelowWhatTheyAreAbout() {
    String said = karez.answering("", "doctor").out();
    assertThat(said)
        .startsWith("machine\n  ✓ karez")
        .containsPattern("\n  · batch system  none found here\n {18}hint: jobs run on this machine")
        .contains("\n\ndirectory\n")
        .endsWith("\nnothing is wrong\n");
  }

  @Test
  void settingsThatCannotBeReadAreAnError() throws IOException {
    karez.write(".karez/config.yaml", "slurm: {default: {--time: 1}}\nresult_dri: here\n");

    Karez.Said said = karez.run("doctor");

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .containsPattern("error\tmachine\tsettings\t.karez/config.yaml:2:1: .*result_dri");
  }

  @Test
  void aMissingProgramIsAFinding() throws Exception {
    Path bin = Files.createDirectories(programs.resolve("bin"));
    AtomicFile.write(
        bin.resolve("bash"),
        "#!/bin/sh\nexec /bin/bash \"$@\"\n",
        PosixFilePermissions.fromString("rwxr-xr-x"));
    Karez.Said said = with(bin.toString());

    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains(
            "warning\tmachine\tgit\tnot found on PATH\truns cannot record the commit of their"
                + " code\n")
        .contains("note\tmachine\tssh\tnot found on PATH\t")
        .contains("note\tmachine\tcontainers\tnone of apptainer")
        .containsPattern("ok\tmachine\tbash\t5[^\t]*, .*/bin/bash\t");
  }

  @Test
  void aSchedulerThatDoesNotAnswerIsAnErrorAndItsMissingCommandsAreNamed() throws Exception {
    FakeSlurm slurm = FakeSlurm.in(karez, programs);
    String down = "echo 'Unable to contact slurm controller (connect failure)' >&2; exit 1";
    for (String program : List.of("scontrol", "squeue", "sacct")) {
      slurm.say(program, down);
    }

    Karez.Said said = slurm.run("doctor");

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("error\tslurm\tcommands\tnot found on PATH: scancel, sacctmgr\t")
        .contains(
            "error\tslurm\tcontroller\t`scontrol show config`: exit code 1: Unable to contact"
                + " slurm controller (connect failure)\t");
  }

  @Test
  void oneDocumentHoldsAllFindings() throws Exception {
    FakeSlurm slurm = FakeSlurm.in(karez, programs);
    slurm.say(
        "scontrol",
        "case $2 in config) echo 'MaxArraySize = 1001';; partition) ;; *) echo slurm 23.11.10;; esac");

    Karez.Said said = slurm.run("doctor", "--json");

    JsonObject document = JsonObject.of(Json.read(said.out(), "doctor")).orElseThrow();
    assertThat(document.number("schema")).isEqualTo(1);
    assertThat(document.objects("findings"))
        .filteredOn(finding -> finding.string("section").equals("slurm"))
        .extracting(finding -> finding.string("grade") + " " + finding.string("about"))
        .containsExactly(
            "error commands",
            "ok version",
            "warning accounting",
            "ok limits",
            "note memory",
            "note queues",
            "ok your jobs");
  }

  private Karez.Said with(String path) throws Exception {
    Path files = Files.createDirectories(programs.resolve("call"));
    ProcessBuilder builder = Karez.start(karez.root(), files, "doctor");
    builder.environment().put("PATH", path);
    Process process = builder.start();
    process.getOutputStream().close();
    int code = process.waitFor();
    return new Karez.Said(
        code, Files.readString(files.resolve("stdout")), Files.readString(files.resolve("stderr")));
  }
}
