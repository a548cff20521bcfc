package io.karez.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.JobState;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTest {
  private static final String PROGRAM = "h m b n 10 100";
  private static final String WRAPPER = "h m b n 11 110";
  private static final String SUPERVISOR = "h m b n 12 120";
  private static final String SLOT = "h m b n 13 130";

  private final Local local = new Local();

  @TempDir Path directory;

  @Test
  void theLaunchFileOfAPlainSubmission() {
    JobRequest request = request(Path.of("/r/run_4"), Path.of("/w"), Map.of(), List.of());
    assertThat(local.render(request).script())
        .isEqualTo(
            """
            #!/bin/sh
            # Karez, run 4 of e: 3 jobs on this machine, 2 at a time
            # uid 00ff, submission 1
            kz_ended() { echo "$1" >/r/run_4/submissions/1/ended.new && mv /r/run_4/submissions/1/ended.new /r/run_4/submissions/1/ended; }
            cd -- /w || { kz_ended directory; exit 125; }
            exec /bin/sh /r/run_4/local.sh supervise /r/run_4 1 2
            """);
    assertThat(local.render(request).others().keySet()).containsExactly("local.sh");
  }

  @Test
  void theLaunchFileQuotesWhatTheUserNamed() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("B", "it's $HOME");
    environment.put("A", "");
    JobRequest request =
        request(
            Path.of("/r it's 100%s/run_4"),
            Path.of("/w $x"),
            environment,
            List.of("module load python # for numpy", "ulimit -s unlimited"));
    assertThat(local.render(request).script())
        .isEqualTo(
            """
            #!/bin/sh
            # Karez, run 4 of e: 3 jobs on this machine, 2 at a time
            # uid 00ff, submission 1
            kz_ended() { echo "$1" >'/r it'\\''s 100%s/run_4/submissions/1/ended'.new && mv '/r it'\\''s 100%s/run_4/submissions/1/ended'.new '/r it'\\''s 100%s/run_4/submissions/1/ended'; }
            cd -- '/w $x' || { kz_ended directory; exit 125; }
            export B='it'\\''s $HOME'
            export A=''
            trap 'kz_ended setup' EXIT
            module load python # for numpy
            [ $? -eq 0 ] || exit 125
            ulimit -s unlimited
            [ $? -eq 0 ] || exit 125
            trap - EXIT
            exec /bin/sh '/r it'\\''s 100%s/run_4/local.sh' supervise '/r it'\\''s 100%s/run_4' 1 2
            """);
  }

  @Test
  void aSetUpLineThatFailsEndsTheSubmissionWithItsReason() throws Exception {
    Path run = Files.createDirectories(directory.resolve("run"));
    Files.createDirectories(run.resolve("submissions/1"));
    Files.writeString(run.resolve("local.sh"), "echo started >&2\n");
    for (String line :
        List.of(
            "false # not this time",
            "(exit 3)",
            "cd /no/such/place 2>/dev/null || exit 1",
            "set -e; false; true",
            "exit 0")) {
      Files.deleteIfExists(run.resolve("submissions/1/ended"));
      String script =
          local.render(request(run, directory, Map.of(), List.of("true # a", line))).script();
      Process process =
          new ProcessBuilder("/bin/sh", "-c", script).redirectErrorStream(true).start();
      assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEmpty();
      process.waitFor();
      assertThat(run.resolve("submissions/1/ended")).as(line).hasContent("setup\n");
    }
  }

  @Test
  void onlyAnIdentityIsAnAcceptance() {
    assertThat(local.readSubmit(reply(0, SUPERVISOR + "\n", "")))
        .isEqualTo(new SubmitReply.Accepted(new NativeId(SUPERVISOR), Optional.empty()));
    assertThat(local.readSubmit(reply(0, "", ""))).isEqualTo(new SubmitReply.Uncertain(""));
    assertThat(local.readSubmit(reply(125, SUPERVISOR + "\n", "cannot fork\n")))
        .isEqualTo(new SubmitReply.Uncertain(SUPERVISOR + "\ncannot fork"));
  }

  @Test
  void allProcessesOfAllJobsAreAskedAboutOnce() {
    Command command = alive().ask(List.of(waiting(), started()));
    assertThat(command.input().map(bytes -> new String(bytes, UTF_8)))
        .contains(String.join("\n", SUPERVISOR, SLOT, PROGRAM, WRAPPER) + "\n");
  }

  @Test
  void theAnswerSaysOfEachJobWhatItsProcessesMean() {
    require("alive alive alive alive", listed(JobState.RUNNING, "its process is alive"), true);
    require("gone alive alive alive", listed(JobState.COMPLETING, "its process has ended"), true);
    require("gone gone alive alive", listed(JobState.COMPLETING, "its process has ended"), true);
    require("gone gone gone gone", new Sighting.Gone("its process and its wrapper are gone"), true);
    require("- - alive gone", listed(JobState.QUEUED, "it waits for a slot"), false);
    require("- - gone alive", listed(JobState.QUEUED, "it waits for a slot"), false);
    require("- - gone gone", new Sighting.Gone("the supervisor and its slots are gone"), false);
    require(
        "elsewhere elsewhere elsewhere elsewhere",
        new Sighting.Silent("its processes are on `h`, which is not this machine"),
        true);
    require(
        "gone gone elsewhere gone",
        new Sighting.Silent("its processes are on `h`, which is not this machine"),
        true);
    require("- - - -", new Sighting.Silent("the local supervisor's script failed: oops"), true);
    require(
        "gone gone - gone",
        new Sighting.Silent("the local supervisor's script failed: oops"),
        true);
  }

  @Test
  void aLineThatIsNoAnswerSpoilsNoOther() {
    StatusReply reply =
        alive().read(List.of(waiting()), reply(0, "what\nalive " + SUPERVISOR + "\n\n", ""));
    assertThat(reply.unread()).containsExactly("what", "");
    assertThat(reply.sightings())
        .isEqualTo(Map.of(waiting(), listed(JobState.QUEUED, "it waits for a slot")));
  }

  private void require(String states, Sighting expected, boolean started) {
    List<String> processes = List.of(PROGRAM, WRAPPER, SUPERVISOR, SLOT);
    StringBuilder answer = new StringBuilder();
    String[] words = states.split(" ");
    for (int i = 0; i < words.length; i++) {
      if (!words[i].equals("-")) {
        answer.append(words[i]).append(' ').append(processes.get(i)).append('\n');
      }
    }
    NativeId id = started ? started() : waiting();
    assertThat(alive().read(List.of(id), reply(0, answer.toString(), "oops\n")).sightings())
        .as(states)
        .isEqualTo(Map.of(id, expected));
  }

  private StatusQuery alive() {
    return local.statusQueries().getFirst();
  }

  private NativeId waiting() {
    return local.idOf(SUPERVISOR + "\n" + SLOT + "\n", 3, 0, Optional.empty());
  }

  private NativeId started() {
    return local.idOf(
        SUPERVISOR + "\n" + SLOT, 3, 0, Optional.of(new JobTrace(PROGRAM, WRAPPER, "local")));
  }

  private static Sighting listed(JobState state, String word) {
    return new Sighting.Listed(state, Optional.empty(), word);
  }

  private static Completed reply(int code, String out, String err) {
    return new Completed(code, out.getBytes(UTF_8), err.getBytes(UTF_8));
  }

  private static JobRequest request(
      Path run, Path work, Map<String, String> environment, List<String> setup) {
    return new JobRequest(
        "run 4 of e",
        "e_4",
        "00ff",
        "00ff.1",
        run,
        work,
        1,
        3,
        1,
        false,
        2,
        List.of(),
        environment,
        setup,
        List.of());
  }
}
