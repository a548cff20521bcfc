package io.karez.scheduler.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.Memory;
import io.karez.define.Resources;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.scheduler.CancelReply;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Directives;
import io.karez.scheduler.JobRequest;
import io.karez.scheduler.JobTrace;
import io.karez.scheduler.LaunchFiles;
import io.karez.scheduler.NativeId;
import io.karez.scheduler.Room;
import io.karez.scheduler.Sighting;
import io.karez.scheduler.SubmitReply;
import io.karez.transport.Completed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlurmStepsTest {
  private static final String SUPERVISOR = "h m b n 12 120";
  private static final NativeId STEP = new NativeId("118568.3");

  private final Dialect steps = new SlurmSteps();

  @Test
  void theLaunchFileSaysHowEachStepIsStarted() {
    LaunchFiles files = steps.render(request(List.of(parse("--jobid=118568"), parse("--mem=4G"))));
    assertThat(files.script())
        .isEqualTo(
            """
            #!/bin/sh
            # Karez, run 4 of e: 3 jobs as steps in an allocation of Slurm, 2 at a time
            # allocation 118568
            # uid 00ff, submission 1
            kz_ended() { echo "$1" >/r/run_4/submissions/1/ended.new && mv /r/run_4/submissions/1/ended.new /r/run_4/submissions/1/ended; }
            cd -- '/my work' || { kz_ended directory; exit 125; }
            export A=b
            if [ -n "${SLURM_JOB_ID-}" ]; then
              for kz_name in $(env | sed -n 's/^\\(SLURM_[A-Z0-9_]*\\)=.*/\\1/p'); do
                case $kz_name in SLURM_CONF | SLURM_CLUSTERS) ;; *) unset "$kz_name" ;; esac
              done
            fi
            exec /bin/sh /r/run_4/steps.sh supervise /r/run_4 1 2 \
            srun --jobid=118568 --exact --nodes=1 --ntasks=1 --cpus-per-task=1 --mem=4G --export=ALL --job-name=e_4 \
            /bin/sh -c 'exec /bin/sh "$@" "$SLURM_JOB_ID.$SLURM_STEP_ID" 0 '\\'''\\''' sh /r/run_4/wrapper.sh /r/run_4 1
            """);
    assertThat(files.others().keySet()).containsExactlyInAnyOrder("steps.sh", "wrapper.sh");
  }

  @Test
  void aStepHasTheCoresOfAllItsTasksAndNothingThatTheAllocationHas() {
    Resources asked =
        new Resources(
            Optional.of(1),
            Optional.of(4),
            Optional.of(2),
            Optional.of(Memory.ofMebibytes(512)),
            Optional.empty(),
            Optional.empty(),
            Optional.of("debug"),
            Optional.of("research"));
    assertThat(new Directives(steps).over(asked).list())
        .containsExactly(parse("--mem=512M"), parse("--cpus-per-task=8"));
    assertThat(new Directives(steps).over(List.of(parse("-c 3"))).over(Resources.NONE).list())
        .containsExactly(parse("-c 3"));
  }

  @Test
  void aSubmissionWithoutItsAllocationIsRefused() {
    String why = "karez: allocation 118568 cannot be used: it is TIMEOUT";
    assertThat(steps.readSubmit(reply(69, "", why + "\n"))).isEqualTo(new SubmitReply.Refused(why));
    assertThat(steps.readSubmit(reply(0, SUPERVISOR + "\n", "")))
        .isEqualTo(new SubmitReply.Accepted(new NativeId(SUPERVISOR), Optional.empty()));
    assertThat(steps.readSubmit(reply(1, "", "oops"))).isEqualTo(new SubmitReply.Uncertain("oops"));
  }

  @Test
  void aJobIsKnownByItsStepAndBeforeByItsSupervisor() {
    assertThat(steps.idOf(SUPERVISOR, 3, 1, Optional.empty())).isEqualTo(new NativeId(SUPERVISOR));
    JobTrace trace = new JobTrace("h2 m b n 1 1", "h2 m b n 2 2", "118568.3");
    assertThat(steps.idOf(SUPERVISOR, 3, 1, Optional.of(trace))).isEqualTo(STEP);
    assertThat(steps.shown(STEP)).contains("118568.3");
    assertThat(steps.shown(new NativeId(SUPERVISOR))).isEmpty();
  }

  @Test
  void eachWitnessIsAskedAboutItsOwnJobsOnly() {
    NativeId waiting = new NativeId(SUPERVISOR);
    List<NativeId> both = List.of(waiting, STEP);
    assertThat(steps.statusQueries().get(0).ask(both).input())
        .hasValueSatisfying(
            input -> assertThat(input).asString(UTF_8).isEqualTo(SUPERVISOR + "\n"));
    assertThat(
            steps
                .statusQueries()
                .get(0)
                .read(both, reply(0, "alive " + SUPERVISOR + "\n", ""))
                .sightings()
                .get(STEP))
        .isEqualTo(new Sighting.Absent());
    assertThat(steps.statusQueries().get(1).ask(both).words())
        .containsExactly("squeue", "--noheader", "--steps", "--format=%i", "--jobs=118568");
    assertThat(steps.statusQueries().get(0).ask(List.of(STEP)).words()).containsExactly("true");
    assertThat(steps.statusQueries().get(1).ask(List.of(waiting)).words()).containsExactly("true");
    assertThat(steps.statusQueries().get(2).ask(List.of(waiting)).words()).containsExactly("true");
  }

  @Test
  void onlyStepsAreSignalledAndThoseThatHaveEndedAreNoFailure() {
    NativeId waiting = new NativeId(SUPERVISOR);
    assertThat(steps.cancel(List.of(waiting, STEP), false).words())
        .containsExactly("scancel", "--quiet", "--signal=TERM", "118568.3");
    assertThat(steps.cancel(List.of(STEP), true).words())
        .containsExactly("scancel", "--quiet", "--signal=KILL", "118568.3");
    assertThat(steps.cancel(List.of(waiting), true).words()).containsExactly("true");
    String ended =
        "scancel: error: Kill job error on job step id 118568.3: Job/step already completing or"
            + " completed";
    assertThat(steps.readCancel(List.of(STEP), reply(1, "", ended)))
        .isEqualTo(new CancelReply(Map.of()));
    assertThat(steps.readCancel(List.of(STEP), reply(1, "", "no such host")).unreached())
        .containsOnlyKeys(STEP);
  }

  @Test
  void theRoomOfAnAllocationIsCountedByNode() {
    String shown =
        """
           JOB_GRES=(null)
             Nodes=n01 CPU_IDs=0-2 Mem=300 GRES=
             Nodes=n[02-03] CPU_IDs=0,4 Mem=0 GRES=
        """;
    Room room = new SlurmAllocations().readRoom(reply(0, shown, ""));
    assertThat(room.nodes())
        .containsExactly(
            new Room.Node("n01", 3, Optional.of(Memory.ofMebibytes(300))),
            new Room.Node("n02", 2, Optional.empty()),
            new Room.Node("n03", 2, Optional.empty()));
    assertThat(room.slots(Resources.NONE)).isEqualTo(7);
    assertThat(room.slots(asking(2, 0))).isEqualTo(3);
    assertThat(room.slots(asking(1, 150))).isEqualTo(6);
    assertThat(room.slots(asking(3, 301))).isZero();
    assertThat(new SlurmAllocations().readRoom(reply(1, "", "no")).nodes()).isEmpty();
  }

  private static Resources asking(int cpus, int mebibytes) {
    return new Resources(
        Optional.empty(),
        Optional.empty(),
        Optional.of(cpus),
        mebibytes == 0 ? Optional.empty() : Optional.of(Memory.ofMebibytes(mebibytes)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Directive parse(String text) {
    return Directive.parse(text);
  }

  private static Completed reply(int code, String out, String err) {
    return new Completed(code, out.getBytes(UTF_8), err.getBytes(UTF_8));
  }

  private static JobRequest request(List<Directive> directives) {
    return new JobRequest(
        "run 4 of e",
        "e_4",
        "00ff",
        "00ff.1",
        Path.of("/r/run_4"),
        Path.of("/my work"),
        1,
        3,
        1,
        false,
        2,
        List.of(),
        Map.of("A", "b"),
        List.of(),
        directives);
  }
}
