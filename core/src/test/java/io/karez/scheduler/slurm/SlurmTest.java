package io.karez.scheduler.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.Memory;
import io.karez.define.Resources;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.define.Warning;
import io.karez.scheduler.Directives;
import io.karez.scheduler.JobRequest;
import io.karez.scheduler.LaunchFiles;
import io.karez.scheduler.NativeId;
import io.karez.scheduler.SubmitReply;
import io.karez.text.Place;
import io.karez.transport.Completed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlurmTest {
  private final Slurm slurm = new Slurm();

  @Test
  void theScriptOfOneJobCanBeReadByAPerson() {
    assertThat(slurm.render(request(1, 0, List.of(directive("--mem", "4G")))).script())
        .isEqualTo(
            """
            #!/bin/bash -l
            #SBATCH --job-name=summary_iris_4
            #SBATCH --output=/home/p/results/summary_iris/run_4/scheduler/slurm-%j.txt
            #SBATCH --open-mode=append
            #SBATCH --comment=00ff.1
            #SBATCH --mem=4G

            # Karez, run 4 of summary_iris; uid 00ff, submission 1
            kz_job() {
              exec /bin/sh /home/p/results/summary_iris/run_4/wrapper.sh /home/p/results/summary_iris/run_4 1 \
            "${SLURM_ARRAY_TASK_ID:-0}" "${SLURM_ARRAY_JOB_ID:-$SLURM_JOB_ID}${SLURM_ARRAY_TASK_ID:+_$SLURM_ARRAY_TASK_ID}" \
            "${SLURM_RESTART_COUNT:-0}" '' "$@"
            }
            cd -- '/home/p/my work' || kz_job directory
            export OMP_NUM_THREADS=1
            trap 'kz_job setup' EXIT
            module load python
            [ $? -eq 0 ] || exit 125
            trap - EXIT
            kz_job
            """);
  }

  @Test
  void severalJobsAreOneArray() {
    assertThat(slurm.render(request(1000, 0, List.of())).script())
        .contains("\n#SBATCH --array=0-999\n", "/slurm-%A_%a.txt\n");
    assertThat(slurm.render(request(1000, 50, List.of())).script())
        .contains("\n#SBATCH --array=0-999%50\n");
  }

  @Test
  void aPackIsOneJobOfTheScheduler() {
    LaunchFiles files = slurm.render(request(25, 10, 0, List.of()));
    assertThat(files.script())
        .contains("\n#SBATCH --array=0-2\n")
        .contains(
            """
              exec /bin/sh /home/p/results/summary_iris/run_4/pack.sh "${SLURM_CPUS_ON_NODE:-1}" \
            "$((${SLURM_CPUS_PER_TASK:-1} * ${SLURM_NTASKS:-1}))" "${SLURM_ARRAY_TASK_ID:-0}" 10 25 \
            /home/p/results/summary_iris/run_4 1\
            """);
    assertThat(files.others()).containsOnlyKeys("wrapper.sh", "pack.sh");
    assertThat(slurm.render(request(10, 10, 0, List.of())).script()).doesNotContain("--array");
  }

  @Test
  void directivesAreWrittenAsTheSchedulerReadsThem() {
    List<Directive> directives =
        List.of(
            directive("-p", "debug"),
            directive("--mem", "4G"),
            new Directive("--exclusive", Optional.empty()),
            directive("--gres", "gpu:1"),
            directive("--mail-user", "a b\"c\\d #e"));
    assertThat(slurm.render(request(1, 0, directives)).script())
        .contains(
            """
            #SBATCH -p debug
            #SBATCH --mem=4G
            #SBATCH --exclusive
            #SBATCH --gres=gpu:1
            #SBATCH --mail-user="a b\\"c\\\\d #e"
            """);
  }

  @Test
  void aJobThatIsToGoOnAfterItsWarningKnowsHowToBePutBack() {
    Warning warning = Warning.parse("SIGUSR1@120:requeue", Place.of("--signal"));
    assertThat(slurm.render(request(1, 0, slurm.warn(warning))).script())
        .contains("#SBATCH --signal=B:USR1@120\n#SBATCH --requeue\n")
        .contains(" 'USR1 scontrol requeue' \"$@\"\n");
    Warning once = Warning.parse("USR1@120", Place.of("--signal"));
    assertThat(slurm.render(request(1, 0, slurm.warn(once))).script())
        .contains("#SBATCH --signal=B:USR1@120\n\n")
        .doesNotContain("scontrol");
  }

  @Test
  void whatIsAskedForIsSaidOnceAndTheLaterLayerWins() {
    Resources experiment =
        new Resources(
            Optional.of(2),
            Optional.of(4),
            Optional.empty(),
            Optional.of(Memory.ofMebibytes(2049)),
            Optional.of(1),
            Optional.of(Duration.ofHours(30)),
            Optional.of("debug"),
            Optional.of("research"));
    List<Directive> directives =
        new Directives(slurm)
            .over(experiment)
            .over(List.of(directive("-c", "2"), directive("--mem-per-cpu", "1G")))
            .over(Resources.NONE)
            .over(List.of(directive("-n", "8"), new Directive("--exclusive", Optional.empty())))
            .list();
    assertThat(directives)
        .containsExactly(
            directive("--nodes", "2"),
            directive("-n", "8"),
            directive("--mem-per-cpu", "1G"),
            directive("--gres", "gpu:1"),
            directive("--time", "1-06:00:00"),
            directive("--partition", "debug"),
            directive("--account", "research"),
            directive("-c", "2"),
            new Directive("--exclusive", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "27 -> 27",
        "27;cluster -> 27;cluster",
        "'Welcome to Triton!\n27\nMaintenance on Monday\n' -> 27",
        "Submitted batch job 27 -> 27",
        "'** site banner\nSubmitted batch job 27 on cluster alpha\n' -> 27;alpha"
      })
  void theIdIsFoundAmongWhatASiteSaysBesides(String reply, String id) {
    assertThat(slurm.readSubmit(completed(0, reply, "")))
        .isEqualTo(new SubmitReply.Accepted(new NativeId(id), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sbatch: error: Batch job submission failed: Invalid partition name specified",
        "sbatch: error: Batch job submission failed: Requested reservation is invalid",
        "sbatch: error: Batch job submission failed: Invalid license specification",
        "sbatch: error: Memory specification can not be satisfied\n"
            + "sbatch: error: Batch job submission failed: Requested node configuration is not available",
        "sbatch: unrecognized option '--nonsense=1'\nTry \"sbatch --help\" for more information",
        "sbatch: error: Invalid directive found in batch script: nonsense",
        "sbatch: fatal: script.sh: line 2: Unmatched `\"` in [--comment=\"a]",
        "sbatch: error: Invalid --time specification",
        "Invalid time specification (pos=0): xx\nsbatch: error: Invalid --begin specification",
        "sbatch: error: \"abc\" is not a valid node count",
        "sbatch: error: Invalid numeric value \"-1\" for --ntasks.",
        "sbatch: error: Invalid generic resource (gres) specification",
        "sbatch: error: This does not look like a batch script.  The first\n"
            + "sbatch: error: line must start with #! followed by the path to an interpreter.",
        "sbatch: error: Unable to open file missing.sh",
        "sbatch: error: unrecognized --hint argument \"foo\", see --hint=help",
        "sbatch: error: --uid only permitted by root user"
      })
  void whatSlurmIsKnownToHaveRefusedIsRefused(String text) {
    assertThat(slurm.readSubmit(completed(1, "", text))).isEqualTo(new SubmitReply.Refused(text));
  }

  @Test
  void aLimitThatPassesIsNoRefusal() {
    String text =
        "sbatch: error: AssocMaxSubmitJobLimit\n"
            + "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job"
            + " submit limit, user's size and/or time limits)";
    assertThat(slurm.readSubmit(completed(1, "", text))).isEqualTo(new SubmitReply.Full(text));
  }

  @Test
  void aLimitOfASingleJobDoesNotPass() {
    String text =
        "sbatch: error: QOSMaxCpuPerJobLimit\n"
            + "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job"
            + " submit limit, user's size and/or time limits)";
    assertThat(slurm.readSubmit(completed(1, "", text))).isEqualTo(new SubmitReply.Refused(text));
  }

  @Test
  void whatWasSaidWhileItWasTriedDecidesNothing() {
    String text =
        """
        sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying
        sbatch: error: Invalid partition name
        sbatch: error: Batch job submission failed: Socket timed out on send/recv operation\
        """;
    assertThat(slurm.readSubmit(completed(1, "", text))).isEqualTo(new SubmitReply.Uncertain(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "0, no id in here",
    "1, sbatch: error: Batch job submission failed: Socket timed out on send/recv operation",
    "1, sbatch: error: Batch job submission failed: Unable to contact slurm controller",
    "1, sbatch: error: Batch job submission failed: Unspecified error",
    "1, sbatch: error: Batch job submission failed: Zero Bytes were transmitted or received",
    "1, sbatch: error: Batch job submission failed: Unexpected message received",
    "1, sbatch: error: Batch job submission failed: Communication connection failure",
    "1, sbatch: error: Batch job submission failed: Protocol authentication error",
    "1, sbatch: error: If munged is up: restart with --num-threads=10",
    "143, sbatch: error: invalid partition specified: nope"
  })
  void whateverElseItSaysNobodyKnowsWhetherItHasTheJobs(int code, String text) {
    assertThat(slurm.readSubmit(completed(code, "", text)))
        .isInstanceOf(SubmitReply.Uncertain.class);
  }

  @Test
  void aJobIsNamedByItsArrayUnlessItIsAlone() {
    assertThat(slurm.idOf("27", 1, 0, Optional.empty()).text()).isEqualTo("27");
    assertThat(slurm.idOf("27", 3, 2, Optional.empty()).text()).isEqualTo("27_2");
  }

  @Test
  void manyJobsAreEndedByOneCommandOfRanges() {
    List<NativeId> ids =
        List.of(
            new NativeId("27_0"),
            new NativeId("27_1"),
            new NativeId("27_2"),
            new NativeId("27_7"),
            new NativeId("30"));
    assertThat(slurm.cancel(ids, false).words())
        .containsExactly("scancel", "--quiet", "27_[0-2,7]", "30");
    assertThat(slurm.cancel(List.of(new NativeId("30;alpha")), true).words())
        .containsExactly("scancel", "--quiet", "--clusters=alpha", "--signal=KILL", "--full", "30");
  }

  private static JobRequest request(int tasks, int slots, List<Directive> directives) {
    return request(tasks, 1, slots, directives);
  }

  private static JobRequest request(int tasks, int pack, int slots, List<Directive> directives) {
    return new JobRequest(
        "run 4 of summary_iris",
        "summary_iris_4",
        "00ff",
        "00ff.1",
        Path.of("/home/p/results/summary_iris/run_4"),
        Path.of("/home/p/my work"),
        1,
        tasks,
        pack,
        directives.stream().anyMatch(d -> d.key().equals("--requeue")),
        slots,
        List.of(),
        Map.of("OMP_NUM_THREADS", "1"),
        List.of("module load python"),
        directives);
  }

  private static Directive directive(String key, String value) {
    return new Directive(key, Optional.of(value));
  }

  private static Completed completed(int code, String out, String err) {
    return new Completed(
        code, out.getBytes(StandardCharsets.UTF_8), err.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void withoutSbatchNothingIsSubmitted() {
    Completed reply = completed(127, "", "sbatch: 7: exec: sbatch: not found\n");
    assertThat(new Slurm().readSubmit(reply))
        .isEqualTo(new SubmitReply.Refused("there is no `sbatch` on the PATH"));
  }
}
