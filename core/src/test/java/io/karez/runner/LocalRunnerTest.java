package io.karez.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.karez.define.Cause;
import io.karez.define.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Launch scripts on this machine.
@Timeout(60)
class LocalRunnerTest {
  @TempDir Path directory;
  private Path work;
  private LocalRunner runner;

  @BeforeEach
  void aRunner() throws IOException {
    directory = directory.toRealPath();
    work = directory.resolve("work");
    runner = LocalRunner.in(work, directory.resolve("here"));
  }

  @AfterEach
  void itsEnd() throws Exception {
    Ends.await(work);
    runner.close();
  }

  @Test
  void aScriptRunsInTheWorkDirectoryAndItsEndIsKnown() throws Exception {
    LaunchedRun run =
        runner.run(
            Launch.of(template("echo {{ word }} $PWD; echo oh >&2; exit 3")).with("word", "a"));
    RunStatus end = run.await();
    assertThat(end.state()).isEqualTo(JobState.FAILED);
    assertThat(end.exitCode()).contains(3);
    assertThat(end.jobs().getFirst().cause()).contains(Cause.EXIT);
    assertThat(run.logs()).isEqualTo("a " + work + "\n");
    assertThat(run.errors()).isEqualTo("oh\n");
    assertThat(run.directory()).isEqualTo(work.resolve("results/_/run_1"));
    assertThat(run.directory().resolve("launch/t.bash"))
        .hasContent("echo a $PWD; echo oh >&2; exit 3\n");
  }

  @Test
  void aRunIsFoundAgainByItsNumberAndCancelled() throws Exception {
    long id = runner.run(Launch.of(template("exec sleep 600"))).id();
    try (LocalRunner later = LocalRunner.in(work)) {
      LaunchedRun run = later.find(id);
      assertThat(run.await(Duration.ofMillis(50)).settled()).isFalse();
      RunStatus end = run.cancel();
      assertThat(end.settled()).isTrue();
      assertThat(end.state()).isEqualTo(JobState.CANCELLED);
      assertThat(run.status()).isEqualTo(end);
    }
    assertThat(refused(() -> runner.find(7)).getMessage())
        .isEqualTo(work + ": there is no run 7\nhint: `karez status` lists the runs");
  }

  @Test
  void case74_whatIsVariedMakesConfigurationsOfWhichTheFirstIsFastest() throws Exception {
    LaunchedRun run =
        runner.run(
            Launch.of("arrayjob.bash.j2")
                .with("command", "echo")
                .vary("iterations", 1, 2, 3)
                .vary("mode", "test", "it's"));
    assertThat(run.await().succeeded()).isTrue();
    assertThat(run.logs())
        .isEqualTo(
            """
            1/0: --iterations 1 --mode test
            1/1: --iterations 2 --mode test
            1/2: --iterations 3 --mode test
            1/3: --iterations 1 --mode it's
            1/4: --iterations 2 --mode it's
            1/5: --iterations 3 --mode it's
            """);
    assertThat(run.logs(4)).isEqualTo("--iterations 2 --mode it's\n");
    assertThat(refused(() -> run.logs(6)).getMessage())
        .isEqualTo("run 1 has no job 6\nhint: it has 6, from 0");
  }

  /// What HPCtools calls a tuple as a key.
  @Test
  void case74_optionsThatAreVariedTogetherAreZipped() {
    DryRun dry =
        runner.dryRun(
            Launch.of("job.bash.j2")
                .with("command", "echo")
                .vary("a,b", List.of(1, 2), List.of(3, 4)));
    assertThat(dry.script().lines().filter(line -> line.startsWith("run ")))
        .containsExactly("run 0 --a 1 --b 2", "run 1 --a 3 --b 4");
  }

  @Test
  void case77_aSerialJobRunsEachConfigurationOnceAndKeepsItsLog() throws Exception {
    LaunchedRun run =
        runner.run(Launch.of("job.bash.j2").with("command", "echo").vary("i", "zero", "one"));
    assertThat(run.await().succeeded()).isTrue();
    assertThat(run.logs()).isEqualTo("--i zero\n--i one\n");
    assertThat(run.directory().resolve("config_0/out.log")).hasContent("--i zero\n");
    assertThat(run.directory().resolve("config_1/out.log")).hasContent("--i one\n");
    LaunchedRun again =
        runner.run(Launch.of("job.bash.j2").with("command", "echo").vary("i", "zero", "one"));
    assertThat(again.directory()).isNotEqualTo(run.directory());
  }

  @Test
  void filesKeepTheirPlacesBelowWhereTheyAreSentFrom() throws Exception {
    Path data = Files.createDirectories(directory.resolve("here/data"));
    Files.writeString(data.resolve("in.txt"), "seven\n");
    Launch launch = Launch.of(template("cat data/in.txt")).send(Path.of("data"));
    assertThat(runner.dryRun(launch).transfers()).containsExactly("data/in.txt");
    assertThat(work).doesNotExist();
    LaunchedRun run = runner.run(launch);
    assertThat(run.await().succeeded()).isTrue();
    assertThat(run.logs()).isEqualTo("seven\n");

    RunnerException refused =
        refused(() -> runner.run(launch.send(Path.of("no"), Path.of("../elsewhere"))));
    assertThat(refused.reason()).isEqualTo(RunnerException.Reason.INPUT);
    assertThat(refused.getMessage())
        .contains("there is no file `" + directory.resolve("here/no") + "`\n")
        .contains("`../elsewhere` lies outside of `" + directory.resolve("here") + "`\nhint: ");
  }

  @Test
  void whatIsWrongIsSaidAtOnceAndNothingIsMade() throws Exception {
    RunnerException refused =
        refused(
            () -> runner.run(Launch.of(template("{{ comand }} {{ other }}")).with("command", "x")));
    assertThat(refused.reason()).isEqualTo(RunnerException.Reason.INPUT);
    assertThat(refused.run()).isEmpty();
    assertThat(refused.getMessage())
        .contains("nothing in `t.bash.j2` uses the value `command`\nhint: did you mean `comand`?\n")
        .contains("`other` is not defined");
    assertThat(work).doesNotExist();
    assertThat(refused(() -> runner.run(Launch.of("job.sge.j2").with("command", "x"))).getMessage())
        .contains("cannot run scripts of the type `sge` yet");
    assertThat(refused(() -> runner.run(Launch.of("x.foo.j2"))).getMessage())
        .contains("`foo` is no type of launch script");
    assertThat(
            runner
                .run(Launch.of(template("echo {{ nothing }}.")).undefinedIsEmpty())
                .await()
                .succeeded())
        .isTrue();
  }

  @Test
  void argumentsReachTheScriptAsTheyAre() throws Exception {
    LaunchedRun run =
        runner.run(
            Launch.of(template("printf '<%s>' {{ words|sh }} {{ number }} {{ flag }}"))
                .with(Map.of("words", List.of("a b", "$HOME", "é'\"", "-x"), "number", 4))
                .with("flag", true));
    assertThat(run.await().exitCode()).isEqualTo(Optional.of(0));
    assertThat(run.logs()).isEqualTo("<a b><$HOME><é'\"><-x><4><True>");
  }

  private String template(String text) throws IOException {
    Path file = directory.resolve("t.bash.j2");
    Files.writeString(file, text + "\n");
    return file.toString();
  }

  private interface Call {
    void run() throws Exception;
  }

  private static RunnerException refused(Call call) {
    return catchThrowableOfType(RunnerException.class, call::run);
  }
}
