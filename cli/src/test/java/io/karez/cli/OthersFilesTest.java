package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.karez.store.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs with files of another user, whose words no command obeys. Only root can give files away.
class OthersFilesTest {
  private static final int SOMEBODY = 1001;

  @TempDir Path directory;
  private Karez karez;
  private Lab lab;

  @BeforeEach
  void aProject() throws IOException {
    assumeTrue(Owner.me() == 0, "only root can give files away");
    karez = Karez.project(directory);
    lab = new Lab(karez);
  }

  @Test
  void processesThatSomebodyElsesRecordNamesGetNoSignals() throws Exception {
    String[] words = {"run", "--detach", "--", "sh", "-c", "echo $$; exec sleep 60"};
    assertThat(karez.run(words).code()).isZero();
    long program = lab.printed(1, "stdout.txt");
    Path record = lab.run(1).path().resolve("record.jsonl");
    Lab.until("there is a record", () -> Files.exists(record));
    give(record, SOMEBODY);

    Karez.Said said = karez.run("cancel", "1");

    assertThat(said).isEqualTo(refused("results/_/run_1/record.jsonl"));
    assertThat(Lab.isAlive(program)).isTrue();
    give(record, 0);
    assertThat(karez.run("cancel", "1", "--now").code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local.sh", "argv", "submissions", "submissions/1/tasks"})
  void whatSomebodyElseHasWrittenIsNotExecutedAgain(String file) throws IOException {
    assertThat(karez.run("run", "--", "false").code()).isEqualTo(3);
    give(lab.run(1).path().resolve(file), SOMEBODY);

    Karez.Said refused = refused("results/_/run_1/" + file);

    assertThat(karez.run("retry", "1")).isEqualTo(refused);
    assertThat(karez.run("resume", "1")).isEqualTo(refused);
    assertThat(karez.run("extend", "1", "-g", "1")).isEqualTo(refused);
    assertThat(karez.run("rerun", "1")).isEqualTo(refused);
  }

  @ParameterizedTest
  @ValueSource(strings = {".karez", "results", "results/_"})
  void aCommandIsNotRunAmongSomebodyElsesRuns(String place) throws IOException {
    assertThat(karez.run("run", "--", "true").code()).isZero();
    give(karez.root().resolve(place), SOMEBODY);

    assertThat(karez.run("run", "--", "true")).isEqualTo(refused(place));

    assertThat(karez.root().resolve("results/_/run_2")).doesNotExist();
  }

  private static void give(Path file, int owner) throws IOException {
    Files.setAttribute(file, "unix:uid", owner);
  }

  private static Karez.Said refused(String file) {
    return new Karez.Said(
        ExitCode.USAGE,
        "",
        """
        error: `PROJECT/%s` belongs to the user 1001, not to you
        hint: read it, and if you trust what it runs: karez trust 'PROJECT'
        """
            .formatted(file));
  }
}
