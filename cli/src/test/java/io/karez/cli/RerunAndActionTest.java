package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.store.RunDocument;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is done with a run that has ended: the same again, and the actions of its experiment.
class RerunAndActionTest {
  @TempDir Path directory;
  private Karez karez;
  private Lab lab;

  @BeforeEach
  void aCommittedProject() throws Exception {
    karez = Karez.project(directory);
    lab = new Lab(karez);
    karez.write(".gitignore", "results/\n");
    karez.write("e.sh", "echo first $1 $2; cat \"$4\" 2>/dev/null; pwd -P");
    karez.write("show.sh", "printf '[%s]' \"$PWD\" \"$@\" >shown; exit ${CODE:-7}");
    karez.write(
        ".karez/experiments/e.yaml",
        """
        name: e
        path: .
        executable: e.sh
        executable_command: sh
        pass_paths: false
        tags: [T]
        actions:
          - show: {name: show, description: Shows its words, executable: show.sh, executable_command: sh}
        """);
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "--message=first");
  }

  @Test
  void case26_rerunMakesANewRunOfTheSameParametersAtTheRecordedCommit() throws Exception {
    karez.write("p.txt", "of the file\n");
    git("add", "--all");
    git("commit", "--quiet", "--message=file");
    karez.run(
        "run",
        "e",
        "--threads",
        "1",
        "-t",
        "mine",
        "--parameters-file",
        karez.root() + "/p.txt",
        "-R",
        "--x 0 2 1");
    karez.write("e.sh", "echo second");
    git("commit", "--quiet", "--all", "--message=second");

    Karez.Said said = karez.run("experiment", "rerun", "e", "1");

    RunDocument first = RunDocument.read(lab.run(1));
    String commit = first.commit().orElseThrow();
    assertThat(said)
        .isEqualTo(
            new Karez.Said(
                0,
                "",
                "in a checkout of commit %.7s\n".formatted(commit)
                    + "run 2: run 1 of e again\nrun 2: 2 succeeded in results/e/run_2\n"));
    RunDocument second = RunDocument.read(lab.run(2));
    assertThat(second.tags()).containsExactly("mine", "rerun id 1");
    assertThat(second.commit()).isEqualTo(first.commit());
    assertThat(second.slots()).isEqualTo(first.slots());
    assertThat(second.request()).isEqualTo(first.request());
    Path checkout =
        lab.run(2)
            .path()
            .resolve("../../.checkouts")
            .resolve(first.commit().orElseThrow())
            .normalize();
    assertThat(karez.read("results/e/run_2/group_1/stdout.txt"))
        .isEqualTo("first --x 1\nof the file\n" + checkout + "\n");

    assertThat(karez.run("rerun", "2/1", "-t", "one").err())
        .isEqualTo(
            "in a checkout of commit %.7s\n".formatted(commit)
                + "run 3: job 2/1 of e again\nrun 3: succeeded in results/e/run_3\n");
    assertThat(karez.read("results/e/run_3/stdout.txt"))
        .isEqualTo("first --x 1\nof the file\n" + checkout + "\n");
    assertThat(RunDocument.read(lab.run(3)).tags()).containsExactly("mine", "rerun id 2", "one");
    assertThat(karez.run("rerun", "f", "1").err())
        .isEqualTo(
            """
            error: run 1 is of `e`, not of `f`
            hint: `karez status f` lists the runs of `f`
            """);
  }

  @Test
  void case26_uncommittedChangesOfThenAreThereAgain() throws Exception {
    karez.write("e.sh", "echo changed; cat untracked.txt");
    karez.write("untracked.txt", "untracked\n");
    assertThat(karez.run("run", "e").out()).isEqualTo("changed\nuntracked\n");
    git("checkout", "--quiet", "e.sh");
    Files.delete(karez.root().resolve("untracked.txt"));

    Karez.Said said = karez.run("rerun", "1");

    String commit = RunDocument.read(lab.run(1)).commit().orElseThrow().substring(0, 7);
    assertThat(said)
        .isEqualTo(
            new Karez.Said(
                0,
                "changed\nuntracked\n",
                "in a checkout of commit "
                    + commit
                    + " with the uncommitted changes of then\n"
                    + "run 2: run 1 of e again\nrun 2: succeeded in results/e/run_2\n"));
    assertThat(RunDocument.read(lab.run(2)).dirty()).isTrue();
    assertThat(karez.run("rerun", "2").out()).isEqualTo("changed\nuntracked\n");
    assertThat(karez.read("e.sh")).startsWith("echo first");

    Files.delete(lab.run(1).path().resolve("uncommitted.patch"));
    Karez.Said refused = karez.run("rerun", "1");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            """
            error: run 1 had uncommitted changes, and `PROJECT/results/e/run_1/uncommitted.patch` is gone
            hint: `karez run` with the same words runs the code of now
            """);
    assertThat(karez.root().resolve("results/e/run_4")).doesNotExist();
  }

  @Test
  void aRetryOfOtherCodeIsSaidToBeOne() throws Exception {
    karez.write("e.sh", "exit 1");
    git("commit", "--quiet", "--all", "--message=failing");
    karez.run("run", "e");
    karez.write("e.sh", "exit 0");

    Karez.Said said = karez.run("retry", "1");

    String commit = RunDocument.read(lab.run(1)).commit().orElseThrow().substring(0, 7);
    assertThat(said.err())
        .isEqualTo(
            """
            run 1: job 0 again
            warning: run 1 recorded commit %1$s, and the code now is commit %1$s with uncommitted changes
            run 1: succeeded in results/e/run_1
            """
                .formatted(commit));
  }

  @Test
  void theSameUncommittedChangesAreTheSameCode() {
    karez.run("run", "e", "1");
    assertThat(karez.run("run", "--missing", "e", "1").err())
        .isEqualTo("the job has already succeeded with this code, in run 1; nothing remains\n");
    writeProgram("echo other");
    assertThat(karez.run("run", "--missing", "e", "1").out()).isEqualTo("other\n");
    assertThat(karez.run("run", "--missing", "e", "1").out()).isEmpty();
    writeProgram("echo another");
    assertThat(karez.run("run", "--missing", "e", "1").out()).isEqualTo("another\n");
  }

  @Test
  void case27_anActionReceivesItsWordsAndTheStoragePath() throws Exception {
    karez.run("run", "e");
    karez.run("run", "e", "-g", "1", "-g", "2");
    String in = "[" + karez.root() + "]";

    assertThat(karez.run("action", "e", "show", "1", "--foo", "bar"))
        .isEqualTo(new Karez.Said(7, "", ""));
    assertThat(karez.read("shown")).isEqualTo(in + "[--foo][bar][--storage_path][results/e/run_1]");
    assertThat(karez.run("experiment", "action", "e", "show", "2", "--group_no", "1", "a b").code())
        .isEqualTo(7);
    assertThat(karez.read("shown"))
        .isEqualTo(in + "[a b][--storage_path][results/e/run_2/group_1]");
    assertThat(karez.run("action", "e", "show", "2/0", "--", "--group", "x").code()).isEqualTo(7);
    assertThat(karez.read("shown"))
        .isEqualTo(in + "[--group][x][--storage_path][results/e/run_2/group_0]");
  }

  @Test
  void case27_whatAnActionCannotBeDoneWithIsNamed() {
    karez.run("run", "e", "-g", "1", "-g", "2");
    assertThat(refusal("action", "e", "shwo", "1"))
        .isEqualTo("error: `e` has no action `shwo`\nhint: did you mean `show`?\n");
    assertThat(refusal("action", "e", "show", "9"))
        .isEqualTo("error: there is no run 9\nhint: `karez status` lists the runs\n");
    assertThat(refusal("action", "e", "show", "1", "--group", "2"))
        .isEqualTo("error: run 1 has no group 2\nhint: its groups are 0 to 1\n");
    assertThat(refusal("action", "x", "show", "1"))
        .isEqualTo("error: there is no experiment `x`\nhint: did you mean `e`?\n");
    assertThat(refusal("action", "e", "show"))
        .isEqualTo(
            """
            error: an experiment, one of its actions and a run are needed
            hint: `karez action summary_iris plot 4`
            """);
  }

  private String refusal(String... words) {
    Karez.Said said = karez.run(words);
    assertThat(said.code()).isEqualTo(2);
    return said.err();
  }

  private void writeProgram(String text) {
    try {
      karez.write("e.sh", text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void git(String... words) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@example.org"));
    all.addAll(List.of(words));
    Completed reply =
        new LocalTransport().run(Command.of(all).in(karez.root()), Duration.ofSeconds(30));
    assertThat(reply.exitCode()).as(reply.errorText()).isZero();
  }
}
