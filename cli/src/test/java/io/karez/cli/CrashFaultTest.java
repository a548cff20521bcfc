package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.inspect.Runs;
import io.karez.site.NearRun;
import io.karez.store.RunDirectory;
import io.karez.store.RunStore;
import io.karez.text.JsonObject;
import io.karez.track.TrackedJob;
import io.karez.transport.LocalTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left when processes die or files are torn.
class CrashFaultTest {
  private static final int ROUNDS = Integer.getInteger("karez.test.crashes", 7);
  private static final int JOBS = 12;

  /// How far a run is to get, by the file that shows it, before Karez is killed.
  private static final List<String> MOMENTS =
      List.of(
          ".ids/1",
          "e/run_1/run.json",
          "e/run_1/events",
          "e/run_1/submissions/1/supervisor",
          "e/run_1/claims/0.1",
          "e/run_1/claims/6.1",
          "e/run_1/submissions/1/ended");

  @TempDir Path directory;

  @Test
  void karezKilledAtAnyMomentLosesNothingAndStartsNothingTwice() throws Exception {
    Random random = new Random();
    for (int round = 0; round < ROUNDS; round++) {
      Away away = project(round);
      Path results = away.root().resolve("results");
      Path moment = results.resolve(MOMENTS.get(round % MOMENTS.size()));
      Process karez =
          away.command(List.of(), "run", "--threads", "2", "e", "-R", "--i 0 12").start();
      Away.await("the moment", () -> Files.exists(moment) || !karez.isAlive());
      // Until a little later, or its end.
      karez.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
      karez.destroyForcibly().waitFor();

      Away.await("what is left to end", () -> !Away.isUsed(results));
      requireTruth(away, moment.toString());
      Karez.Said next = Karez.at(away.root()).run("run", "--", "true");
      assertThat(next.code()).as(next.err()).isZero();
      assertThat(Files.exists(results.resolve("_/run_2"))).isTrue();
    }
  }

