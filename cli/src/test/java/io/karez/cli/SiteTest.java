package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Runs on a site behind a real `sshd`, without a scheduler.
class SiteTest extends WithFarSite {
  @Test
  void aRunGoesThereAndItsStateComesBack() {
    Karez.Said said =
        run("--wait", "-R", "--i 0 3 1", "--", "sh", "-c", "pwd; echo $2 >&2; [ $2 != 1 ]", "sh");
    assertThat(said.err()).contains("run 1: 2 succeeded, 1 failed");
    assertThat(said.code()).isEqualTo(3);
    assertThat(original(1).resolve("group_0/stdout.txt")).hasContent(far.directory().toString());
    assertThat(copy(1).resolve("group_0/stdout.txt")).doesNotExist();
    assertThat(karez.run("status", "1").out())
        .contains("1\tfailed\texit 1\ti=1", "0\tsucceeded", "2\tsucceeded");
    assertThat(karez.run("logs", "1/2").out()).isEqualTo(far.directory() + "\n");
    assertThat(karez.run("logs", "1", "--err").out()).isEqualTo("1/0: 0\n1/1: 1\n1/2: 2\n");
    assertThat(karez.run("why", "1").out())
        .contains("the program ended with exit code 1", "the end of ", "    1\n");
  }

  @Test
  void aJobPrintsHereWhatItPrintsThere() {
    Karez.Said said = run("--wait", "--", "sh", "-c", "echo out; echo err >&2; exit 5");
    assertThat(said.out()).contains("out\n");
    assertThat(said.err()).contains("err\n");
    assertThat(said.code()).isEqualTo(3);
  }

  @Test
  void jobsThatStartLaterAreFollowedToo() throws Exception {
    Path go = directory.resolve("go");
    String program = "echo $2; until [ -e '" + go + "' ]; do sleep 0.02; done; echo end";
    assertThat(
            run("--detach", "-R", "--i 0 2 1", "--threads", "1", "--", "sh", "-c", program, "sh")
                .code())
        .isZero();
    await(() -> Files.exists(original(1).resolve("group_0/record.jsonl")));
    CompletableFuture<Karez.Said> followed =
        CompletableFuture.supplyAsync(() -> karez.run("logs", "1", "--follow"));
    await(() -> Files.exists(copy(1).resolve("group_0/stdout.txt")));
    Files.createFile(go);
    assertThat(followed.get(60, TimeUnit.SECONDS).out().lines())
        .containsExactlyInAnyOrder("1/0: 0", "1/0: end", "1/1: 1", "1/1: end");
  }

  @Test
  void allThatAJobHasPrintedIsBroughtHoweverMuch() throws Exception {
    String program = "head -c 20000000 /dev/zero | tr '\\0' x >&$((1 + $2))";
    assertThat(run("--wait", "-R", "--i 0 2 1", "--", "sh", "-c", program, "sh").code()).isZero();
    assertThat(karez.run("logs", "1/0").out()).hasSize(20_000_000);
    assertThat(karez.run("logs", "1", "--err", "--raw").out()).hasSize(20_000_000);
    assertThat(
            Files.mismatch(
                copy(1).resolve("group_0/stdout.txt"), original(1).resolve("group_0/stdout.txt")))
        .isEqualTo(-1);
  }

