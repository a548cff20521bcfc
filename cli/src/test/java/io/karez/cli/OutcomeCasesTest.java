package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.text.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How runs end, several jobs at a time and several runs at once.
class OutcomeCasesTest {
  private static final int ROUNDS = Integer.getInteger("karez.test.launches", 4);

  @TempDir Path directory;
  private Away away = new Away(Path.of("/nowhere"), Path.of("/nowhere"));

  @BeforeEach
  void aProject() throws IOException {
    Path root = Files.createDirectories(directory.toRealPath().resolve("project"));
    Karez.project(root);
    away = new Away(root, Files.createDirectories(directory.resolve("home")));
  }

  @Test
  void case15_aFailedProgramFailsItsRunAndTheCommand() throws IOException {
    Karez karez = experiment("fail", "exit 3");
    assertThat(karez.run("run", "fail").code()).isEqualTo(ExitCode.JOB_FAILED);
    JsonObject run = Away.runs(karez.run("status", "--json")).getFirst();
    assertThat(run.string("state")).isEqualTo("FAILED");
    assertThat(Away.jobs(run).getFirst().integer("exit_code")).isEqualTo(3);
  }

  @Test
  void case15_oneOfThreeThatFailsFailsTheRunAndStopsNoSibling() throws IOException {
    Karez karez = experiment("mixed", "exit $2");
    Karez.Said said = karez.run("run", "mixed", "-g", "--c 0", "-g", "--c 5", "-g", "--c 0");
    assertThat(said.code()).isEqualTo(ExitCode.JOB_FAILED);
    JsonObject run = Away.runs(karez.run("status", "--json")).getFirst();
    assertThat(run.string("state")).isEqualTo("FAILED");
    assertThat(
            Away.jobs(run).stream()
                .map(job -> job.string("state") + " " + job.integer("exit_code")))
        .containsExactly("SUCCEEDED 0", "FAILED 5", "SUCCEEDED 0");
  }

  @Test
  void case16_aFreeSlotTakesTheNextJobAndNeverMoreThanTwoRun() throws Exception {
    // The first job ends only after all others have: with a barrier it would wait for ever.
    String program =
        """
        mkdir "$KAREZ_RUN_DIR/alive.$2"
        ls -d "$KAREZ_RUN_DIR"/alive.* | wc -l
        if [ $2 = 0 ]; then
          until [ -e "$KAREZ_RUN_DIR/done.3" ]; do sleep 0.01; done
        fi
        rmdir "$KAREZ_RUN_DIR/alive.$2"
        touch "$KAREZ_RUN_DIR/done.$2"
        """;
    Karez karez = experiment("slots", program);
    assertThat(karez.run("run", "slots", "--n_threads", "2", "-R", "--i 0 4").code()).isZero();
    List<String> alive = new ArrayList<>();
    for (int job = 0; job < 4; job++) {
      alive.add(karez.read("results/slots/run_1/group_" + job + "/stdout.txt").strip());
    }
    assertThat(alive).isSubsetOf("1", "2").contains("2");
  }

  @Test
  void case17_threeRunsAtOnceHaveThreeNumbersAndCase18_noneComesTwice() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      experiment(name, "true");
    }
    Path results = away.root().resolve("results");
    Map<Integer, String> given = new TreeMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<Process> processes = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        processes.add(away.command(List.of(), "run", name).start());
      }
      for (Process process : processes) {
        Karez.Said said = away.end(process);
        assertThat(said.code())
            .as(said.err() + Karez.at(away.root()).run("status", "--json").out())
            .isZero();
      }
      JsonObject newest = new JsonObject(Map.of());
      for (JsonObject run : Away.runs(Karez.at(away.root()).run("status", "--json"))) {
        assertThat(run.string("state")).isEqualTo("SUCCEEDED");
        String uid = given.putIfAbsent(run.integer("id"), run.string("uid"));
        assertThat(uid).isIn(null, run.string("uid"));
        newest = run.integer("id") == 3 * round + 3 ? run : newest;
      }
      assertThat(given.keySet())
          .isEqualTo(new TreeSet<>(IntStream.rangeClosed(1, 3 * round + 3).boxed().toList()));
      assertThat(Away.does("rm", "-r", away.root().resolve(newest.string("directory")).toString()))
          .isTrue();
    }
    assertThat(results.resolve(".ids")).isNotEmptyDirectory();
  }

  private Karez experiment(String name, String program) throws IOException {
    Karez karez = Karez.at(away.root());
    karez.write(name + ".sh", program + "\n");
    karez.write(
        ".karez/experiments/" + name + ".yaml",
        "name: %s\npath: .\nexecutable: %s.sh\nexecutable_command: sh\npass_paths: false\n"
            .formatted(name, name));
    return karez;
  }
}