  @Test
  void aKilledWrapperAndProgramAreReportedLostAndTheRestSucceeds() throws Exception {
    Away away = project(0);
    Path results = away.root().resolve("results");
    Files.writeString(
        away.root().resolve("job.sh"),
        """
        echo $KAREZ_JOB_INDEX >>"$KAREZ_RUN_DIR/witness"
        if [ $KAREZ_JOB_INDEX = 3 ]; then
          kill -s KILL $(sed -n 's/.*"wrapper":"\\([0-9]*\\) .*/\\1/p' "$KAREZ_JOB_DIR/record.jsonl")
          kill -s KILL 0
        fi
        """);
    Karez.Said said = away.said(List.of(), "run", "--threads", "2", "e", "-R", "--i 0 12");
    assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.JOB_FAILED);
    Away.await("what is left to end", () -> !Away.isUsed(results));
    requireTruth(away, "slot");
    JsonObject run = Away.runs(Karez.at(away.root()).run("status", "--json")).getFirst();
    for (JsonObject job : Away.jobs(run)) {
      boolean killed = job.integer("index") == 3;
      assertThat(job.string("state")).isEqualTo(killed ? "UNKNOWN" : "SUCCEEDED");
      assertThat(job.optionalString("cause"))
          .isEqualTo(killed ? Optional.of("lost") : Optional.empty());
    }
    assertThat(run.string("state")).isEqualTo("UNKNOWN");
  }

  @Test
  void tornAndGarbledFilesSpoilNoMoreThanThemselves() throws Exception {
    Karez karez = Karez.project(directory);
    for (int run = 1; run <= 4; run++) {
      assertThat(karez.run("run", "--", "true").code()).isZero();
    }
    Path runs = karez.root().resolve("results/_");
    Files.writeString(runs.resolve("run_1/run.json"), "{\"schema\":1,");
    byte[] garbage = {'{', (byte) 0xff, 0, '\n', '{', '"'};
    Files.write(events(runs.resolve("run_2")), garbage, StandardOpenOption.APPEND);
    Files.write(runs.resolve("run_2/record.jsonl"), garbage, StandardOpenOption.APPEND);
    Files.write(runs.resolve("run_2/jobs.jsonl"), garbage, StandardOpenOption.APPEND);
    Files.write(runs.resolve("run_2/submissions/1/tasks"), garbage, StandardOpenOption.APPEND);
    // Only the beginning of its story is left.
    Path events = events(runs.resolve("run_3"));
    Files.writeString(events, Files.readString(events).lines().findFirst().orElseThrow() + "\n");
    Files.writeString(runs.resolve("run_4/record.jsonl"), "");

    Karez.Said said = karez.run("status", "--json");

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(Away.runs(said).stream().map(run -> run.integer("id") + " " + run.string("state")))
        .containsExactlyInAnyOrder("2 SUCCEEDED", "3 SUCCEEDED", "4 UNKNOWN");
    assertThat(said.out()).contains("\"unreadable\":[{\"id\":1,");
    // What was known before its record was emptied is not forgotten, and not contradicted each
    // time.
    long size = Files.size(events(runs.resolve("run_4")));
    assertThat(karez.run("status", "--json").code()).isZero();
    assertThat(Files.size(events(runs.resolve("run_4")))).isEqualTo(size);
    Files.writeString(events(runs.resolve("run_4")), "");
    assertThat(karez.run("status").code()).isZero();
  }

  private Away project(int round) throws IOException {
    Path root = Files.createDirectories(directory.toRealPath().resolve("p" + round));
    Karez karez = Karez.project(root);
    karez.write("job.sh", "echo $KAREZ_JOB_INDEX >>\"$KAREZ_RUN_DIR/witness\"; sleep 0.01\n");
    karez.write(
        ".karez/experiments/e.yaml",
        "name: e\npath: .\nexecutable: job.sh\nexecutable_command: sh\npass_paths: false\n");
    return new Away(root, Files.createDirectories(directory.resolve("home" + round)));
  }

  /// What `status` says agrees with what the programs have witnessed.
  private static void requireTruth(Away away, String moment) throws Exception {
    Karez.Said status = Karez.at(away.root()).run("status", "--json");
    assertThat(status.code()).as(status.err()).isZero();
    List<JsonObject> runs = Away.runs(status);
    if (runs.isEmpty()) {
      return;
    }
    Path run = away.root().resolve("results/e/run_1");
    List<Integer> witnesses =
        Files.exists(run.resolve("witness"))
            ? Files.readAllLines(run.resolve("witness")).stream().map(Integer::valueOf).toList()
            : List.of();
    assertThat(witnesses).as("killed after " + moment).doesNotHaveDuplicates();
    assertThat(Away.jobs(runs.getFirst()))
        .hasSize(JOBS)
        .allSatisfy(job -> {
          boolean ran = witnesses.contains(job.integer("index"));
          assertThat(job.string("state"))
              .as("killed after " + moment)
              .isIn(ran ? List.of("SUCCEEDED", "UNKNOWN") : List.of("PREPARED", "UNKNOWN"));
        });
    // In the end every job of a run that was begun is known or lost.
    RunDirectory directory =
        new RunStore(away.root().resolve("results")).list(Optional.empty()).getFirst();
    InstantSource inThreeMinutes =
        InstantSource.offset(InstantSource.system(), Duration.ofMinutes(3));
    Runs later =
        new Runs((one, document) -> new NearRun(one, new LocalTransport()), inThreeMinutes);
    Runs.Detail detail = later.detail(directory);
    boolean begun = detail.view().history().lastSubmission() > 0;
    assertThat(detail.jobs().stream().map(TrackedJob::verdict)).allMatch(v -> v.settled() == begun);
    if (!witnesses.isEmpty() && !moment.equals("slot")) {
      assertThat(witnesses)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, JOBS).boxed().toList());
      assertThat(detail.view().state().name()).isEqualTo("SUCCEEDED");
    }
  }

  private static Path events(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("events"))) {
      return files.findFirst().orElseThrow();
    }
  }
}
