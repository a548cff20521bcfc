package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Runs on a site that have ended: what is known of them needs no site.
class SiteOverTest extends WithFarSite {
  private static final String PROGRAM = "echo out; echo err >&2; [ $2 = 0 ]";

  @BeforeEach
  void aRunThatHasEnded() throws Exception {
    assertThat(
            karez
                .run(
                    "run",
                    "--on",
                    "far",
                    "--wait",
                    "-R",
                    "--i 0 2 1",
                    "--",
                    "sh",
                    "-c",
                    PROGRAM,
                    "sh")
                .code())
        .isEqualTo(3);
  }

  @Test
  void howItEndedIsKnownHere() throws Exception {
    far.sshd().down();

    for (String command : List.of("status", "show", "efficiency", "wait")) {
      Karez.Said said = karez.run(command, "1");
      assertThat(said.code()).as(command + said.err()).isEqualTo(command.equals("wait") ? 3 : 0);
      assertThat(said.err()).as(command).doesNotContain("far");
    }
    assertThat(karez.run("status", "1").out()).contains("1\tfailed\texit 1", "0\tsucceeded");
  }

  @Test
  void outputThatIsWholeIsNotAskedForAgain() throws Exception {
    longAgo();
    assertThat(karez.run("logs", "1").code()).isZero();
    assertThat(karez.run("why", "1").code()).isZero();
    far.sshd().down();

    assertThat(karez.run("logs", "1")).isEqualTo(new Karez.Said(0, "1/0: out\n1/1: out\n", ""));
    Karez.Said why = karez.run("why", "1");
    assertThat(why.code()).as(why.err()).isZero();
    assertThat(why.out()).contains("    err\n");
    assertThat(karez.run("logs", "1/0", "--err").code()).isEqualTo(4);
    Karez.Said followed = karez.run("logs", "1/0", "--err", "--follow");
    assertThat(followed.code()).isEqualTo(4);
    assertThat(followed.err()).endsWith("; what is shown may be incomplete\n");
  }

  @Test
  void lastWordsOfWhatHasJustEndedAreWaitedFor() throws Exception {
    assertThat(karez.run("logs", "1/0").out()).isEqualTo("out\n");
    Files.writeString(
        far.directory().resolve("results/_/run_1/group_0/stdout.txt"), "out\nand more\n");

    assertThat(karez.run("logs", "1/0").out()).isEqualTo("out\nand more\n");
  }

  @Test
  void aFurtherAttemptIsLookedAt() throws Exception {
    longAgo();
    assertThat(karez.run("logs", "1").code()).isZero();
    assertThat(karez.run("retry", "1").code()).isEqualTo(3);
    longAgo();
    Files.writeString(far.directory().resolve("results/_/run_1/group_1/stdout.txt"), "other\n");

    assertThat(karez.run("logs", "1/1").out()).isEqualTo("other\n");
  }

  @Test
  void whatWasAddedThereSinceIsSeenHere() throws Exception {
    assertThat(there("extend", "1", "-R", "--i 2 4 1").code()).isEqualTo(3);

    assertThat(karez.run("status", "1").out()).contains("\n3\t");
    assertThat(karez.run("extend", "1", "-R", "--i 5 6 1").err()).contains("1 more job (4)");
    assertThat(karez.run("logs", "1/4").out()).isEqualTo("out\n");
  }

  @Test
  void whatWasStartedThereAgainIsCancelledFromHere() throws Exception {
    Path go = far.directory().resolve("go");
    String program = "[ -e again ] || exit 3; until [ -e go ]; do sleep 0.02; done";
    assertThat(karez.run("run", "--on", "far", "--wait", "--", "sh", "-c", program).code())
        .isEqualTo(3);
    Files.createFile(far.directory().resolve("again"));
    assertThat(there("retry", "2", "--detach").code()).isZero();

    assertThat(karez.run("cancel", "2").err()).isEqualTo("run 2: cancelled\n");
    assertThat(go).doesNotExist();
  }

  @Test
  void waitingForARunThatIsSubmittedBringsItsResults() throws Exception {
    Path go = far.directory().resolve("go");
    String program = "until [ -e go ]; do sleep 0.02; done; echo {} >\"$KAREZ_JOB_DIR/r.json\"";
    assertThat(karez.run("run", "--on", "far", "--detach", "--", "sh", "-c", program).code())
        .isZero();
    Files.createFile(go);

    Karez.Said said = karez.run("resume", "2", "--fetch");

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(karez.root().resolve("results/_/run_2/r.json")).hasContent("{}");
  }

  private Karez.Said there(String... words) throws Exception {
    Karez side =
        Files.exists(far.directory().resolve(".karez"))
            ? Karez.at(far.directory())
            : Karez.project(far.directory());
    return side.run(words);
  }

  /// The run's end, as this side has recorded it.
  private void longAgo() throws IOException {
    try (Stream<Path> logs = Files.list(karez.root().resolve("results/_/run_1/events"))) {
      for (Path log : logs.toList()) {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
          lines.add(
              line.contains("\"Settled\"")
                  ? line.replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"2026-01-01T00:00:00Z\"")
                  : line);
        }
        Files.write(log, lines);
      }
    }
  }
}
