package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.karez.text.Json;
import io.karez.text.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `efficiency` says, with a Slurm that is made up.
class EfficiencyCommandTest {
  private static final String MEASURED =
      ",\"memory_kib\":%d,\"memory_source\":\"time\",\"user_s\":\"%s\",\"system_s\":\"0.0\"";

  @TempDir Path directory;
  @TempDir Path programs;

  private Karez karez;
  private FakeSlurm slurm;

  @BeforeEach
  void aProject() throws IOException {
    karez = Karez.project(directory);
    karez.write(".karez/config.yaml", "slurm: {}\n");
    slurm = FakeSlurm.in(karez, programs);
  }

  @Test
  void recordsAreEnoughWhereTheyTellAllAndTheHighestPeaksAreChecked() throws Exception {
    run("--memory", "4G", "--time", "1h", "-R", "--i 0 20 1", "--", "true");
    for (int job = 0; job < 20; job++) {
      record(job, 100 + job, "60.0", "1000");
    }
    slurm.words("sacct");

    Karez.Said said = slurm.run("efficiency", "1");

    assertThat(said.out().lines().toList())
        .startsWith(
            "\tasked\tmedian\tmax\tjob at max",
            "cpu\t1 core\t0.06 busy (6.0%)\t0.06 busy (6.0%)\t0",
            "memory\t4G\t110M (2.7%)\t119M (2.9%)\t19",
            "time\t1:00:00\t0:16:40 (28%)\t0:16:40 (28%)\t0",
            "",
            "wasted: 5.22 core-h of 5.56 core-h of core time",
            "memory: 4G asked, at most 119M used; `--memory 200M` would do (a fifth more than the"
                + " peak)",
            "time: 1:00:00 asked, at most 0:16:40 taken; `--time 0:25:00` would do (half more than"
                + " the longest)",
            "",
            "job\tstatus\tcpu\tmemory\ttime\twasted\tparameters",
            "0\tsucceeded\t6.0%\t100M of 4G\t0:16:40 of 1:00:00\t0.26 core-h\ti=0");
    assertThat(said.err()).isEmpty();
    assertThat(slurm.words("sacct"))
        .singleElement()
        .asString()
        .endsWith("--jobs=7_19,7_18,7_17,7_16,7_15,7_14,7_13,7_12,7_11,7_10");
  }

  @Test
  void theAccountingFillsInWhatRecordsLack() throws Exception {
    run("--cpus", "2", "-R", "--i 0 2 1", "--", "true");
    lacking(0);
    lacking(1);
    slurm.say(
        "sacct",
        """
        cat <<'END'
        7_0|100|00:10:00|01:40.000||1G|2|1|debug
        7_0.batch|100||01:40.000|512M||2|1|
        7_1|200|00:10:00|00:50.000||1G|2|1|debug
        7_1.batch|200||00:50.000|||2|1|
        END
        """);

    JsonObject document = json(slurm.run("efficiency", "1", "--json"));

    assertThat(document.objects("jobs"))
        .extracting(
            job -> job.optionalDecimal("cpu_share").orElse(-1.0),
            job -> job.optionalDecimal("memory_share").orElse(-1.0),
            job -> job.flag("memory_at_least"))
        .containsExactly(tuple(0.5, 0.5, true), tuple(0.25, -1.0, false));
  }

  @Test
  void theAccountingIsAskedAboutTwoHundredJobsAtMost() throws Exception {
    run("--memory", "1G", "--time", "1h", "-R", "--i 0 210 1", "--", "true");
    for (int job = 0; job < 210; job++) {
      lacking(job);
    }
    slurm.words("sacct");

    Karez.Said said = slurm.run("efficiency", "1");

    assertThat(said.code()).isZero();
    assertThat(said.err())
        .isEqualTo(
            "10 jobs say too little of themselves, and the accounting was not asked about them: it"
                + " takes its time\n");
    String ids = IntStream.range(0, 200).mapToObj(i -> "7_" + i).collect(Collectors.joining(","));
    assertThat(slurm.words("sacct")).singleElement().asString().endsWith("--jobs=" + ids);
  }

  @Test
  void anAccountingThatDoesNotAnswerLeavesUnknownWhatItWouldTell() throws Exception {
    run("--", "true");
    record(-1, 100, "60.0", "1000");
    slurm.say("sacct", "echo 'Slurm accounting storage is disabled' >&2; exit 1");

    Karez.Said said = slurm.run("efficiency", "1");

    assertThat(said.out().lines().toList())
        .startsWith(
            "\tasked\tmedian\tmax\tjob at max",
            "cpu\t1 core\t0.06 busy (6.0%)\t0.06 busy (6.0%)\t0",
            "memory\t-\t100M\t100M\t0",
            "time\t-\t0:16:40\t0:16:40\t0");
    assertThat(said.err())
        .isEqualTo("the accounting did not answer: Slurm accounting storage is disabled\n");
  }

  @Test
  void anAccountingThatIsNotNeededIsNotMissed() throws Exception {
    run("--memory", "4G", "--time", "1h", "--", "true");
    record(-1, 100, "60.0", "1000");
    slurm.say("sacct", "echo 'Slurm accounting storage is disabled' >&2; exit 1");

    assertThat(slurm.run("efficiency", "1").err()).isEmpty();
  }

