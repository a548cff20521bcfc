package io.karez.scheduler;

import static io.karez.scheduler.TestRun.awaitText;
import static io.karez.scheduler.TestRun.sh;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What runs several jobs inside one of the scheduler's, on every shell.
class PackTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void everyJobOfThePackRunsOnceAndTheWorstStatusIsHandedOn(Shells shell) throws Exception {
    List<List<String>> commands = new ArrayList<>();
    for (int code : new int[] {0, 3, 0, 7, 0, 0, 0}) {
      commands.add(sh("echo ran >>ran." + commands.size() + "; exit " + code));
    }
    TestRun run = TestRun.of(directory, shell.link(), commands);
    assertThat(run.end(run.pack(2, 0, 5, 0, "").start()).code()).isEqualTo(7);
    assertThat(run.end(run.pack(8, 1, 5, 0, "").start())).isEqualTo(new TestRun.Ended(0, "", ""));
    for (int job = 0; job < commands.size(); job++) {
      assertThat(Files.readString(run.work().resolve("ran." + job))).isEqualTo("ran\n");
      assertThat(run.end(job).status()).contains(job == 1 ? 3 : job == 3 ? 7 : 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void asManyRunAtATimeAsThereIsRoom(Shells shell) throws Exception {
    // each waits for the other two
    String together =
        "echo here >here.$0; until [ -e here.0 ] && [ -e here.1 ] && [ -e here.2 ]; do sleep 0.02; done";
    List<List<String>> commands = new ArrayList<>();
    for (int job = 0; job < 3; job++) {
      commands.add(List.of("/bin/sh", "-c", together, Integer.toString(job)));
    }
    TestRun run = TestRun.of(directory, shell.link(), commands);
    assertThat(run.end(run.pack(3, 0, 3, 0, "").start()).code()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aWarnedPackEndsItsProgramsBeginsNoOthersAndGoesOnLater(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(
            directory,
            shell.link(),
            List.of(
                sh("exit 3"),
                sh(
                    "[ ! -e saved ] || exit 0; trap ': >saved; exit 4' USR1; echo ready; while :; do sleep 0.05; done"),
                sh("echo ran")));
    Path told = directory.resolve("told");
    Path command = Files.writeString(directory.resolve("back"), "echo back $1 >>" + told);
    Process pack = run.pack(1, 0, 3, 0, "USR1 sh " + command).start();
    awaitText(run.run().job("group_1").resolve("stdout.txt"));
    kill("USR1", pack.pid());
    assertThat(run.end(pack).code()).isEqualTo(4);
    assertThat(told).hasContent("back 12_0");
    assertThat(run.run().claim(2, 1)).doesNotExist();

    // what had failed by itself stays as it is
    assertThat(run.end(run.pack(1, 0, 3, 1, "USR1 sh " + command).start()).code()).isEqualTo(3);
    assertThat(run.end(0).status()).contains(3);
    assertThat(run.run().job("group_0").resolve("stdout.1-r0.txt")).doesNotExist();
    assertThat(run.end(1).status()).contains(0);
    assertThat(run.text(2, "stdout.txt")).isEqualTo("ran\n");
    assertThat(Files.readAllLines(told)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aPackThatIsAskedToEndAsksItsProgramsAndBeginsNoOthers(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(
            directory,
            shell.link(),
            List.of(
                sh("trap 'exit 5' TERM; echo ready; while :; do sleep 0.05; done"),
                sh("trap 'exit 6' TERM; echo ready; while :; do sleep 0.05; done"),
                sh("echo ran")));
    Process pack = run.pack(2, 0, 3, 0, "").start();
    awaitText(run.run().job("group_0").resolve("stdout.txt"));
    awaitText(run.run().job("group_1").resolve("stdout.txt"));
    kill("TERM", pack.pid());
    assertThat(run.end(pack).code()).isEqualTo(6);
    assertThat(run.end(0).forwarded()).contains("TERM");
    assertThat(run.run().claim(2, 1)).doesNotExist();
  }

  private static void kill(String signal, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-s", signal, Long.toString(pid)).start().waitFor();
  }
}
