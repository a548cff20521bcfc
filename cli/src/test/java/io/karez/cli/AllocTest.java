package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Allocations against programs that only say what Slurm's have said.
class AllocTest {
  private static final String SEPARATOR = "^^";

  @TempDir Path directory;
  private FakeSlurm slurm;

  @BeforeEach
  void aSlurm() throws IOException {
    slurm = FakeSlurm.in(Karez.at(directory), directory);
    slurm.say("scancel", "true");
  }

  /// A row of `squeue`.
  private static String row(String id, String batch, String state, String comment) {
    return String.join(
        SEPARATOR,
        id,
        batch,
        state,
        "2",
        "4",
        "n[01-02]",
        "9:58",
        "0:02",
        "1795275450",
        "1795275450",
        "None",
        "debug",
        "research",
        comment,
        "karez",
        "");
  }

  private static String echo(String... rows) {
    return "cat <<'end'\n" + String.join("\n", rows) + "\nend";
  }

  @Test
  void anAllocationIsGotWithOneCommandAndKnownByItsNumber() throws Exception {
    slurm.say("salloc", "echo 'salloc: Granted job allocation 118568' >&2");
    slurm.say("squeue", echo(row("118568", "0", "RUNNING", "karez.alloc.ff")));
    Karez.Said said =
        slurm.run(
            "alloc",
            "get",
            "--native",
            "-N 5",
            "--native",
            "-C haswell",
            "--native",
            "--partition=debug",
            "--native",
            "--time=10:00:00",
            "--native",
            "--exclusive");
    assertThat(said)
        .isEqualTo(
            new Karez.Said(
                0,
                "118568\n",
                """
                allocation 118568: 2 nodes (n01, n02) for 9 min 58 s
                hint: `karez alloc run 118568 -- COMMAND` runs in it, `karez alloc release 118568` gives it back
                """));
    assertThat(slurm.words("salloc"))
        .singleElement()
        .asString()
        .matches(
            "salloc --no-shell --job-name=karez --comment=karez\\.alloc\\.[0-9a-f]{16} -N 5 -C"
                + " haswell --partition=debug --time=10:00:00 --exclusive");
  }

  @Test
  void theCommandIsShownAndNothingIsAskedFor() throws Exception {
    Karez.Said said =
        slurm.run("alloc", "get", "--nodes", "2", "--time", "30h", "--name", "a b", "--dry-run");
    assertThat(said)
        .isEqualTo(
            new Karez.Said(
                0,
                "salloc --no-shell '--job-name=a b' --comment=karez.alloc.TOKEN -N 2"
                    + " --time=1-06:00:00\n",
                ""));
    assertThat(slurm.run("alloc", "get", "--dry-run", "--json").out())
        .isEqualTo(
            "{\"schema\":1,\"site\":\"local\",\"command\":[\"salloc\",\"--no-shell\",\"--job-name=karez\","
                + "\"--comment=karez.alloc.TOKEN\"]}\n");
    assertThat(slurm.words("salloc")).isEmpty();
  }

  @Test
  void whatTheSchedulerRefusesIsQuoted() throws Exception {
    slurm.say(
        "salloc",
        "echo 'salloc: error: Job submit/allocate failed: Invalid node name specified' >&2; exit 1");
    assertThat(slurm.run("alloc", "get"))
        .isEqualTo(
            new Karez.Said(
                1,
                "",
                """
                error: `slurm` has given no allocation
                  salloc: error: Job submit/allocate failed: Invalid node name specified
                """));
  }

  @Test
  void aRequestThatAFailureLeftBehindIsTakenBack() throws Exception {
    slurm.say(
        "salloc",
        """
        echo "$*" | sed 's/.*--comment=//' >'%s/comment'
        echo 'salloc: error: Job submit/allocate failed: Socket timed out on send/recv operation' >&2
        exit 1
        """
            .formatted(directory));
    slurm.say(
        "squeue",
        """
        if [ -e '%1$s/cancelled' ]; then exit; fi
        sed 's/.*/9^^0^^PENDING^^1^^1^^^^1:00^^0:00^^0^^0^^Priority^^debug^^r^^&^^karez^^/' '%1$s/comment'
        """
            .formatted(directory));
    slurm.say("scancel", "true >'%s/cancelled'".formatted(directory));
    assertThat(slurm.run("alloc", "get"))
        .isEqualTo(
            new Karez.Said(
                1,
                "",
                """
                error: `slurm` has given no allocation
                  salloc: error: Job submit/allocate failed: Socket timed out on send/recv operation
                it was still there, as allocation 9, and is released
                """));
    assertThat(slurm.words("scancel")).containsExactly("scancel 9");
  }

