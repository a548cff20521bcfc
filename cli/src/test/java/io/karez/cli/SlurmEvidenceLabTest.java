package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.text.JsonObject;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said of jobs when somebody who should know does not answer, or answers nonsense.
@Tag("lab")
class SlurmEvidenceLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  private static LabProject project;

  @BeforeAll
  static void makeProject() throws Exception {
    project = LabProject.make(LAB, "evidence");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exit 1",
        "echo 'slurm_load_jobs error: Unable to contact slurm controller' >&2; exit 1",
        "echo 'slurm_load_jobs error: Rate limit exceeded' >&2; exit 1",
        "printf '\\377\\376|garbage\\n||||||||\\n'",
        "echo '[{\"jobs\": 1'",
        "kill -9 $$"
      })
  void aFailingQuestionChangesNoJob(String answer) throws Exception {
    long run = project.submit("-R", "--i 0 2 1", "--native", "--hold", "--", "true");
    List<String> before = List.of("HELD", "HELD");
    assertThat(project.states(run)).isEqualTo(before);
    for (String program : List.of("squeue", "sacct")) {
      fake(program, answer);
    }
    List<JsonObject> jobs = jobs(blind("status", Long.toString(run), "--json"));
    for (JsonObject job : jobs) {
      assertThat(job.flag("settled")).isFalse();
      assertThat(job.string("state")).isIn("QUEUED", "HELD");
    }
    assertThat(project.states(run)).isEqualTo(before);
    project.require("cancel", Long.toString(run));
  }

  @Test
  void aSecondCopyThatNoSearchCouldFindDoesNotRun() throws Exception {
    String script = "echo $KAREZ_JOB_INDEX >>ran";
    long run = project.submit("-R", "--i 0 2 1", "--native", "--hold", "--", "sh", "-c", script);
    String first = project.nativeId(run).replaceFirst("_.*", "");
    forgetTheAnswer(run);
    for (String program : List.of("squeue", "sacct")) {
      fake(program, "exit 0");
    }
    Completed resumed = blind("resume", Long.toString(run));
    assertThat(resumed.exitCode()).as(resumed.errorText()).isZero();
    assertThat(resumed.errorText()).contains("does not know submission 1");
    String second = project.nativeId(run).replaceFirst("_.*", "");
    assertThat(second).isNotEqualTo(first);

    LAB.ask("scontrol", "release", second);
    LAB.ask("scontrol", "release", first);
    project.require("wait", Long.toString(run));
    Lab.until(
        "both copies have ended",
        () -> LAB.ask("squeue", "--noheader", "--jobs=" + first + "," + second).isEmpty());
    assertThat(project.states(run)).containsExactly("SUCCEEDED", "SUCCEEDED");
    assertThat(Files.readAllLines(project.path().resolve("ran")))
        .containsExactlyInAnyOrder("0", "1");
  }

  @Test
  void aHostWithoutSlurmThatSeesTheFilesSaysTheSameOfWhatHasEnded() throws Exception {
    long ended = project.submit("-R", "--i 0 3 1", "--", "sh", "-c", "exit $2", "sh");
    project.karez("wait", Long.toString(ended));
    List<String> verdict = project.states(ended);
    assertThat(verdict).containsExactly("SUCCEEDED", "FAILED exit", "FAILED exit");
    long waiting = project.submit("--native", "--hold", "--", "true");

    assertThat(jobs(elsewhere(ended)).stream().map(SlurmEvidenceLabTest::shown)).isEqualTo(verdict);
    JsonObject unknown = jobs(elsewhere(waiting)).getFirst();
    assertThat(unknown.flag("settled")).isFalse();
    assertThat(unknown.string("state")).isIn("QUEUED", "HELD");
    assertThat(unknown.string("evidence")).contains("squeue");
    project.require("cancel", Long.toString(waiting));
  }

  private static String shown(JsonObject job) {
    return job.string("state") + job.optionalString("cause").map(word -> " " + word).orElse("");
  }

  /// Runs Karez on this machine.
  private static Completed elsewhere(long run) throws Exception {
    Command command =
        Command.of(Karez.command(Path.of("/tmp"), "status", Long.toString(run), "--json"))
            .in(project.path())
            .with(Map.of("LC_ALL", "C.UTF-8"));
    return new LocalTransport().run(command, Duration.ofMinutes(1));
  }

  private static List<JsonObject> jobs(Completed status) {
    assertThat(status.exitCode()).as(status.errorText()).isZero();
    return LabProject.jobs(status.text());
  }

  /// A program of the scheduler that stands before the real one.
  private static void fake(String name, String script) throws Exception {
    LAB.write("blind/" + name, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(
        LAB.home().resolve("blind/" + name), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Completed blind(String... words) throws Exception {
    return LAB.run(
        Command.of(Karez.command(Path.of("/tmp"), words))
            .in(Path.of(project.directory()))
            .with(Map.of("PATH", "/home/researcher/blind:/usr/bin:/bin")));
  }

  /// As if Karez and the command that submits had been killed before they could write the answer
  /// down.
  private static void forgetTheAnswer(long run) throws Exception {
    Path events = project.path().resolve("results/_/run_" + run + "/events");
    try (Stream<Path> files = Files.list(events)) {
      for (Path file : files.toList()) {
        List<String> lines =
            Files.readAllLines(file).stream()
                .filter(line -> !line.contains("\"Submitted\""))
                .toList();
        Files.write(file, lines);
      }
    }
    Path submission = project.path().resolve("results/_/run_" + run + "/submissions/1");
    try (Stream<Path> notes = Files.list(submission)) {
      for (Path note :
          notes.filter(f -> f.getFileName().toString().startsWith("submit.")).toList()) {
        Files.write(note, Files.readAllLines(note).subList(0, 1));
      }
    }
  }
}
