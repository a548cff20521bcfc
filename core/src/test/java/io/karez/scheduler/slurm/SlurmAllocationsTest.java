package io.karez.scheduler.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.Memory;
import io.karez.define.Resources;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.scheduler.AllocationRequest;
import io.karez.scheduler.Allocations;
import io.karez.scheduler.Directives;
import io.karez.scheduler.GetReply;
import io.karez.scheduler.NativeId;
import io.karez.transport.Completed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SlurmAllocationsTest {
  private static final NativeId ID = new NativeId("118568");

  private final Allocations slurm = new SlurmAllocations();

  /// The call of SmartSim's manual: nodes=5, C=haswell, partition=debug, time=10:00:00, exclusive.
  @Test
  void theSeedsCallIsTheCommandOfTheSeed() {
    assertThat(
            words(
                Resources.NONE,
                "-N 5",
                "-C haswell",
                "--partition=debug",
                "--time=10:00:00",
                "--exclusive"))
        .isEqualTo("-N 5 -C haswell --partition=debug --time=10:00:00 --exclusive");
    assertThat(words(asking(5, Duration.ofHours(10), "debug"), "-C haswell", "--exclusive"))
        .isEqualTo("-N 5 --time=10:00:00 --partition=debug -C haswell --exclusive");
    assertThat(slurm.readGet(reply(0, "", "salloc: Granted job allocation 118568\n")))
        .isEqualTo(new GetReply.Granted(Optional.of(ID)));
    String error = "salloc: error: Job submit/allocate failed: Invalid node name specified";
    assertThat(slurm.readGet(reply(1, "", error + "\n"))).isEqualTo(new GetReply.Failed(error));
    assertThat(slurm.release(List.of(ID)).words()).containsExactly("scancel", "118568");
  }

  @Test
  void thirtyHoursAreOneDayAndSixHours() {
    assertThat(words(asking(1, Duration.ofHours(30), "debug")))
        .isEqualTo("-N 1 --time=1-06:00:00 --partition=debug");
  }

  @Test
  void whatIsAskedForCarriesItsNameAndItsToken() {
    assertThat(slurm.get(new AllocationRequest("my nodes", "00ff", List.of())).words())
        .containsExactly(
            "salloc", "--no-shell", "--job-name=my nodes", "--comment=karez.alloc.00ff");
    List<Directive> own =
        Stream.of("-J other", "--comment=for the \"paper\"", "--no-shell")
            .map(Directive::parse)
            .toList();
    assertThat(slurm.get(new AllocationRequest("my nodes", "00ff", own)).words())
        .containsExactlyInAnyOrder(
            "salloc", "--no-shell", "-J", "other", "--comment=karez.alloc.00ff for the \"paper\"");
  }

  @Test
  void whatIsNoWishIsRefused() {
    assertThat(refused("haswell")).contains("is no option: options begin with `-` or `--`");
    assertThat(refused("--")).isPresent();
    assertThat(refused("--help")).contains("asks for no allocation");
    assertThat(refused("-M other")).isPresent();
    for (String fine : List.of("-C haswell", "--exclusive", "--exclusive=user", "-N5", "--x11")) {
      assertThat(refused(fine)).as(fine).isEmpty();
    }
  }

  @Test
  void aStepThatAsksForNothingSharesAndOneThatAsksGetsJustThat() {
    assertThat(step(List.of()))
        .isEqualTo(
            "srun --jobid=118568 --quit-on-interrupt --nodes=1 --ntasks=1 --overlap -- echo $HOME");
    Resources cores =
        new Resources(
            Optional.empty(),
            Optional.of(8),
            Optional.of(2),
            Optional.of(Memory.ofMebibytes(2049)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(step(new Directives(slurm).over(cores).list()))
        .isEqualTo(
            "srun --jobid=118568 --quit-on-interrupt --exact"
                + " --ntasks=8 --cpus-per-task=2 --mem=2049M -- echo $HOME");
    assertThat(step(List.of(Directive.parse("-N 2"), Directive.parse("--exclusive"))))
        .isEqualTo("srun --jobid=118568 --quit-on-interrupt -N 2 --exclusive -- echo $HOME");
  }

  @Test
  void theVariablesOfAJobAroundItAskForNothing() {
    Set<String> inJob =
        Set.of("PATH", "SLURM_NTASKS", "SLURM_JOB_ID", "SLURM_CONF", "SRUN_DEBUG", "SLURM_x y");
    assertThat(slurm.step(ID, List.of(), List.of("true"), inJob).words())
        .startsWith("env", "--unset=SLURM_JOB_ID", "--unset=SLURM_NTASKS", "srun");
    assertThat(slurm.step(ID, List.of(), List.of("true"), Set.of("SLURM_HINT")).words())
        .startsWith("srun");
  }

  @Test
  void hostsAreToldApart() {
    assertThat(SlurmFields.hosts("n[01-03,7]")).containsExactly("n01", "n02", "n03", "n7");
    assertThat(SlurmFields.hosts("n[098-101]")).containsExactly("n098", "n099", "n100", "n101");
    assertThat(SlurmFields.hosts("a,b-1.site,c[1-2]-ib,d"))
        .containsExactly("a", "b-1.site", "c1-ib", "c2-ib", "d");
    for (String odd : List.of("", "(null)", "r[1-2]n[1-2]", "n[1-", "n[x]", "n[1-9999999999]")) {
      assertThat(SlurmFields.hosts(odd)).as(odd).isEmpty();
    }
  }

  private Optional<String> refused(String text) {
    return slurm.refusal(Directive.parse(text));
  }

  private String step(List<Directive> directives) {
    return String.join(
        " ", slurm.step(ID, directives, List.of("echo", "$HOME"), Set.of("PATH")).words());
  }

  /// What is asked for besides the name and the token.
  private String words(Resources resources, String... natives) {
    List<Directive> directives =
        new Directives(slurm)
            .over(resources)
            .over(Stream.of(natives).map(Directive::parse).toList())
            .list();
    List<String> words = slurm.get(new AllocationRequest("karez", "00ff", directives)).words();
    return String.join(" ", words.subList(4, words.size()));
  }

  private static Resources asking(int nodes, Duration time, String queue) {
    return new Resources(
        Optional.of(nodes),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(time),
        Optional.of(queue),
        Optional.empty());
  }

  private static Completed reply(int code, String out, String err) {
    return new Completed(code, out.getBytes(UTF_8), err.getBytes(UTF_8));
  }
}
