package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How every command about runs reads their names.
class RunWordsTest {
  @TempDir Path directory;
  private Karez karez;

  @BeforeEach
  void aRunOfTwoJobsOfWhichOneFailed() throws IOException {
    karez = Karez.project(directory);
    karez.write("exits.sh", "exit \"$2\"\n");
    for (String name : List.of("exits", "other")) {
      karez.write(
          ".karez/experiments/%s.yaml".formatted(name),
          """
          name: %s
          path: .
          executable: exits.sh
          executable_command: sh
          pass_paths: false
          actions:
          - plot: {executable: exits.sh, executable_command: sh -c true}
          """
              .formatted(name));
    }
    karez.run("run", "exits", "-g", "--x 0", "-g", "--x 1");
  }

  /// What is to be written, with RUN for the run.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cancel RUN",
        "comment RUN text",
        "delete RUN --dry-run",
        "extend RUN --x 0",
        "extend RUN -g --x=0",
        "logs RUN",
        "rerun RUN",
        "resume RUN",
        "retry RUN",
        "show RUN",
        "status RUN",
        "tag RUN baseline",
        "wait RUN",
        "why RUN"
      })
  void everyCommandTakesTheRunAlsoAfterItsExperiment(String words) {
    assertThat(karez.run(with(words, "exits 1")).code())
        .isEqualTo(karez.run(with(words, "1")).code())
        .isNotEqualTo(ExitCode.USAGE);
    assertThat(karez.run(with(words, "other 1")))
        .isEqualTo(
            new Karez.Said(
                ExitCode.USAGE,
                "",
                """
                error: run 1 is of `exits`, not of `other`
                hint: `karez status other` lists the runs of `other`
                """));
    assertThat(karez.run(with(words, "7")).err())
        .isEqualTo("error: there is no run 7\nhint: `karez status` lists the runs\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cancel RUN",
        "logs RUN",
        "rerun RUN",
        "retry RUN",
        "show RUN",
        "status RUN",
        "wait RUN",
        "why RUN"
      })
  void aJobThatARunHasNotIsAnError(String words) {
    assertThat(karez.run(with(words, "last/2")))
        .isEqualTo(
            new Karez.Said(
                ExitCode.USAGE, "", "error: run 1 has no job 2\nhint: its jobs are 0 to 1\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "comment RUN text: commented",
        "delete RUN: deleted",
        "extend RUN --x 0: extended",
        "resume RUN: resumed",
        "tag RUN baseline: tagged"
      })
  void whatIsAboutWholeRunsIgnoresNoJob(String words) {
    String[] parts = words.split(": ");
    assertThat(karez.run(with(parts[0], "last/0")))
        .isEqualTo(
            new Karez.Said(
                ExitCode.USAGE,
                "",
                """
                error: `1/0` is a job, and only whole runs can be %s
                hint: the run itself is `1`
                """
                    .formatted(parts[1])));
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs", "show", "status", "why"})
  void whatIsAboutOneRunIgnoresNoSecondOne(String command) {
    assertThat(karez.run(command, "1", "2"))
        .isEqualTo(
            new Karez.Said(
                ExitCode.USAGE, "", "error: `2` is one word too many\nhint: name one run\n"));
  }

  @Test
  void everyWordThatNamesNothingIsSaidAtOnce() {
    assertThat(karez.run("cancel", "7", "1/5", "x").err())
        .isEqualTo(
            """
            error: there is no run 7
            hint: `karez status` lists the runs
            error: run 1 has no job 5
            hint: its jobs are 0 to 1
            error: `x` names no run
            hint: a run is a number (`4`), a job of it `4/17`, the newest run `last`
            """);
  }

  @Test
  void anActionIsOfTheExperimentThatTheRunIsOf() {
    assertThat(karez.run("action", "exits", "plot", "1").code()).isZero();
    assertThat(karez.run("action", "other", "plot", "1").err())
        .startsWith("error: run 1 is of `exits`, not of `other`\n");
    assertThat(karez.run("action", "exits", "plot", "x").err())
        .startsWith("error: `x` names no run\n");
  }

  private static String[] with(String words, String run) {
    List<String> all = new ArrayList<>();
    for (String word : words.replace("RUN", run).split(" ")) {
      all.add(word);
    }
    return all.toArray(String[]::new);
  }
}