  @Test
  void asManyJobsRunAtATimeAsTheHostHasCores() throws Exception {
    Path programs = Files.createDirectory(directory.resolve("programs"));
    Path nproc = Files.writeString(programs.resolve("nproc"), "#!/bin/sh\necho 7\n");
    Path shell =
        Files.writeString(
            directory.resolve("sh"),
            "#!/bin/sh\nPATH='%s':$PATH exec /bin/sh \"$@\"\n".formatted(programs));
    for (Path file : List.of(nproc, shell)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
    String site = karez.read(".karez/config.yaml");
    karez.write(
        ".karez/config.yaml",
        site.replace("{host: far,", "{host: far, shell: '%s',".formatted(shell)));
    assertThat(run("--wait", "-R", "--i 0 9 1", "--", "true").code()).isZero();
    assertThat(original(1).resolve("submissions/1/script.sh"))
        .content()
        .contains("9 jobs on this machine, 7 at a time");
    assertThat(run("--cpus", "8", "--", "true").err())
        .contains("each job asks for 8 cores, and `far` has 7");
  }

  @Test
  void wordsReachTheProgramThereAsTheyWereTyped() {
    String[] hostile = {
      "a b", "", "'", "\"", "$HOME", "`id`", "line\nbreak", "-x", "é ✓", "\\", "*"
    };
    List<String> words = new ArrayList<>(List.of("--wait", "--", "printf", "<%s>\\n"));
    words.addAll(List.of(hostile));
    assertThat(run(words.toArray(String[]::new)).code()).isZero();
    assertThat(original(1).resolve("stdout.txt"))
        .hasContent(Stream.of(hostile).map("<%s>"::formatted).collect(Collectors.joining("\n")));
  }

  @Test
  void jobsThatRunThereAreCancelledFromHere() throws Exception {
    Path there = directory.resolve("pid");
    assertThat(
            run(
                    "--detach",
                    "-R",
                    "--i 0 2 1",
                    "--threads",
                    "1",
                    "--",
                    "sh",
                    "-c",
                    "echo $$ >" + there + "; exec sleep 600")
                .code())
        .isZero();
    await(() -> Files.exists(there) && Files.size(there) > 0);
    assertThat(karez.run("cancel", "1").err()).isEqualTo("run 1: 2 cancelled\n");
    long pid = Long.parseLong(Files.readString(there).strip());
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(original(1).resolve("submissions/1/cancel")).exists();
    assertThat(karez.run("retry", "1", "--cause", "user", "--detach").code()).isZero();
    await(() -> Files.exists(original(1).resolve("claims/0.2")));
    assertThat(karez.run("cancel", "1").code()).isZero();
  }

  @Test
  void aJobThatFailedIsTriedAgainThere() throws Exception {
    Path ready = directory.resolve("ready");
    assertThat(
            run(
                    "--wait",
                    "-R",
                    "--i 0 2 1",
                    "--",
                    "sh",
                    "-c",
                    "[ $2 = 0 ] || [ -e " + ready + " ]",
                    "sh")
                .code())
        .isEqualTo(3);
    Files.createFile(ready);
    assertThat(karez.run("retry", "1").code()).isZero();
    assertThat(karez.run("status", "1").out()).contains("1\tsucceeded").doesNotContain("failed");
    assertThat(karez.run("extend", "1", "-R", "--i 2 4 1").code()).isZero();
    assertThat(original(1).resolve("group_3/record.jsonl")).exists();
    assertThat(karez.run("rerun", "1/0").err()).doesNotContain("note", "warning");
    assertThat(original(2).resolve("record.jsonl")).exists();
  }

  @Test
  void aSiteThatIsDownChangesNothingThatIsKnown() throws Exception {
    assertThat(run("--wait", "--", "true").code()).isZero();
    assertThat(run("--detach", "--", "sh", "-c", "sleep 600").code()).isZero();
    far.sshd().down();
    assertThat(karez.run("status", "1").out()).contains("succeeded");
    Karez.Said said = run("--", "true");
    assertThat(said.code()).isEqualTo(4);
    assertThat(said.err())
        .contains("`far` cannot be reached", "hint: `ssh -F ", "` tries the same by hand");
    assertThat(copy(3)).doesNotExist();
    said = karez.run("status", "2");
    assertThat(said.code()).isEqualTo(4);
    assertThat(said.out()).doesNotContain("failed", "unknown", "succeeded");
    assertThat(said.err())
        .contains("jobs are shown as they were last known", "` tries the same by hand");
    assertThat(karez.run("hold", "2").code()).isEqualTo(4);
    assertThat(karez.run("retry", "2").code()).isEqualTo(4);
    assertThat(karez.run("tag", "2", "kept"))
        .isEqualTo(new Karez.Said(0, "", "run 2 is tagged `kept`\n"));
    far.sshd().up();
    assertThat(karez.run("cancel", "2").code()).isZero();
  }

  @Test
  void whatCannotBeWrittenThereIsNotSubmitted() throws Exception {
    assertThat(run("--wait", "--", "false").code()).isEqualTo(3);
    // root may write anywhere, but not into a file
    Path submissions = original(1).resolve("submissions");
    Path aside = Files.move(submissions, directory.resolve("aside"));
    Files.createFile(submissions);
    Karez.Said said = karez.run("retry", "1");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err())
        .contains("error: cannot write to `" + original(1) + "` on `far`:\n", "submissions");
    Files.delete(submissions);
    Files.move(aside, submissions);
    said = karez.run("retry", "1");
    assertThat(said.err()).contains("run 1: ").doesNotContain("just started");
    assertThat(said.code()).isEqualTo(3);
    assertThat(original(1).resolve("claims/0.3")).doesNotExist();
  }

