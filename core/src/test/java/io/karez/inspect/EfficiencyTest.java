package io.karez.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.Cause;
import io.karez.define.JobState;
import io.karez.define.Memory;
import io.karez.inspect.Efficiency.Spread;
import io.karez.inspect.JobUse.Amount;
import io.karez.scheduler.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EfficiencyTest {
  private static final long MIB = 1L << 20;

  /// Two cores, 4 GiB and an hour asked for.
  private static final Asked ASKED =
      new Asked(
          Optional.of(1),
          Optional.of(1),
          Optional.of(2),
          Optional.of(Memory.ofMebibytes(4096)),
          Optional.of(Duration.ofHours(1)),
          Optional.empty());

  @Test
  void sharesAreOfWhatWasAskedFor() {
    JobUse job = job(0, 1800, 900, 1024);
    assertThat(job.cpuShare()).contains(0.25);
    assertThat(job.memoryShare()).contains(0.25);
    assertThat(job.timeShare()).contains(0.5);
    assertThat(job.wasted()).contains(Duration.ofMinutes(45));
  }

  @Test
  void medianMaximumAndWasteAreOfAllJobs() {
    Efficiency efficiency =
        Efficiency.of(List.of(job(0, 100, 100, 300), job(1, 100, 200, 310), job(2, 200, 40, 290)));
    assertThat(efficiency.cpu())
        .contains(new Spread(3, 1.0, 2.0, Optional.of(0.5), Optional.of(1.0), 1, false));
    assertThat(efficiency.memory().orElseThrow().jobAtMax()).isEqualTo(1);
    assertThat(efficiency.time().orElseThrow().median()).isEqualTo(100);
    assertThat(efficiency.coreTime()).isEqualTo(Duration.ofSeconds(800));
    assertThat(efficiency.wasted()).isEqualTo(Duration.ofSeconds(460));
    assertThat(efficiency.worstFirst()).extracting(JobUse::index).containsExactly(2, 0, 1);
  }

  @Test
  void ofAnEvenNumberTheMedianLiesBetween() {
    Efficiency efficiency = Efficiency.of(List.of(job(0, 100, 20, 1), job(1, 100, 60, 1)));
    assertThat(efficiency.cpu().orElseThrow().share()).contains(0.2);
  }

  @Test
  void whatNobodyKnowsIsNotCountedAndNotGuessed() {
    JobUse unknown =
        new JobUse(
            3,
            JobState.FAILED,
            Optional.of(Cause.SIGNAL),
            Asked.NOTHING,
            Optional.of(Duration.ofSeconds(50)),
            Optional.empty(),
            Optional.empty());
    Efficiency efficiency = Efficiency.of(List.of(unknown, job(4, 100, 50, 100)));
    assertThat(efficiency.cpu().orElseThrow().jobs()).isEqualTo(1);
    assertThat(efficiency.time().orElseThrow().share()).isEmpty();
    assertThat(efficiency.worstFirst()).extracting(JobUse::index).containsExactly(4, 3);
    assertThat(Efficiency.of(List.of(unknown)).memory()).isEmpty();
    assertThat(advice(unknown)).isEmpty();
  }

  @Test
  void aFifthMoreThanThePeakWouldDo() {
    assertThat(advice(job(0, 1800, 3500, 300), job(1, 1700, 3300, 310)))
        .containsExactly(
            "memory: 4G asked, at most 310M used; `--memory 400M` would do (a fifth more than the"
                + " peak)",
            "time: 1:00:00 asked, at most 0:30:00 taken; `--time 0:45:00` would do (half more than"
                + " the longest)");
  }

  @Test
  void whereFewNeedMuchTheOthersNeedNotAskForIt() {
    JobUse[] jobs = new JobUse[20];
    for (int i = 0; i < 20; i++) {
      jobs[i] = job(i, 1800, 3500, i == 7 ? 900 : 10);
    }
    assertThat(advice(jobs).getFirst())
        .isEqualTo(
            "memory: 4G asked, at most 900M used; `--memory 1500M` would do (a fifth more than the"
                + " peak), but nine in ten used at most 10M: with `--memory 100M` the others would"
                + " run out of it, and `karez retry RUN --cause oom --memory x15` asks for more for"
                + " them");
  }

  @Test
  void aJobTooShortToMeasureIsNotSaidToBeBusy() {
    JobUse blink =
        new JobUse(
            0,
            JobState.SUCCEEDED,
            Optional.empty(),
            ASKED,
            Optional.of(Duration.ofMillis(10)),
            Optional.of(new Amount(0.04, false, "time")),
            Optional.empty());
    assertThat(Efficiency.of(List.of(blink)).cpu()).isEmpty();
    assertThat(Amounts.cores(0.021)).isEqualTo("0.02");
    assertThat(Amounts.cores(0)).isEqualTo("0");
  }

  @Test
  void coresThatWereIdleAreNamed() {
    assertThat(advice(job(0, 3500, 3600, 4000)))
        .containsExactly(
            "cpus: 2 asked, at most 1 kept busy on the average; `--cpus 1` may do",
            "memory: 4G asked, and 3.9G used: the next may run out of it; `--memory 5000M` is"
                + " safer");
  }

  @Test
  void whileJobsRunItIsSaidThatMoreMayCome() {
    Efficiency efficiency = Efficiency.of(List.of(job(0, 3500, 7000, 310)));
    assertThat(Advice.of(efficiency, false).getFirst().sentence())
        .startsWith("memory: 4G asked, at most 310M used so far; ");
  }

  @Test
  void nothingIsAdvisedFromJobsThatFailed() {
    assertThat(advice(ended(0, JobState.FAILED, Cause.EXIT))).isEmpty();
  }

  @Test
  void whereSomeRanOutNobodyKnowsWhatIsEnough() {
    assertThat(
            advice(
                job(0, 1800, 3500, 300),
                ended(1, JobState.FAILED, Cause.OOM),
                ended(2, JobState.FAILED, Cause.TIMEOUT),
                ended(3, JobState.FAILED, Cause.TIMEOUT)))
        .containsExactly(
            "memory: 1 job ran out of it: `karez retry RUN --cause oom --memory x2`",
            "time: 2 jobs ran out of it: `karez retry RUN --cause timeout --time x2`");
  }

  @Test
  void aPeakThatIsALowerBoundIsNoBasis() {
    JobUse sampled =
        new JobUse(
            0,
            JobState.SUCCEEDED,
            Optional.empty(),
            ASKED,
            Optional.of(Duration.ofMinutes(50)),
            Optional.of(new Amount(6000, false, "time")),
            Optional.of(new Amount(310 * MIB, true, "samples")));
    assertThat(advice(sampled))
        .containsExactly("memory: 4G asked, at least 310M used, and nobody knows the peak");
  }

  /// Of a record that knows its largest process, and of an accounting that now and then looks at
  /// all processes: MiB, and what is made of both.
  @ParameterizedTest
  @CsvSource({
    "300, 310, 310, false, time",
    "300, 200, 300, false, time",
    "3, 30, 30, false, time",
    "300, 900, 900, true, accounting",
    "300, , 300, false, time",
    ", 200, 200, true, accounting"
  })
  void severalProcessesAtATimeAreNotTakenForTheLargest(
      Long own, Long seen, long together, boolean isLeast, String source) {
    assertThat(
            Amount.together(
                Optional.ofNullable(own).map(mib -> new Amount(mib * MIB, false, "time")),
                Optional.ofNullable(seen).map(mib -> new Amount(mib * MIB, true, "accounting"))))
        .contains(new Amount(together * MIB, isLeast, source));
  }

  @ParameterizedTest
  @CsvSource({"0, 0K", "3493888, 3.3M", "325058560, 310M", "4187593114, 3.9G", "12884901888, 12G"})
  void amountsAreShortAsTheyAreAskedFor(long bytes, String text) {
    assertThat(Amounts.memory(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0%", "0.0004, 0.0%", "0.076, 7.6%", "0.0996, 10%", "0.484, 48%", "1.5, 150%"})
  void sharesAreShownInPercent(double share, String text) {
    assertThat(Amounts.share(share)).isEqualTo(text);
  }

  @Test
  void theLeastThatIsAdvisedIsNotSaidToBeAShareOfWhatWasUsed() {
    assertThat(advice(job(0, 50, 60, 20)))
        .anyMatch(line -> line.endsWith("`--memory 100M` would do (less is not worth asking for)"))
        .anyMatch(
            line -> line.endsWith("`--time 0:05:00` would do (less is not worth asking for)"));
  }

  private static List<String> advice(JobUse... jobs) {
    return new ArrayList<>(Advice.of(Efficiency.of(List.of(jobs)), true))
        .stream().map(Advice::sentence).toList();
  }

  private static JobUse job(int index, long seconds, long cpuSeconds, long mebibytes) {
    return new JobUse(
        index,
        JobState.SUCCEEDED,
        Optional.empty(),
        ASKED,
        Optional.of(Duration.ofSeconds(seconds)),
        Optional.of(new Amount(cpuSeconds, false, "time")),
        Optional.of(new Amount(mebibytes * MIB, false, "time")));
  }

  private static JobUse ended(int index, JobState state, Cause cause) {
    JobUse job = job(index, 100, 10, 10);
    return new JobUse(
        index, state, Optional.of(cause), ASKED, job.elapsed(), job.cpu(), job.memory());
  }
}
