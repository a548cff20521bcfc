package io.karez.scheduler.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.Finding;
import io.karez.scheduler.SiteQuery.Answer;
import io.karez.transport.Completed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the recorded sites are not like; those are in the transcripts.
class SlurmSiteTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_795_275_850);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1795275850 | OK clock: the controller's agrees with this machine's",
        "1795275848 | OK clock: the controller's agrees with this machine's",
        "1795275790 | WARNING clock: the controller's is 60 s behind this machine's",
        "1795275953 | WARNING clock: the controller's is 100 s ahead of this machine's"
      })
  void theControllersClockIsComparedWithWhenItWasAsked(String theirs, String expected) {
    assertThat(shown("Configuration data as of " + theirs)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CR_CORE | task/cgroup | (null) | yes | NOTE memory: is not shared out among jobs",
        "CR_CPU_MEMORY | task/affinity,task/cgroup | (null) | yes | OK memory: limits are enforced"
            + " (cgroup): OUT_OF_MEMORY is told",
        "CR_CPU_MEMORY | task/cgroup | (null) | yes;CgroupPlugin = disabled | NOTE memory: limits"
            + " are not enforced",
        "CR_CPU_MEMORY | task/cgroup | (null) | no | NOTE memory: limits are not enforced",
        "CR_CPU_MEMORY | task/none | OverMemoryKill | no | NOTE memory: limits are enforced by"
            + " looking from time to time"
      })
  void memoryIsEnforcedByTheKernelOrBySlurmOrNot(
      String select, String task, String gather, String constrain, String expected) {
    assertThat(
            shown(
                """
                SelectTypeParameters    = %s
                TaskPlugin              = %s
                JobAcctGatherParams     = %s
                ConstrainRAMSpace       = %s\
                """
                    .formatted(select, task, gather, constrain.replace(";", "\n"))))
        .contains(expected);
  }

  @Test
  void anAccountingThatDoesNotAnswerIsAWarningWithItsWords() {
    List<Answer> answers = answers("AccountingStorageType = accounting_storage/slurmdbd");
    answers.set(3, said(1, "", "sacct: error: Problem talking to the database"));
    assertThat(shown(new SlurmSite("me").read(answers)))
        .contains(
            "WARNING accounting: `sacct`: exit code 1: sacct: error: Problem talking to the"
                + " database");
  }

  @Test
  void commentsThatAreKeptAreFine() {
    assertThat(
            shown(
                """
                AccountingStorageType = accounting_storage/slurmdbd
                AccountingStoreFlags = job_comment,job_env\
                """))
        .contains("OK comments: the accounting keeps them");
  }

  @Test
  void whoeverHasNoAccountIsToldWhereOneIsNeeded() {
    assertThat(shown("AccountingStorageType = accounting_storage/slurmdbd"))
        .contains("NOTE accounts: `me` has none");
    assertThat(
            shown(
                """
                AccountingStorageType = accounting_storage/slurmdbd
                AccountingStorageEnforce = associations,limits\
                """))
        .contains("ERROR accounts: `me` has none");
  }

  @Test
  void limitsOfAnAccountAreNamed() {
    List<Answer> answers = answers("AccountingStorageType = accounting_storage/slurmdbd");
    answers.set(4, said(0, "vision||10|100|1-00:00:00|cpu=64||gres/gpu=4|normal\n", ""));
    assertThat(shown(new SlurmSite("me").read(answers)))
        .contains(
            "OK account vision: MaxJobs 10, MaxSubmit 100, MaxWall 1-00:00:00, MaxTRES cpu=64,"
                + " GrpTRES gres/gpu=4, DefaultQOS normal");
  }

  @Test
  void limitsOfAQualityOfServiceAreNamedWhereItHasSome() {
    List<Answer> answers = answers("ClusterName = alpha");
    answers.set(6, said(0, "normal|||||||\nlimited|10|2000|||cpu=64||\n", ""));
    assertThat(shown(new SlurmSite("me").read(answers)))
        .contains("OK quality of service limited: MaxJobsPU 10, MaxSubmitPU 2000, MaxTRESPU cpu=64")
        .noneMatch(line -> line.contains("normal"));
  }

  @Test
  void aQueueThatIsClosedIsAWarningWhenItIsTheDefault() {
    List<Answer> answers = answers("ClusterName = alpha");
    answers.set(
        2,
        said(
            0,
            """
            PartitionName=day Default=YES QoS=N/A DefaultTime=NONE MaxNodes=UNLIMITED MaxTime=UNLIMITED MinNodes=0 State=DRAIN TotalNodes=1
            PartitionName=night Default=NO QoS=N/A DefaultTime=NONE MaxTime=12:00:00 State=DOWN TotalNodes=9
            """,
            ""));
    assertThat(shown(new SlurmSite("me").read(answers)))
        .contains(
            "WARNING queue day: DRAIN: default, no time limit, 1 node",
            "NOTE queue night: DOWN: up to 12:00:00, 9 nodes");
  }

  @Test
  void whereJobsAreNotPutBackIntoTheQueueThatIsSaid() {
    assertThat(shown("JobRequeue = 0"))
        .contains("NOTE requeue: jobs are not put back into the queue");
    assertThat(shown("JobRequeue = 1")).noneMatch(line -> line.contains("requeue"));
  }

  @Test
  void jobsInTheQueueAreCounted() {
    List<Answer> answers = answers("ClusterName = alpha");
    answers.set(5, said(0, "PENDING\nRUNNING\nPENDING\n", ""));
    assertThat(shown(new SlurmSite("me").read(answers)))
        .contains("OK your jobs: 2 PENDING, 1 RUNNING");
  }

  private static List<String> shown(String config) {
    return shown(new SlurmSite("me").read(answers(config)));
  }

  private static List<String> shown(List<Finding> findings) {
    return findings.stream().map(f -> f.grade() + " " + f.about() + ": " + f.said()).toList();
  }

  private static List<Answer> answers(String config) {
    return new ArrayList<>(
        List.of(
            said(0, "slurm 23.11.10\n", ""),
            said(0, config + "\n", ""),
            said(0, "", ""),
            said(0, "", ""),
            said(0, "", ""),
            said(0, "", ""),
            said(0, "", "")));
  }

  private static Answer said(int code, String out, String err) {
    return new Answer(
        Optional.of(
            new Completed(
                code, out.getBytes(StandardCharsets.UTF_8), err.getBytes(StandardCharsets.UTF_8))),
        "",
        NOW,
        NOW.plusSeconds(3));
  }
}