  @Test
  void whatJobsHaveLeftIsReadThoughTheSchedulerCannotBeAsked() throws Exception {
    FakeSlurm slurm = FakeSlurm.in(karez, directory.resolve("fake"));
    for (String program : List.of("squeue", "sacct", "scontrol")) {
      Files.delete(slurm.place().resolve(program));
    }
    Path shell = directory.resolve("sh");
    Files.writeString(
        shell, "#!/bin/sh\nPATH='%s':$PATH exec /bin/sh \"$@\"\n".formatted(slurm.place()));
    Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwx------"));
    String site = karez.read(".karez/config.yaml");
    karez.write(
        ".karez/config.yaml",
        site.replace("{host: far,", "{host: far, scheduler: slurm, shell: '%s',".formatted(shell)));
    assertThat(run("-R", "--i 0 2 1", "--", "sh", "-c", "exit $2", "sh").code()).isZero();
    Karez.Said said = karez.run("status", "1");
    assertThat(said.out()).contains("0\tsucceeded", "1\tfailed\texit 1");
    assertThat(said.err()).contains("has no such program");
  }

  @Test
  void whatWaitsForAnotherRunThereIsSubmittedByWhoeverKeepsIt() throws Exception {
    Path end = directory.resolve("end");
    run("--detach", "--", "sh", "-c", "until [ -e '%s' ]; do sleep 0.02; done".formatted(end));
    assertThat(run("--detach", "--after", "1", "--", "sh", "-c", "echo second").err())
        .contains("it waits for run 1");
    assertThat(original(2)).doesNotExist();
    Files.createFile(end);
    assertThat(karez.run("keep").err()).contains("run 2 is submitted");
    assertThat(karez.run("wait", "1", "2").code()).isZero();
    assertThat(original(2).resolve("stdout.txt")).hasContent("second");
  }

