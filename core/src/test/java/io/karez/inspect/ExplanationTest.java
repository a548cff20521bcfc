package io.karez.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.karez.define.Cause;
import io.karez.define.Container;
import io.karez.define.JobState;
import io.karez.store.JobRecord;
import io.karez.track.TrackedJob;
import io.karez.track.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExplanationTest {
  private static final Explanation.Started TRAIN =
      new Explanation.Started("pythn3", false, Optional.empty());

  @Test
  void everyCauseHasASentence() {
    String said =
        Arrays.stream(Cause.values())
            .map(cause ->
                cause.word() + ": " + Explanation.of(job(0, cause, 3, 15), TRAIN).sentence())
            .collect(Collectors.joining("\n"));

    assertThat(said)
        .isEqualTo(
            """
            exit: the program ended with exit code 3
            signal: SIGTERM (15) ended the program
            timeout: it ran out of the time it had asked for
            oom: it used more memory than it may
            node: its node failed
            preempted: it had to make room for another job
            launch: it could not be started: some evidence
            deadline: its deadline passed before it could end
            dependency: what it depends on did not succeed
            policy: the scheduler's policy ended it
            user: it was cancelled by its owner
            admin: some evidence
            lost: nobody knows how it ended: some evidence\
            """);
  }

  @Test
  void aKilledProgramMayHaveRunOutOfMemory() {
    assertThat(Explanation.of(job(0, Cause.SIGNAL, 0, 9), TRAIN))
        .isEqualTo(
            new Explanation(
                "SIGKILL (9) ended the program",
                Optional.of(
                    "the machine does this when memory runs out:"
                        + " compare the peak memory with what was asked")));
    assertThat(Explanation.of(job(0, Cause.SIGNAL, 0, 40), TRAIN))
        .isEqualTo(new Explanation("signal 40 ended the program", Optional.empty()));
  }

  @Test
  void aProgramThatIsMissingIsNamedAsTheReason() {
    JobRecord.End end =
        new JobRecord.End(
            Optional.empty(),
            Optional.empty(),
            Optional.of(127),
            Optional.empty(),
            Optional.of("program"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false);
    TrackedJob job = job(0, Cause.LAUNCH, 127, 0);
    TrackedJob recorded =
        new TrackedJob(
            0,
            1,
            1,
            Optional.empty(),
            Optional.of(new JobRecord(1, Optional.empty(), Optional.of(end))),
            Optional.empty(),
            job.verdict());

    assertThat(Explanation.of(recorded, TRAIN))
        .isEqualTo(
            new Explanation(
                "its program `pythn3` could not be found or executed",
                Optional.of("check its name, `PATH` and `chmod +x`")));
    assertThat(
            Explanation.of(recorded, new Explanation.Started("train", true, Optional.empty()))
                .hint())
        .contains(
            "check its name, `PATH` and `chmod +x`, and the shell lines under `setup:` of the"
                + " experiment, which come before it");
  }

  @Test
  void anExitCodeHasAHintAtWhatItOftenMeans() {
    assertThat(hint(1))
        .isEqualTo("most programs say 1 for any error: its last words may tell more");
    assertThat(hint(2)).startsWith("2 often says that arguments were wrong or a file was missing");
    assertThat(hint(126)).contains("`chmod +x`");
    assertThat(hint(127)).contains("`PATH`");
    assertThat(hint(139)).isEqualTo("a shell says 139 when SIGSEGV (11) ended what it had started");
    assertThat(hint(200))
        .isEqualTo("what 200 means is the program's own choice: its last words may tell more");
  }

  @Test
  void codesOfAnEngineAreNamedAsSuch() {
    Explanation.Started inPodman = in(Container.Engine.PODMAN);
    Explanation.Started inApptainer = in(Container.Engine.APPTAINER);
    for (int code : new int[] {125, 126, 127}) {
      assertThat(hint(code, inPodman))
          .isEqualTo(
              "%d is also what `podman` says when it cannot start the container or the program in"
                      .formatted(code)
                  + " it: its last words may tell more");
      assertThat(hint(code, inApptainer)).doesNotContain("apptainer");
    }
    assertThat(hint(255, inApptainer)).startsWith("255 is also what `apptainer` says");
    assertThat(hint(255, inPodman)).doesNotContain("podman");
  }

  private static Explanation.Started in(Container.Engine engine) {
    return new Explanation.Started(
        "train",
        false,
        Optional.of(new Container(engine, "i", false, List.of(), Optional.empty())));
  }

  private static String hint(int code, Explanation.Started started) {
    return Explanation.of(job(0, Cause.EXIT, code, 0), started).hint().orElseThrow();
  }

  private static String hint(int code) {
    return Explanation.of(job(0, Cause.EXIT, code, 0), TRAIN).hint().orElseThrow();
  }

  @Test
  void failuresAlikeAreOneGroupTheLargestFirst() {
    List<TrackedJob> jobs =
        List.of(
            job(0, Cause.EXIT, 2, 0),
            job(1, Cause.EXIT, 1, 0),
            job(2, Cause.OOM, 0, 0),
            job(3, Cause.EXIT, 1, 0),
            succeeded(4));

    assertThat(Alike.groups(jobs, TRAIN, job -> "the same"))
        .extracting(
            group -> group.explanation().sentence(),
            group -> group.jobs().stream().map(TrackedJob::index).toList())
        .containsExactly(
            tuple("the program ended with exit code 1", List.of(1, 3)),
            tuple("the program ended with exit code 2", List.of(0)),
            tuple("it used more memory than it may", List.of(2)));
  }

  @Test
  void programsThatEndedAlikeAreToldApartByTheirLastWords() {
    List<TrackedJob> jobs = IntStream.range(0, 10).mapToObj(i -> job(i, Cause.EXIT, 1, 0)).toList();

    assertThat(
            Alike.groups(
                jobs,
                TRAIN,
                job ->
                    job.index() % 2 == 0
                        ? "ValueError: seed " + job.index() + " at 0x7f" + job.index()
                        : "OSError: cannot read '/data/%d/in.csv'".formatted(job.index())))
        .extracting(group -> group.jobs().stream().map(TrackedJob::index).toList())
        .containsExactly(List.of(0, 2, 4, 6, 8), List.of(1, 3, 5, 7, 9));
  }

  @Test
  void wordsThatAreDifferentForEachJobTellNoReasonsApart() {
    List<TrackedJob> jobs = IntStream.range(0, 20).mapToObj(i -> job(i, Cause.EXIT, 1, 0)).toList();

    assertThat(
            Alike.groups(
                jobs, TRAIN, job -> "no such name: " + Character.toString('a' + job.index())))
        .hasSize(1);
  }

  private static TrackedJob job(int index, Cause cause, int code, int signal) {
    return tracked(
        index,
        new Verdict(
            JobState.FAILED,
            true,
            Optional.of(cause),
            Optional.of(code),
            Optional.of(signal),
            Optional.empty(),
            "some evidence"));
  }

  private static TrackedJob succeeded(int index) {
    return tracked(
        index,
        new Verdict(
            JobState.SUCCEEDED,
            true,
            Optional.empty(),
            Optional.of(0),
            Optional.empty(),
            Optional.empty(),
            "job record"));
  }

  private static TrackedJob tracked(int index, Verdict verdict) {
    return new TrackedJob(
        index, 1, 1, Optional.empty(), Optional.empty(), Optional.empty(), verdict);
  }
}