  @Test
  void whatWasAskedForAPackIsNotTakenForThatOfItsJobs() throws Exception {
    run(
        "--pack",
        "2",
        "--tasks",
        "3",
        "--cpus",
        "2",
        "--memory",
        "4G",
        "--time",
        "1h",
        "-R",
        "--i 0 3 1",
        "--",
        "true");
    record(0, 100, "60.0", "1000");
    slurm.words("sacct");

    Karez.Said said = slurm.run("efficiency", "1/0");

    assertThat(said.out())
        .contains("asked   2 cores\n", "memory  100M, by time\n", "time    0:16:40\n");
    assertThat(said.err())
        .isEqualTo(
            "its jobs ran in packs: memory and time were asked for all of a pack together\n");
    assertThat(slurm.words("sacct")).isEmpty();
  }

  @Test
  void aJobThatHasNotEndedIsNotCounted() throws Exception {
    slurm.say("sbatch", "echo 7");
    slurm.say("squeue", "echo '7|PENDING|N/A|1:00|0:00|100M||Priority'");
    run("--", "true");

    Karez.Said said = slurm.run("efficiency", "1");

    assertThat(said.code()).isZero();
    assertThat(said.out()).isEqualTo("nothing of run 1 has run to its end: queued\n");
    assertThat(json(slurm.run("efficiency", "1", "--json")).objects("jobs")).isEmpty();
  }

  @Test
  void anAttemptThatAskedForMoreIsMeasuredByThat() throws Exception {
    run("--memory", "1G", "--time", "1h", "--", "sh", "-c", "test -e there");
    karez.write("there", "");
    slurm.say("sacct", "echo '7|FAILED|1:0|2001|1|2|1|01:00:00|00:00:01|1G|n01|None'");
    Karez.Said retried = slurm.run("retry", "1", "--memory", "x2");
    assertThat(retried.code()).as(retried.err()).isZero();

    assertThat(slurm.run("efficiency", "1/0").out()).contains("asked   1 core, 2G, 1:00:00\n");
  }

  @Test
  void whatSharesAreOfIsNotKnownOfALocalJobThatAskedForNothing() {
    assertThat(karez.run("run", "--", "true").code()).isZero();
    assertThat(karez.run("efficiency", "1/0").out())
        .contains("asked   -\n")
        .contains("wasted  -\n");
  }

  @Test
  void whyALimitWasExceededIsSaidWithTheLimitAndWhatWasUsed() throws Exception {
    run("--memory", "4G", "--time", "1h", "--", "sh", "-c", "echo work; echo oops >&2");
    end(-1, MEASURED.formatted(3994 * 1024, "3000") + ",\"signal\":15", "3605", "143");
    slurm.say("sacct", "echo '7|TIMEOUT|0:0|2001|1|3606|3605|01:00:00|00:00:01|4G|n01|None'");

    String said = slurm.run("why", "1").out();

    assertThat(said)
        .startsWith("1 job failed: it ran out of the time it had asked for\n")
        .contains(
            "\n  scheduler says  TIMEOUT\n",
            "\n  ended with      signal 15\n",
            "\n  time            1:00:05 of 1:00:00\n",
            "\n  memory          3.9G of 4G\n",
            "\n    oops\n",
            "\n  hint: `karez retry 1 --cause timeout --time x2` asks for twice as much\n");
    JsonObject example =
        json(slurm.run("why", "1", "--json"))
            .objects("reasons")
            .getFirst()
            .optionalObject("example")
            .orElseThrow();
    assertThat(example.number("signal")).isEqualTo(15);
    assertThat(example.number("time_limit_s")).isEqualTo(3600);
    assertThat(example.optionalDecimal("memory_share").orElseThrow()).isGreaterThan(0.97);
  }

  private void run(String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("run", "-r", "slurm"));
    words.addAll(List.of(options));
    Karez.Said said = slurm.run(words.toArray(String[]::new));
    assertThat(said.code()).as(said.err()).isZero();
  }

  /// Writes the end of a job anew.
  ///
  /// @param job -1 for the only one
  private void record(int job, int mebibytes, String cpu, String elapsed) throws IOException {
    end(job, MEASURED.formatted(mebibytes * 1024, cpu), elapsed, "0");
  }

  /// As on a node without `/usr/bin/time`.
  private void lacking(int job) throws IOException {
    end(job, "", "100", "0");
  }

  private void end(int job, String more, String elapsed, String status) throws IOException {
    String place = job < 0 ? "results/_/run_1" : "results/_/run_1/group_" + job;
    Path file = karez.root().resolve(place).resolve("record.jsonl");
    String start =
        Files.readAllLines(file)
            .getFirst()
            .replaceFirst("\"uptime\":\"[^\"]*\"", "\"uptime\":\"1000\"");
    String uptime = Long.toString(1000 + Long.parseLong(elapsed));
    String end =
        "{\"event\":\"end\",\"attempt\":1,\"status\":%s,\"uptime\":\"%s\"%s}"
            .formatted(status, uptime, more);
    Files.writeString(file, start + "\n" + end + "\n");
  }

  private static JsonObject json(Karez.Said said) {
    assertThat(said.code()).as(said.err()).isZero();
    return JsonObject.of(Json.read(said.out(), "efficiency")).orElseThrow();
  }
}
