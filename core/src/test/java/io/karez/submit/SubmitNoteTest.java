package io.karez.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.submit.SubmitNote.State;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The note that a submit command leaves, by a real shell.
class SubmitNoteTest {
  private static final Instant BEGUN = Instant.parse("2026-11-22T10:00:00.123456Z");

  @TempDir Path temporary;
  private Path directory;
  private SubmitNote note;

  @BeforeEach
  void aSubmission() throws IOException {
    directory = Files.createDirectory(temporary.resolve("it's $1 \n run"));
    note = new SubmitNote(directory.toString(), BEGUN);
  }

  @Test
  void theAnswerCanBeHadAgain() throws Exception {
    Completed reply = run(note.around(shell("echo 'a banner'; echo '7;c'; echo careful >&2")));

    assertThat(reply.text()).isEqualTo("a banner\n7;c\n");
    assertThat(reply.errorText()).isEqualTo("careful\n");
    assertThat(reply.exitCode()).isZero();
    assertThat(state())
        .isInstanceOfSatisfying(
            State.Answered.class,
            answered -> {
              assertThat(answered.reply().text()).isEqualTo("a banner\n7;c");
              assertThat(answered.reply().exitCode()).isZero();
            });
  }

  @Test
  void soCanARefusalWithoutItsWords() throws Exception {
    assertThat(run(note.around(shell("echo no >&2; exit 3"))).exitCode()).isEqualTo(3);
    assertThat(state())
        .isInstanceOfSatisfying(
            State.Answered.class, answered -> assertThat(answered.reply().exitCode()).isEqualTo(3));
  }

  @Test
  void theWordsOfTheCommandStayAsTheyAre() throws Exception {
    List<String> words = List.of("printf", "[%s]", "", " a b ", "$x", "'", "-n", "ü");
    assertThat(run(note.around(Command.of(words))).text()).isEqualTo("[][ a b ][$x]['][-n][ü]\n");
  }

  @Test
  void whatHasNotBegunWhenSomebodyAsksNeverDoes() throws Exception {
    assertThat(state()).isInstanceOf(State.Never.class);
    assertThat(state()).isInstanceOf(State.Never.class);

    Completed late = run(note.around(shell("touch ran; echo 7")));

    assertThat(SubmitNote.refusal(late)).isPresent();
    assertThat(late.text()).isEmpty();
    assertThat(new SubmitNote(directory.toString(), BEGUN.plusMillis(1)).around(shell("echo 8")))
        .satisfies(next -> assertThat(run(next).text()).isEqualTo("8\n"));
  }

  @Test
  void aSubmissionThatIsStillOnItsWayNeverBegins() throws Exception {
    Path run = directory.resolve("submissions/3");
    SubmitNote early = new SubmitNote(run.toString(), BEGUN);

    assertThat(SubmitNote.read(run(early.question()))).isInstanceOf(State.Never.class);

    Files.createDirectories(run);
    assertThat(SubmitNote.refusal(run(early.around(shell("echo 7"))))).isPresent();
  }

  @Test
  void whatIsAtWorkIsSeen() throws Exception {
    Path gate = temporary.resolve("gate");
    String program = "until [ -e \"$0\" ]; do sleep 0.02; done; echo 7";
    Process process =
        new ProcessBuilder(note.around(Command.of("sh", "-c", program, gate.toString())).words())
            .redirectOutput(temporary.resolve("out").toFile())
            .start();
    try {
      untilNoted();

      assertThat(state())
          .isInstanceOfSatisfying(
              State.Running.class,
              running ->
                  assertThat(running.where()).contains("process " + process.pid() + " on `"));
    } finally {
      Files.createFile(gate);
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(state()).isInstanceOf(State.Answered.class);
  }

  @Test
  void whatWasKilledIsGone() throws Exception {
    Process process =
        new ProcessBuilder(note.around(Command.of("sleep", "60")).words())
            .redirectOutput(temporary.resolve("out").toFile())
            .start();
    untilNoted();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();

    // The shell may have lived long enough to see its child die.
    State state = state();
    assertThat(
            state instanceof State.Gone
                || (state instanceof State.Answered(Completed reply) && reply.exitCode() == 137))
        .as(state.toString())
        .isTrue();
  }

  @Test
  void whatWorksElsewhereCannotBeSeen() throws Exception {
    run(note.around(shell("echo 7")));
    Files.writeString(note(), "login2.example 4711\n");
    assertThat(state()).isEqualTo(new State.Elsewhere("process 4711 on `login2.example`"));
  }

  @Test
  void aProcessThatHasTheNumberByNowIsNotTakenForIt() throws Exception {
    run(note.around(shell("echo 7")));
    String host = Files.readAllLines(note()).getFirst().split(" ")[0];
    Files.writeString(note(), host + " " + ProcessHandle.current().pid() + "\n");
    assertThat(state()).isInstanceOf(State.Gone.class);
  }

  @Test
  void aNoteThatCannotBeWrittenKeepsTheCommandFromRunning() throws Exception {
    SubmitNote nowhere = new SubmitNote(directory.resolve("missing").toString(), BEGUN);
    Path ran = temporary.resolve("ran");
    Completed reply = run(nowhere.around(Command.of("touch", ran.toString())));
    assertThat(SubmitNote.refusal(reply))
        .hasValueSatisfying(why -> assertThat(why).contains("missing").doesNotContain("karez:"));
    assertThat(ran).doesNotExist();
    assertThat(SubmitNote.read(run(nowhere.question()))).isInstanceOf(State.Missing.class);
  }

  @Test
  void garbageIsNoState() {
    for (String text : List.of("", "x", "never mind", "running\n", "answered\na b\n0\n")) {
      State state =
          SubmitNote.read(new Completed(0, text.getBytes(StandardCharsets.UTF_8), new byte[0]));
      assertThat(state).as(text).isNotInstanceOf(State.Answered.class);
      assertThat(state).as(text).isNotInstanceOf(State.Never.class);
    }
  }

  private void untilNoted() throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!Files.exists(note()) || Files.size(note()) == 0) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(5);
    }
  }

  private Path note() {
    return directory.resolve("submit." + Long.toString(BEGUN.toEpochMilli(), 36));
  }

  private static Command shell(String script) {
    return Command.of("sh", "-c", script);
  }

  private State state() throws Exception {
    return SubmitNote.read(run(note.question()));
  }

  private static Completed run(Command command) throws Exception {
    return new LocalTransport().run(command, Duration.ofSeconds(30));
  }
}