  @Test
  void setUpLinesFindWhatALoginDefines() throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));
    Files.writeString(
        home.resolve(".bash_profile"), "module() { LOADED=\"$*\"; export LOADED; }\n");
    try (FarSite other = FarSite.start(directory.resolve("other"), "SetEnv HOME=" + home)) {
      String site =
          "sites: {far: {host: far, ssh_config: '%s', directory: '%s', setup: [module load x]%s}}\n";
      for (String shell : List.of("", ", shell: /bin/bash -l")) {
        karez.write(
            ".karez/config.yaml",
            site.formatted(other.sshd().configuration(), other.directory(), shell));
        Karez.Said said =
            run("--wait", "--", "sh", "-c", "echo \"$LOADED,${KZ_SHELL-}\"; echo $KAREZ_JOB_INDEX");
        assertThat(said.out()).as(said.err()).isEqualTo("load x,\n0\n");
      }
      karez.write(
          ".karez/config.yaml",
          site.formatted(other.sshd().configuration(), other.directory(), ", shell: /bin/dash"));
      assertThat(run("--wait", "--", "true").code()).isEqualTo(3);
      assertThat(karez.run("why", "3").out()).contains("module: not found");
    }
  }

  @Test
  void anActionWorksOnTheResultsWhereTheyLie() throws Exception {
    karez.write(
        ".karez/experiments/e.yaml",
        """
        name: e
        executable: e.sh
        executable_command: sh
        actions: [{show: {executable: show.sh, executable_command: sh}}]
        """);
    karez.write("e.sh", "echo $2 >\"$4/model.txt\"\n");
    karez.write("show.sh", "exit 0\n");
    assertThat(run("--wait", "-R", "--i 0 2 1", "e").code()).isZero();
    karez.write(
        "show.sh",
        """
        printf '<%s>' "$@" >shown
        for word; do directory=$word; done
        cat "$directory/model.txt" >>shown || exit 1
        exit 7
        """);
    // its own process: an action reads what Karez reads
    Karez.Said said = karez.from(karez.root(), "action", "e", "show", "1/1", "a b", "--", "*");
    assertThat(said.code()).as(said.err()).isEqualTo(7);
    assertThat(far.directory().resolve("shown"))
        .hasContent("<a b><*><--storage_path><results/e/run_1/group_1>1\n");
    assertThat(karez.root().resolve("shown")).doesNotExist();
    assertThat(karez.from(karez.root(), "action", "--here", "e", "show", "1/0").code())
        .isEqualTo(1);
    assertThat(karez.read("shown")).isEqualTo("<--storage_path><results/e/run_1/group_0>");
    assertThat(karez.run("action", "e", "show", "1/2").code()).isEqualTo(2);
    far.sshd().down();
    assertThat(karez.run("action", "e", "show", "1/1").code()).isEqualTo(4);
  }

  @Test
  void whatKeepTriesAgainIsTriedAgainThere() throws Exception {
    karez.write(
        ".karez/experiments/e.yaml",
        "name: e\nexecutable: e.sh\nexecutable_command: sh\npass_paths: false\nretry: {exit: }\n");
    karez.write("e.sh", "echo >>tries; [ $(wc -l <tries) -gt 1 ]\n");
    assertThat(run("--detach", "e").code()).isZero();
    assertThat(karez.run("wait", "1").code()).isEqualTo(3);
    assertThat(karez.run("keep").err()).contains("run 1: 1 job again, after cause exit");
    assertThat(karez.run("wait", "1").code()).isZero();
    assertThat(far.directory().resolve("tries")).hasContent("\n\n");
    assertThat(far.directory().resolve("results/e/run_1/claims/0.2")).exists();
  }

  @Test
  void whatWasNeverSubmittedThereIsSubmittedWithResume() throws Exception {
    Path end = directory.resolve("end");
    run("--detach", "--", "sh", "-c", "until [ -e '%s' ]; do sleep 0.02; done".formatted(end));
    run("--detach", "--after", "1", "--", "sh", "-c", "echo resumed");
    Files.createFile(end);
    karez.run("wait", "1");
    Karez.Said said = karez.run("resume", "2");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(original(2).resolve("stdout.txt")).hasContent("resumed");
    assertThat(karez.run("resume", "2").err()).isEqualTo("run 2: all jobs are submitted\n");
  }

  @Test
  void whatIsHereIsShownThoughTheSiteIsGone() throws Exception {
    String program = "echo out $2; exit $2";
    assertThat(run("--wait", "-R", "--i 0 2 1", "--", "sh", "-c", program, "sh").code())
        .isEqualTo(3);
    assertThat(karez.run("logs", "1/0").out()).isEqualTo("out 0\n");
    far.sshd().down();
    Karez.Said said = karez.run("logs", "1/0");
    assertThat(said.out()).isEqualTo("out 0\n");
    assertThat(said.err()).contains("what is shown may be incomplete", "` tries the same by hand");
    assertThat(said.code()).isEqualTo(4);
    karez.write(".karez/config.yaml", "sites: {other: {host: other, directory: /other}}\n");
    said = karez.run("status", "1");
    assertThat(said.out()).contains("0\tsucceeded", "1\tfailed");
    assertThat(said.err()).isEmpty();
    assertThat(karez.run("logs", "1/1").err()).contains("warning: ", "there is no site `far`");
    assertThat(karez.run("show", "1").out()).contains("succeeded");
    assertThat(karez.run("logs", "1/0").out()).isEqualTo("out 0\n");
    assertThat(karez.run("why", "1").out()).contains("the program ended with exit code 1");
    assertThat(karez.run("retry", "1").code()).isEqualTo(2);
    assertThat(original(1).resolve("claims/1.2")).doesNotExist();
  }

  @Test
  void resultsOutsideOfTheProjectComeBack() throws Exception {
    Path results = directory.resolve("my results");
    karez.write(
        ".karez/config.yaml",
        "result_dir: '%s'\nsites: {far: {host: far, ssh_config: '%s', directory: '%s'}}\n"
            .formatted(results, far.sshd().configuration(), far.directory()));
    String program = "echo {} >\"$KAREZ_JOB_DIR/it's $2.json\"";
    Karez.Said said = run("--fetch", "-R", "--i 0 2 1", "--", "sh", "-c", program, "sh");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(results.resolve("_/run_1/group_1/it's 1.json")).hasContent("{}");
    Files.delete(results.resolve("_/run_1/group_1/it's 1.json"));
    assertThat(karez.run("download", "1", "--dry-run").out()).contains("it's 1.json");
    assertThat(karez.run("download", "1").code()).isZero();
    assertThat(results.resolve("_/run_1/group_1/it's 1.json")).hasContent("{}");
    assertThat(karez.run("status", "1").out()).contains("1\tsucceeded");
  }

  @Test
  void aHostWithAnotherKeyGetsNothing() throws Exception {
    far.sshd().down();
    far.sshd().makeKeys();
    far.sshd().up();
    Karez.Said said = run("--", "true");
    assertThat(said.code()).isEqualTo(4);
    assertThat(said.err())
        .contains(
            "error: `far` has another host key than the one that is known:\n",
            "hint: somebody may be in between: ask those who run the site");
    assertThat(far.directory()).doesNotExist();
  }

  @Test
  void theProjectGoesThereAndTheResultsComeBack() throws Exception {
    karez.write("train.sh", "mkdir -p out; echo $2 >out.txt; echo $2 >$4/model.txt\n");
    karez.write("data/big.bin", "x");
    karez.write(".karezignore", "*.bin\n");
    Karez.Said said =
        run(
            "--fetch",
            "-R",
            "--i 0 2 1",
            "--",
            "sh",
            "-c",
            "echo $2 >$KAREZ_JOB_DIR/model.txt; cat train.sh",
            "sh");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(far.files()).contains("train.sh", ".karezignore").doesNotContain("data/big.bin");
    assertThat(copy(1).resolve("group_1/model.txt")).hasContent("1");
    assertThat(copy(1).resolve("group_0/stdout.txt"))
        .hasContent(Files.readString(karez.root().resolve("train.sh")));
    Files.delete(copy(1).resolve("group_0/model.txt"));
    assertThat(karez.run("download", "1", "--only", "model.txt").err()).contains("copied 1 file");
    assertThat(copy(1).resolve("group_0/model.txt")).hasContent("0");
    assertThat(karez.run("status", "1").out()).contains("succeeded");
  }

  @Test
  void aSiteDoesNotSayWhatIsRunHere() throws Exception {
    assertThat(run("--wait", "--", "sh", "-c", "echo $$ >$KAREZ_JOB_DIR/out.bin").code()).isZero();
    List<String> names =
        List.of("run.json", "jobs.jsonl", "argv", "execute.sh", "submissions/1/script.sh");
    List<String> before = new ArrayList<>();
    for (String name : names) {
      before.add(Files.readString(copy(1).resolve(name)));
      Files.writeString(original(1).resolve(name), "evil");
    }
    Files.createDirectory(original(1).resolve("launch"));
    Files.writeString(original(1).resolve("launch/start.sh"), "evil");
    Files.writeString(original(1).resolve("uncommitted.patch"), "evil");
    assertThat(karez.run("download", "1").code()).isZero();
    assertThat(copy(1).resolve("out.bin")).exists();
    for (int i = 0; i < names.size(); i++) {
      assertThat(copy(1).resolve(names.get(i))).hasContent(before.get(i));
    }
    assertThat(copy(1).resolve("launch")).doesNotExist();
    assertThat(copy(1).resolve("uncommitted.patch")).doesNotExist();
  }

  @Test
  void nothingFromASiteGoesThroughALinkThatCameFromThere() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    assertThat(
            run(
                    "--wait",
                    "-R",
                    "--i 0 2 1",
                    "--",
                    "sh",
                    "-c",
                    "ln -s " + outside + " $KAREZ_JOB_DIR/link")
                .code())
        .isZero();
    assertThat(karez.run("download", "1").code()).isZero();
    for (int job = 0; job < 2; job++) {
      Path link = original(1).resolve("group_" + job + "/link");
      assertThat(copy(1).resolve("group_" + job + "/link")).isSymbolicLink();
      Files.delete(link);
      Files.createDirectory(link);
      Files.writeString(link.resolve("authorized_keys"), "evil");
    }
    Karez.Said said = karez.run("download", "1");
    assertThat(said.err()).contains("a link stands in the way of this directory");
    assertThat(said.code()).isEqualTo(1);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void resultsThatLieOnAnotherDiskAreDownloadedThere() throws Exception {
    assertThat(run("--wait", "--", "sh", "-c", "echo 1 >$KAREZ_JOB_DIR/out.bin").code()).isZero();
    Path disk = Files.move(karez.root().resolve("results"), directory.resolve("disk"));
    Files.createSymbolicLink(karez.root().resolve("results"), disk);
    Karez.Said said = karez.run("download", "1");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(disk.resolve("_/run_1/out.bin")).hasContent("1");
  }

  @Test
  void theOriginalIsNoCopyWhereItLies() throws Exception {
    assertThat(run("--wait", "--", "true").code()).isZero();
    Karez there = Karez.project(far.directory());
    Karez.Said said = there.run("status", "1");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out()).contains("succeeded");
    assertThat(there.run("delete", "--here", "1", "--yes").err()).contains("lies on no site");
    assertThat(original(1)).exists();
  }

  @Test
  void aRunIsACopyBeforeAnythingOfItWasSent() throws Exception {
    Path file = far.directory().resolve("results/_");
    Files.createDirectories(file.resolveSibling("."));
    Files.createFile(file);
    assertThat(run("--wait", "--", "true").code()).isNotZero();
    assertThat(copy(1).resolve("sent")).isEmptyFile();
    Files.delete(file);
    assertThat(run("--wait", "--", "true").code()).isZero();
    assertThat(copy(2).resolve("sent")).isNotEmptyFile();
    assertThat(original(2).resolve("sent")).doesNotExist();
  }

  @Test
  void whatIsNewHereGoesAlsoWhenNobodyKnowsThatTheOriginalWasMade() throws Exception {
    assertThat(run("--wait", "--", "false").code()).isEqualTo(3);
    Files.writeString(copy(1).resolve("sent"), "");
    Files.delete(copy(1).resolve("fetched"));
    Karez.Said said = karez.run("retry", "1");
    assertThat(said.err()).contains("run 1: failed");
    assertThat(original(1).resolve("submissions/2/script.sh")).exists();
    assertThat(original(1).resolve("claims/0.2")).exists();
    assertThat(copy(1).resolve("sent")).content().contains("submissions/2/script.sh");
  }

  @Test
  void whatIsEditedAfterSubmissionDoesNotReachARunWithASnapshot() throws Exception {
    karez.write(
        "lib/code.sh",
        "until [ -e '%s/go' ]; do sleep 0.02; done; . lib/part.sh\n".formatted(directory));
    karez.write("lib/part.sh", "echo old $(cat data/big)\n");
    karez.write(".karezignore", "data/\n");
    Path data = Files.createDirectories(far.directory().resolve("data"));
    Files.writeString(data.resolve("big"), "and big");
    String[] words = {"--detach", "--snapshot", "--", "sh", "lib/code.sh"};
    assertThat(run(words).err()).contains("snapshot ", " of the code: ");
    assertThat(run(words).err()).contains(" of the code: made before\n");
    karez.write("lib/part.sh", "echo new\n");
    assertThat(run("--detach", "--", "sh", "lib/code.sh").code()).isZero();
    Files.createFile(directory.resolve("go"));
    assertThat(karez.run("wait", "1", "2", "3").code()).isZero();
    assertThat(karez.run("logs", "1").out()).isEqualTo("old and big\n");
    assertThat(karez.run("logs", "2").out()).isEqualTo("old and big\n");
    assertThat(karez.run("logs", "3").out()).isEqualTo("new\n");
    assertThat(karez.run("rerun", "1").err()).doesNotContain("warning");
    assertThat(original(4).resolve("stdout.txt")).hasContent("old and big");
    try (Stream<Path> snapshots = Files.list(far.directory().resolve("results/.snapshots"))) {
      assertThat(snapshots.filter(Files::isDirectory)).hasSize(1);
    }
  }

  @Test
  void numbersAreFreeOnBothSides() throws Exception {
    Files.createDirectories(far.directory().resolve("results/.ids/7"));
    assertThat(karez.run("run", "--", "true").code()).isZero();
    assertThat(run("--wait", "--", "true").code()).isZero();
    assertThat(original(8).resolve("run.json")).exists();
    assertThat(karez.run("run", "--", "true").err()).contains("run 9: succeeded");
  }

  @Test
  void aSiteThatIsThisVeryProjectIsNamed() throws Exception {
    String site = karez.read(".karez/config.yaml");
    karez.write(
        ".karez/config.yaml", site.replace(far.directory().toString(), karez.root().toString()));
    Karez.Said said = run("--wait", "--", "true");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("that is this very project\nhint: ");
  }

  @Test
  void aRunIsDeletedHereAndThereAndNothingElseIs() throws Exception {
    assertThat(run("--wait", "--", "sh", "-c", "ln -s / root; echo x >big.txt").code()).isZero();
    assertThat(run("--wait", "--", "true").code()).isZero();
    Path outside = far.directory().resolve("results/_/run_1.old");
    Files.createDirectory(outside);
    Karez.Said asked = karez.answering("n\n", "delete", "1");
    assertThat(asked.err())
        .contains(
            "run 1: PROJECT/results/_/run_1, ", "run 1 on `far`: ", "delete it?", "nothing was");
    assertThat(original(1)).exists();
    Karez.Said said = karez.run("delete", "1", "--yes");
    assertThat(said.err()).contains("deleted run 1: ", "deleted run 1 on `far`: ");
    assertThat(said.code()).isZero();
    assertThat(original(1)).doesNotExist();
    assertThat(copy(1)).doesNotExist();
    assertThat(far.directory().resolve("results/_")).isDirectoryNotContaining("glob:**/.run_1*");
    assertThat(outside).exists();
    assertThat(original(2).resolve("run.json")).exists();
    assertThat(far.directory().resolve("results/.ids/1")).exists();
  }

  @Test
  void aRunIsNotDeletedWhileItsJobRunsThere() throws Exception {
    assertThat(run("--detach", "--", "sleep", "600").code()).isZero();
    await(() -> Files.exists(original(1).resolve("claims/0.1")));
    Karez.Said said = karez.run("delete", "1", "--yes");
    assertThat(said.err()).contains("has not ended", "`karez cancel 1`");
    assertThat(said.code()).isEqualTo(2);
    assertThat(original(1)).exists();
    assertThat(karez.run("cancel", "1").code()).isZero();
    // What has been started again there, this side has not seen yet. Both are one host here.
    Path document = original(1).resolve("run.json");
    Files.writeString(document, Files.readString(document).replaceAll("\"host\": ?\"", "$0not-"));
    Karez there = Karez.project(far.directory());
    Karez.Said again = there.run("retry", "1", "--cause", "user", "--detach");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(karez.run("delete", "1", "--yes").code()).isEqualTo(2);
    assertThat(karez.run("status", "1").out()).contains("running (attempt 2)");
    assertThat(karez.run("cancel", "1").code()).isZero();
    assertThat(karez.run("delete", "1", "--yes").code()).isZero();
    assertThat(original(1)).doesNotExist();
  }

  @Test
  void nothingIsDeletedThroughALinkOrInPlaceOfAnotherRun() throws Exception {
    assertThat(run("--wait", "--", "true").code()).isZero();
    assertThat(run("--wait", "--", "true").code()).isZero();
    Path moved = Files.move(original(1), directory.resolve("moved"));
    Files.createSymbolicLink(original(1), moved);
    Karez.Said linked = karez.run("delete", "1", "2", "--yes");
    assertThat(linked.err()).contains("symbolic link");
    assertThat(linked.code()).isEqualTo(2);
    assertThat(moved.resolve("run.json")).exists();
    assertThat(original(2)).exists();
    Files.delete(original(1));
    Files.move(original(2), original(1));
    assertThat(karez.run("delete", "1", "--yes").err()).contains("is not this run");
    assertThat(original(1)).exists();
    assertThat(copy(1)).exists();
    assertThat(karez.run("delete", "2", "--yes").err()).contains("it is not on `far` any more");
    assertThat(copy(2)).doesNotExist();
  }

  @Test
  void aSiteThatIsDownKeepsItsRunsAndTheCopyCanBeForgotten() throws Exception {
    assertThat(run("--wait", "--", "true").code()).isZero();
    assertThat(karez.run("run", "--", "true").code()).isZero();
    far.sshd().down();
    Karez.Said said = karez.run("delete", "2", "1", "--yes");
    assertThat(said.code()).isEqualTo(4);
    assertThat(said.err()).contains("`far` cannot be reached", "hint: nothing was deleted");
    assertThat(copy(1)).exists();
    assertThat(copy(2)).exists();
    assertThat(karez.run("status").out())
        .containsPattern("\trunner\tsite\t")
        .containsPattern("1\t.*\tlocal\tfar\t.*succeeded")
        .containsPattern("2\t.*\tlocal\t\t.*succeeded");
    assertThat(karez.run("delete", "--here", "2", "--yes").err()).contains("lies on no site");
    assertThat(karez.run("delete", "--here", "1", "--yes").err()).contains("`far` keeps its own");
    assertThat(copy(1)).doesNotExist();
    assertThat(original(1)).exists();
  }

  private Karez.Said run(String... words) {
    List<String> all = new ArrayList<>(List.of("run", "--on", "far"));
    all.addAll(List.of(words));
    return karez.run(all.toArray(String[]::new));
  }

  private Path original(int run) {
    return far.directory().resolve("results/_/run_" + run);
  }

  private Path copy(int run) {
    return karez.root().resolve("results/_/run_" + run);
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws Exception {
    Instant end = Instant.now().plusSeconds(60);
    while (!condition.holds()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(20);
    }
  }
}
