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
                hint: `srun --jobid=118568` runs in it, `karez alloc release 118568` gives it back
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
            "{\"schema\":1,\"command\":[\"salloc\",\"--no-shell\",\"--job-name=karez\","
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
            "{\"schema\":1,\"allocations\":[{\"id\":\"27\",\"name\":\"karez\",\"by_karez\":true,"
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
}
