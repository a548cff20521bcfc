package io.karez.scheduler.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.Memory;
import io.karez.define.Resources;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.define.WallTime;
import io.karez.scheduler.Asked;
import io.karez.scheduler.Directives;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlurmAskedTest {
  private final Slurm slurm = new Slurm();

  /// Nodes, tasks, cores, memory, time, queue; `-` where the words do not tell.
  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "'' -> 1 1 1 - - -",
        "--mem=4G -> 1 1 1 4G - -",
        "--mem=4096 -> 1 1 1 4G - -",
        "--mem=0 -> 1 1 1 - - -",
        "--mem=lots -> 1 1 1 - - -",
        "-c 4 -> 1 1 4 - - -",
        "-c4|--mem-per-cpu=500M -> 1 1 4 2000M - -",
        "--mem-per-cpu=2G -> 1 1 1 2G - -",
        "--mem-per-gpu=8G|--gres=gpu:2 -> 1 1 1 - - -",
        "--mem=4G|--mem-per-cpu=2G -> 1 1 1 - - -",
        "--ntasks=8|--cpus-per-task=2 -> - 8 16 - - -",
        "-n 8|--mem-per-cpu=2G -> - 8 8 - - -",
        "-N 1|-n 8|--mem-per-cpu=2G -> 1 8 8 16G - -",
        "-N 2|--ntasks-per-node=4|--mem=4G -> 2 8 8 4G - -",
        "--nodes=2|-n 4|--mem-per-cpu=50M -> 2 4 4 - - -",
        "-N 3 -> 3 3 3 - - -",
        "-N 3|-n 1|--mem-per-cpu=1G -> 1 1 1 1G - -",
        "-N 2-4 -> - - - - - -",
        "-N 2-4|-n 16 -> - 16 16 - - -",
        "-n 999999999|-c 999999999 -> - 999999999 - - - -",
        "--exclusive|--mem=4G -> - 1 - 4G - -",
        "--cpus-per-gpu=8|--gres=gpu:1 -> - 1 - - - -",
        "--time=1-00:00:00 -> 1 1 1 - 1-00:00:00 -",
        "-t 90 -> 1 1 1 - 01:30:00 -",
        "-t 90:30 -> 1 1 1 - 01:31:00 -",
        "--time=0:30 -> 1 1 1 - 00:01:00 -",
        "--time=2-3 -> 1 1 1 - 2-03:00:00 -",
        "--time=UNLIMITED -> 1 1 1 - - -",
        "--time=0 -> 1 1 1 - - -",
        "-p debug -> 1 1 1 - - debug",
        "--partition=debug,long -> 1 1 1 - - debug,long",
        "-t 10|--time=20 -> 1 1 1 - 00:20:00 -"
      })
  void directivesAreReadBack(String directives, String expected) {
    List<Directive> list =
        Arrays.stream(directives.split("\\|"))
            .filter(text -> !text.isEmpty())
            .map(Directive::parse)
            .toList();
    assertThat(shown(slurm.asked(list))).isEqualTo(expected);
  }

  @Test
  void whatIsWrittenForCanonicalResourcesReadsBackAsThem() {
    Resources resources =
        new Resources(
            Optional.of(1),
            Optional.of(2),
            Optional.of(3),
            Optional.of(Memory.ofMebibytes(2049)),
            Optional.of(1),
            Optional.of(Duration.ofHours(30)),
            Optional.of("debug"),
            Optional.of("research"));
    List<Directive> directives = new Directives(slurm).over(resources).list();
    assertThat(shown(slurm.asked(directives))).isEqualTo("1 2 6 2049M 1-06:00:00 debug");
  }

  @Test
  void whereNoSchedulerReadsDirectivesTheRunsOwnWordsTell() {
    assertThat(shown(Asked.of(Map.of("memory", "4G", "cpus", "2", "time", "01:00:00"))))
        .isEqualTo("- - 2 4G 01:00:00 -");
    assertThat(shown(Asked.of(Map.of("tasks", "-2", "memory", "much")))).isEqualTo("- - - - - -");
  }

  private static String shown(Asked asked) {
    return String.join(
        " ",
        asked.nodes().map(Object::toString).orElse("-"),
        asked.tasks().map(Object::toString).orElse("-"),
        asked.cores().map(Object::toString).orElse("-"),
        asked.memory().map(Object::toString).orElse("-"),
        asked.time().map(WallTime::format).orElse("-"),
        asked.queue().orElse("-"));
  }
}
