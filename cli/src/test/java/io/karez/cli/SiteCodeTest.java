package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.store.TreeDeletion;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which code jobs on a site meet, and who is told.
class SiteCodeTest extends WithFarSite {
  @BeforeEach
  void itsFiles() throws Exception {
    karez.write("job.sh", "false\n");
  }

  @Test
  void whoStartsJobsAgainIsToldWhenOtherCodeLiesThere() throws Exception {
    assertThat(run("--wait").code()).isEqualTo(3);
    assertThat(karez.run("retry", "1").err()).doesNotContain("note", "warning");
    karez.write("job.sh", "exit 2\n");
    String kept = "note: the code on `far` is that of run 1, sent at ";
    String yours = ", and differs from yours: `karez upload far` sends yours\n";
    assertThat(karez.run("retry", "1").err()).containsOnlyOnce(kept).containsOnlyOnce(yours);
    assertThat(karez.run("extend", "1", "-g", "a").err()).contains(kept, yours);
    assertThat(karez.run("rerun", "1").err()).contains(kept, yours);
    assertThat(karez.run("upload", "far").code()).isZero();
    assertThat(karez.run("retry", "1").err())
        .containsPattern(
            "note: the code on `far` was sent at [-0-9]+ [0-9:]+, after run 1 was made\n");
    karez.write("job.sh", "exit 33\n");
    assertThat(karez.run("retry", "1").err()).contains(", after run 1 was made, and differs");
    karez.write("more", "");
    assertThat(karez.run("upload", "far", karez.root().resolve("more").toString()).code()).isZero();
    assertThat(karez.run("rerun", "1").err()).contains("not all of it then, and may differ");
    TreeDeletion.delete(karez.root().resolve("results/.sent"));
    assertThat(karez.run("rerun", "1").err())
        .contains("it is not known here when the code on `far` was sent");
  }

  @Test
  void whatWasNeverBegunChangesNothing() throws Exception {
    assertThat(run("--wait").code()).isEqualTo(3);
    karez.write("job.sh", "exit 2\n");
    far.sshd().down();
    assertThat(karez.run("upload", "far").code()).isEqualTo(4);
    far.sshd().up();
    assertThat(karez.run("retry", "1").err()).contains("the code on `far` is that of run 1");
  }

  @Test
  void aRunWithASnapshotHasItsOwn() throws Exception {
    assertThat(run("--wait", "--snapshot").code()).isEqualTo(3);
    karez.write("job.sh", "exit 2\n");
    assertThat(karez.run("retry", "1").err()).doesNotContain("note", "warning");
    assertThat(karez.run("rerun", "1").err()).doesNotContain("note", "warning");
    assertThat(karez.run("upload", "far").err()).doesNotContain("warning");
    assertThat(karez.run("show", "1").out()).doesNotContain("other code");
  }

  @Test
  void whoSendsCodeIsToldWhichJobsWaitForIt() throws Exception {
    Path go = directory.resolve("go");
    karez.write("job.sh", "until [ -e '%s' ]; do sleep 0.02; done\n".formatted(go));
    assertThat(run("--detach", "--threads", "1", "-R", "--i 0 2 1").code()).isZero();
    assertThat(run("--detach", "--snapshot", "--threads", "1", "-R", "--i 0 2 1").err())
        .doesNotContain("warning");
    karez.write("job.sh", "true\n");
    String warning =
        "warning: jobs of run 1 that still wait on `far` will meet what was sent now;"
            + " `run --snapshot` keeps a run's own\n";
    assertThat(karez.run("upload", "far", "--dry-run").err()).doesNotContain("warning");
    assertThat(karez.run("upload", "far").err()).endsWith(warning);
    assertThat(karez.run("upload", "far").err()).doesNotContain("warning");
    karez.write("job.sh", "true; true\n");
    assertThat(run("--detach").err()).contains(warning);
    Files.createFile(go);
    assertThat(karez.run("wait", "1", "2", "3").code()).isZero();
    assertThat(karez.run("show", "1").out())
        .containsPattern("later +other code was sent to `far` at [-0-9]+ [0-9:]+, and later\n");
    assertThat(karez.run("show", "3").out()).doesNotContain("other code");
    karez.write("job.sh", "true\n");
    assertThat(karez.run("upload", "far").err()).doesNotContain("warning");
    assertThat(karez.run("show", "3").out()).doesNotContain("other code");
  }

  private Karez.Said run(String... words) {
    String[] all = new String[words.length + 6];
    all[0] = "run";
    all[1] = "--on";
    all[2] = "far";
    System.arraycopy(words, 0, all, 3, words.length);
    all[words.length + 3] = "--";
    all[words.length + 4] = "sh";
    all[words.length + 5] = "job.sh";
    return karez.run(all);
  }
}
