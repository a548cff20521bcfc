package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What jobs write on a site, brought by the command that has started them.
class SiteResultsTest extends WithFarSite {
  @Test
  void whoeverStartsJobsThereCanHaveTheirResultsBrought() throws Exception {
    Path ready = directory.resolve("ready");
    String program = "echo $2 >$KAREZ_JOB_DIR/result.txt; [ -e '%s' ]".formatted(ready);
    Karez.Said said =
        karez.run(
            "run", "--on", "far", "--fetch", "-R", "--i 0 2 1", "--", "sh", "-c", program, "sh");
    assertThat(said.code()).as(said.err()).isEqualTo(3);
    assertThat(result(1, 1)).hasContent("1");
    Files.createFile(ready);
    Files.delete(result(1, 1));
    assertThat(karez.run("retry", "1", "--fetch").code()).isZero();
    assertThat(result(1, 1)).hasContent("1");
    assertThat(karez.run("extend", "1", "--fetch", "-R", "--i 2 3 1").code()).isZero();
    assertThat(result(1, 2)).hasContent("2");
    assertThat(karez.run("rerun", "1", "--fetch").code()).isZero();
    assertThat(result(2, 2)).hasContent("2");
  }

  @Test
  void whatCannotBeBroughtIsSaidBeforeAnythingIsStarted() throws Exception {
    assertThat(karez.run("run", "--", "false").code()).isEqualTo(3);
    String here = "error: `--fetch` brings results from a site, and run 1 is on this machine\n";
    String both = "error: `--detach` returns at once and `--wait` waits: give one of them\n";
    for (String[] words :
        new String[][] {{"retry", "1"}, {"rerun", "1"}, {"extend", "1", "a"}, {"resume", "1"}}) {
      assertThat(karez.run(with(words, "--fetch"))).isEqualTo(new Karez.Said(2, "", here));
      assertThat(karez.run(with(words, "--wait", "--detach")))
          .isEqualTo(new Karez.Said(2, "", both));
    }
    assertThat(karez.root().resolve("results/_/run_2")).doesNotExist();
  }

  @Test
  void anotherRunOfTheSameNumberIsNotWrittenOver() throws Exception {
    karez.run("run", "--", "echo", "here");
    Path there = far.directory().resolve("results/_/run_1/_/stdout.txt");
    Files.createDirectories(there.getParent());
    Files.writeString(there, "there");
    Karez.Said said = karez.run("download", "far", here(1));
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("`_/run_1` here is another run than that on `far`");
    assertThat(karez.run("logs", "1").out()).isEqualTo("here\n");
    assertThat(karez.run("run", "--on", "far", "--wait", "--", "echo", "x").code()).isZero();
    Karez.Said own = karez.run("download", "far", here(2));
    assertThat(own.code()).as(own.err()).isZero();
  }

  private static String[] with(String[] words, String... options) {
    return Stream.of(Stream.of(words).limit(1), Stream.of(options), Stream.of(words).skip(1))
        .flatMap(all -> all)
        .toArray(String[]::new);
  }

  private String here(int run) {
    return karez.root().resolve("results/_/run_" + run).toString();
  }

  private Path result(int run, int job) {
    return karez.root().resolve("results/_/run_%d/group_%d/result.txt".formatted(run, job));
  }
}
