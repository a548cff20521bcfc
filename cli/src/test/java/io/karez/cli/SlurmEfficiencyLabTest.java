package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karez.text.Json;
import io.karez.text.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What jobs of a real Slurm used of what they asked for. Programs say themselves what they had of
/// the processors, since other tests want them as well.
@Tag("lab")
class SlurmEfficiencyLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site");

  private static final String BURN =
      """
      import time
      b = bytearray(80_000_000)
      wall = time.monotonic()
      while time.process_time() < 2 and time.monotonic() - wall < 20: pass
      print(time.process_time() / (time.monotonic() - wall))
      """;

  private static LabProject project;

  @BeforeAll
  static void makeProject() throws Exception {
    project = LabProject.make(LAB, "efficiency");
  }

  @Test
  void oneBusyCoreOfTwoIsAHalf() throws Exception {
    long run =
        project.submit(
            "--cpus", "2", "--memory", "400M", "--time", "10m", "--", "python3", "-c", BURN);
    project.require("wait", Long.toString(run));
    double busy =
        Double.parseDouble(project.shell("cat results/_/run_%d/stdout.txt".formatted(run)));

    JsonObject efficiency = efficiency(run);
    JsonObject job = efficiency.objects("jobs").getFirst();
    assertThat(job.integer("cores")).isEqualTo(2);
    assertThat(job.optionalDecimal("cpu_share").orElseThrow()).isCloseTo(busy / 2, within(0.15));
    assertThat(job.optionalDecimal("memory_share").orElseThrow()).isBetween(0.2, 0.5);
    assertThat(job.flag("memory_at_least")).isFalse();
    assertThat(job.number("time_limit_s")).isEqualTo(600);
    assertThat(efficiency.objects("advice"))
        .extracting(advice -> advice.optionalString("option").orElse(""))
        .contains("--memory 200M", "--time 0:05:00");
  }

  @Test
  void whatNobodyAskedForIsWhatTheSiteGives() throws Exception {
    project.shell("printf -- '--mail-type: NONE\\n' >bare.yaml");
    long run = project.submit("--submit-template", "bare.yaml", "--queue", "short", "--", "true");
    project.require("wait", Long.toString(run));
    JsonObject job = efficiency(run).objects("jobs").getFirst();
    assertThat(job.number("time_limit_s")).isEqualTo(60);
    assertThat(job.number("memory_asked_bytes")).isEqualTo(100L << 20);
  }

  @Test
  void severalProcessesAtATimeAreSeenByTheAccounting() throws Exception {
    String three = "for i in 1 2 3; do python3 -c \"$0\" & done; wait";
    long run = project.submit("--memory", "1G", "--time", "5m", "--", "sh", "-c", three, BURN);
    project.require("wait", Long.toString(run));
    JsonObject efficiency = efficiency(run);
    JsonObject job = efficiency.objects("jobs").getFirst();
    assertThat(job.string("memory_source")).isEqualTo("accounting");
    assertThat(job.flag("memory_at_least")).isTrue();
    assertThat(job.number("max_memory_bytes")).isGreaterThan(3 * 80_000_000L);
    assertThat(efficiency.objects("advice"))
        .filteredOn(advice -> advice.string("about").equals("memory"))
        .extracting(advice -> advice.optionalString("option"))
        .allMatch(Optional::isEmpty);
  }

  @Test
  void processesThatSlurmStartsAreCountedByTheAccounting() throws Exception {
    long run =
        project.submit(
            "--tasks",
            "2",
            "--memory",
            "600M",
            "--time",
            "5m",
            "--",
            "srun",
            "python3",
            "-c",
            BURN);
    project.require("wait", Long.toString(run));
    JsonObject job = efficiency(run).objects("jobs").getFirst();
    assertThat(job.integer("cores")).isEqualTo(2);
    assertThat(job.optionalDecimal("cpu_s").orElseThrow()).isGreaterThan(1);
    assertThat(job.number("max_memory_bytes")).isGreaterThan(80_000_000L);
  }

  private static JsonObject efficiency(long run) throws Exception {
    String said = project.require("efficiency", Long.toString(run), "--json");
    return JsonObject.of(Json.read(said, "efficiency")).orElseThrow();
  }
}