  @Test
  void aRequestThatNobodyCanTellOfIsNotCalledWithdrawn() throws Exception {
    slurm.say("salloc", "echo 'salloc: error: Socket timed out' >&2; exit 1");
    slurm.say("squeue", "echo 'slurm_load_jobs error: Unable to contact' >&2; exit 1");
    assertThat(slurm.run("alloc", "get").err())
        .endsWith(
            """
            error: nobody knows whether the request is still there:
              `squeue` failed with exit code 1: slurm_load_jobs error: Unable to contact
            hint: `karez alloc list` shows it when the scheduler answers
            """);
  }

  @Test
  void anAllocationThatWasGivenWithoutAWordIsFoundByItsToken() throws Exception {
    slurm.say("salloc", "echo \"$*\" | sed 's/.*--comment=//' >'%s/comment'".formatted(directory));
    slurm.say(
        "squeue",
        "sed 's/.*/31^^0^^RUNNING^^1^^1^^n1^^1:00^^0:00^^0^^0^^None^^debug^^r^^&^^karez^^/' '%s/comment'"
            .formatted(directory));
    assertThat(slurm.run("alloc", "get").out()).isEqualTo("31\n");
  }

  @Test
  void allThatIsWrongIsSaidAtOnceAndNothingIsAskedFor() throws Exception {
    assertThat(
            slurm.run(
                "alloc",
                "get",
                "--nodes",
                "0",
                "--time",
                "soon",
                "--native",
                "haswell",
                "--native",
                "--version"))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: --nodes: `0` is not a whole number of at least 1
                error: --time: `soon` is not a time limit
                hint: write it as `90m`, `1h30m`, `10:00:00` or `1-00:00:00` (days-hours:minutes:seconds)
                error: --native: `haswell` is no option: options begin with `-` or `--`
                error: --native: `--version` asks for no allocation
                """));
    assertThat(slurm.words("salloc")).isEmpty();
    assertThat(slurm.run("alloc", "get", "-r", "local"))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: allocations are not offered by `local`
                hint: `--runner slurm` offers them
                """));
  }

  @Test
  void theListIsWhatTheSchedulerSaysNow() throws Exception {
    slurm.say(
        "squeue",
        echo(
            row("27", "0", "RUNNING", "karez.alloc.ff"),
            row("28", "0", "RUNNING", "(null)"),
            row("29", "1", "RUNNING", "(null)"),
            row("30", "0", "COMPLETING", "karez.alloc.fe")));
    assertThat(slurm.run("alloc", "list").out().lines().map(line -> line.split("\t")))
        .extracting(
            cells -> cells[0] + " " + cells[2] + " " + cells[4] + " " + cells[5] + " " + cells[8])
        .containsExactly(
            "id state node names remaining got by",
            "27 running n01,n02 9 min 58 s karez",
            "28 running n01,n02 9 min 58 s other");
    assertThat(slurm.run("alloc", "list", "--json").out())
        .startsWith(
            "{\"schema\":1,\"site\":\"local\",\"allocations\":[{\"id\":\"27\",\"name\":\"karez\",\"by_karez\":true,"
                + "\"state\":\"RUNNING\",\"native_state\":\"RUNNING\",\"reason\":null,\"nodes\":2,"
                + "\"node_names\":[\"n01\",\"n02\"],\"cpus\":4,\"queue\":\"debug\","
                + "\"account\":\"research\",\"submitted\":\"2026-11-21T15:37:30Z\","
                + "\"started\":\"2026-11-21T15:37:30Z\",\"elapsed_s\":2,\"remaining_s\":598,\"age_s\":");
  }

  @Test
  void aListThatCannotBeReadIsNoEmptyOne() throws Exception {
    slurm.say("squeue", "echo 'Happy birthday!'");
    Karez.Said said = slurm.run("alloc", "list");
    assertThat(said.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(said.err())
        .isEqualTo(
            "error: the scheduler's answer has a line that cannot be read: `Happy birthday!`\n");
    slurm.say("squeue", "true");
    assertThat(slurm.run("alloc", "list"))
        .isEqualTo(
            new Karez.Said(0, "", "there is no allocation: get one with `karez alloc get`\n"));
  }

  @Test
  void whatIsReleasedIsSaidOfEach() throws Exception {
    slurm.say("scancel", "true >'%s/cancelled'".formatted(directory));
    slurm.say(
        "squeue",
        "if [ -e '%s/cancelled' ]; then exit; fi\n".formatted(directory)
            + echo(
                row("27", "0", "RUNNING", "karez.alloc.ff"),
                row("28", "0", "CANCELLED", "karez.alloc.fe"),
                row("29", "1", "RUNNING", "(null)")));
    slurm.say("sacct", "echo '12|COMPLETED'");
    assertThat(slurm.run("alloc", "release", "27", "28", "29", "12", "999"))
        .isEqualTo(
            new Karez.Said(
                1,
                "allocation 27: released, 2 nodes (n01, n02)\n",
                """
                allocation 28 had ended before
                error: 29 is a job with a script of its own, and no allocation
                hint: `karez cancel` ends jobs of runs
                allocation 12 had ended before
                error: `slurm` knows no allocation 999
                hint: `karez alloc list` shows yours
                """));
    assertThat(slurm.words("scancel")).containsExactly("scancel 27");
  }

  @Test
  void allIsWhatKarezHasGotAndNotWhatOthersHave() throws Exception {
    slurm.say("scancel", "true >'%s/cancelled'".formatted(directory));
    slurm.say(
        "squeue",
        "if [ -e '%s/cancelled' ]; then exit; fi\n".formatted(directory)
            + echo(
                row("27", "0", "RUNNING", "karez.alloc.ff"), row("28", "0", "RUNNING", "(null)")));
    assertThat(slurm.run("alloc", "release", "--all", "--dry-run").out()).isEqualTo("scancel 27\n");
    assertThat(slurm.run("alloc", "release", "--all").code()).isZero();
    assertThat(slurm.words("scancel")).containsExactly("scancel 27");
    assertThat(slurm.run("alloc", "release", "--all"))
        .isEqualTo(new Karez.Said(0, "", "there is no allocation to release\n"));
  }

  @Test
  void aReleaseThatIsRefusedIsNoRelease() throws Exception {
    slurm.say("squeue", echo(row("27", "0", "RUNNING", "(null)")));
    slurm.say(
        "scancel",
        "echo 'scancel: error: Kill job error on job id 27: Access/permission denied' >&2; exit 1");
    assertThat(slurm.run("alloc", "release", "27"))
        .isEqualTo(
            new Karez.Said(
                1,
                "",
                """
                error: allocation 27 is not released
                  scancel: error: Kill job error on job id 27: Access/permission denied
                """));
  }

  private static final String ROOM =
      """
      cat <<'end'
         JOB_GRES=(null)
           Nodes=n[01-02] CPU_IDs=0-1 Mem=200 GRES=
      end
      """;

  /// An `srun` that becomes what it is to run, and that the accounting will call a failure.
  private static final String SRUN =
      """
      while [ "$1" != -- ] && [ "$1" != /bin/sh ]; do shift; done
      if [ "$1" = -- ]; then shift; fi
      echo "27.$$|FAILED|1:0||1|2|1||0||n01|" >>"${0%/*}/accounting"
      SLURM_JOB_ID=27 SLURM_STEP_ID=$$ exec "$@"
      """;

  private void anAllocation() throws IOException {
    slurm.say(
        "squeue",
        "case \"$*\" in *--format=%T*) echo RUNNING; exit ;; *--steps*) exit ;; esac\n"
            + echo(row("27", "0", "RUNNING", "(null)")));
    slurm.say("scontrol", ROOM);
    slurm.say("srun", SRUN);
    slurm.say("sacct", "cat \"${0%/*}/accounting\"");
  }

  @Test
  void aCommandRunsInItWithItsOwnWordsStreamsAndExitCode() throws Exception {
    anAllocation();
    Karez.Said said =
        slurm.run(
            "alloc",
            "run",
            "27",
            "--",
            "sh",
            "-c",
            "printf '<%s>' \"$@\"; echo oops >&2; exit 7",
            "sh",
            "a b",
            "it's \"$HOME\"",
            "-x",
            "--time=3",
            "new\nline",
            "é",
            "");
    assertThat(said)
        .isEqualTo(
            new Karez.Said(7, "<a b><it's \"$HOME\"><-x><--time=3><new\nline><é><>", "oops\n"));
    assertThat(slurm.run("alloc", "run", "--dry-run", "27", "--cpus", "2", "--", "a", "b c").out())
        .isEqualTo(
            "srun --jobid=27 --quit-on-interrupt --nodes=1 --ntasks=1 --exact --cpus-per-task=2"
                + " -- a 'b c'\n");
  }

  @Test
  void whatIsNotThereIsNotUsed() throws Exception {
    slurm.say(
        "squeue", echo(row("27", "0", "PENDING", "(null)"), row("28", "0", "TIMEOUT", "(null)")));
    slurm.say("srun", "true");
    assertThat(slurm.run("alloc", "run", "27", "--", "true"))
        .isEqualTo(
            new Karez.Said(
                1, "", "error: allocation 27 is queued\nhint: `karez alloc list` shows yours\n"));
    assertThat(slurm.run("alloc", "run", "28", "--", "true").err())
        .startsWith("error: allocation 28 is failed\n");
    assertThat(slurm.run("alloc", "run", "999", "--", "true").err())
        .startsWith("error: allocation 999 is not known to `slurm`\n");
    assertThat(slurm.words("srun")).isEmpty();
  }

  @Test
  void whatAnAllocationHasAlreadyIsNotAskedForAgain() throws Exception {
    assertThat(
            slurm.run(
                "alloc",
                "run",
                "x27",
                "--queue",
                "q",
                "--pack",
                "2",
                "--native",
                "haswell",
                "--",
                "true"))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: `x27` is not the number of an allocation
                hint: `karez alloc list` shows yours
                error: an allocation has its queue and its account already
                hint: leave out `--queue` and `--account`
                error: `--pack` is for jobs of their own, not for steps
                """));
    assertThat(slurm.run("alloc", "run").err()).startsWith("error: in which allocation?\n");
    assertThat(slurm.run("alloc", "run", "27").err())
        .startsWith("error: there is nothing to run\n");
    assertThat(slurm.run("run", "-r", "slurm-step", "--", "true").err())
        .startsWith("error: there is no runner `slurm-step`\n");
  }

  @Test
  void aSweepIsARunWhoseJobsAreSteps() throws Exception {
    anAllocation();
    Karez.Said said =
        slurm.run(
            "alloc",
            "run",
            "27",
            "--cpus",
            "2",
            "-R",
            "--i 0 5 1",
            "--",
            "sh",
            "-c",
            "echo \"$SLURM_JOB_ID $2\"; exit $(($2 == 3))",
            "sh");
    assertThat(said.err()).contains("run 1: 4 succeeded, 1 failed in results/_/run_1\n");
    assertThat(said.code()).isEqualTo(ExitCode.JOB_FAILED);
    assertThat(directory.resolve("results/_/run_1/group_4/stdout.txt")).hasContent("27 4\n");
    assertThat(slurm.words("srun"))
        .hasSize(5)
        .allMatch(words -> words.startsWith("srun --jobid=27 --exact --nodes=1 --ntasks=1 "))
        .allMatch(words -> words.contains(" --cpus-per-task=2 --mem=0 "));
    assertThat(slurm.run("show", "1").out())
        .contains("asked              karez alloc run 27 --cpus 2 -R '--i 0 5 1' -- sh -c")
        .contains("runner             slurm-step, 2 at a time");
    assertThat(slurm.run("status", "1", "--json").out())
        .contains("\"runner\":\"slurm-step\"", "\"native_id\":\"27.");
  }

  @Test
  void aRunThatDoesNotFitIsNotMade() throws Exception {
    anAllocation();
    assertThat(slurm.run("alloc", "run", "27", "--cpus", "3", "-g", "a", "--", "true"))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: a job asks for 3 cores, and no node of allocation 27 has that
                hint: its nodes have 2 cores and 200M
                """));
    assertThat(
            slurm.run(
                "alloc", "run", "27", "--nodes", "2", "--native", "-n 4", "-g", "a", "--", "true"))
        .isEqualTo(
            new Karez.Said(
                2,
                "",
                """
                error: each job asks for 2 nodes, and inside an allocation it is a step on one
                hint: `karez alloc run 27 --nodes 2 -- COMMAND` runs a command on several
                error: --native: `-n` cannot be used: each job is one task on one node
                """));
    assertThat(directory.resolve("results")).doesNotExist();
  }

  @Test
  void aRunIsNotTriedAgainInAnAllocationThatHasEnded() throws Exception {
    anAllocation();
    slurm.run("alloc", "run", "27", "-g", "a", "--", "false");
    slurm.say("squeue", "case \"$*\" in *--format=%T*) echo TIMEOUT ;; esac");
    assertThat(slurm.run("retry", "1").err())
        .isEqualTo(
            """
            run 1: job 0 again
            error: `slurm-step` refused run 1
              karez: allocation 27 cannot be used: it is TIMEOUT
            """);
  }
}
