package io.karez.scheduler.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.SubmitTemplate.Directive;
import io.karez.scheduler.Asked;
import io.karez.scheduler.LimitQuery;
import io.karez.scheduler.NativeId;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Replies recorded from Slurm 24.11.5.
class SlurmLimitsTest {
  private static final String PARTITIONS =
      """
      PartitionName=short AllowGroups=ALL AllowAccounts=ALL AllowQos=ALL AllocNodes=ALL Default=NO QoS=N/A DefaultTime=00:01:00 DisableRootJobs=NO ExclusiveUser=NO ExclusiveTopo=NO GraceTime=0 Hidden=NO MaxNodes=UNLIMITED MaxTime=00:05:00 MinNodes=0 LLN=NO MaxCPUsPerNode=UNLIMITED MaxCPUsPerSocket=UNLIMITED Nodes=n[01-02] PriorityJobFactor=1 PriorityTier=1 RootOnly=NO ReqResv=NO OverSubscribe=NO OverTimeLimit=NONE PreemptMode=OFF State=DRAIN TotalCPUs=32 TotalNodes=2 SelectTypeParameters=NONE JobDefaults=(null) DefMemPerNode=UNLIMITED MaxMemPerNode=UNLIMITED TRES=cpu=32,mem=10000M,node=2,billing=32
      PartitionName=debug AllowGroups=ALL AllowAccounts=ALL AllowQos=ALL AllocNodes=ALL Default=YES QoS=limited DefaultTime=00:10:00 DisableRootJobs=NO ExclusiveUser=NO ExclusiveTopo=NO GraceTime=0 Hidden=NO MaxNodes=UNLIMITED MaxTime=1-00:00:00 MinNodes=0 LLN=NO MaxCPUsPerNode=UNLIMITED MaxCPUsPerSocket=UNLIMITED Nodes=n[01-04] PriorityJobFactor=1 PriorityTier=1 RootOnly=NO ReqResv=NO OverSubscribe=NO OverTimeLimit=NONE PreemptMode=OFF State=UP TotalCPUs=64 TotalNodes=4 SelectTypeParameters=NONE JobDefaults=(null) DefMemPerNode=UNLIMITED MaxMemPerNode=UNLIMITED TRES=cpu=64,mem=20000M,node=4,billing=64
      """;

  private static final String JOB =
      """
      JobId=30 JobName=wrap UserId=researcher(2001) GroupId=researcher(2001) MCS_label=N/A Priority=1 Nice=0 Account=research QOS=normal JobState=PENDING Reason=AssocMaxMemPerJob Dependency=(null) Requeue=1 Restarts=0 BatchFlag=1 Reboot=0 ExitCode=0:0 RunTime=00:00:00 TimeLimit=05:00:00 TimeMin=N/A StartTime=Unknown EndTime=Unknown Deadline=N/A Partition=debug NumNodes=1 NumCPUs=8 NumTasks=8 CPUs/Task=1 ReqTRES=cpu=8,mem=500M,node=1,billing=8 AllocTRES=(null)
      """;

  private final Slurm slurm = new Slurm();

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "PartitionTimeLimit;--time=3-0 -> time: 3-00:00:00 asked, partition `debug` allows"
            + " 1-00:00:00",
        "PartitionTimeLimit;-t 10|-p short -> time: 0:10:00 asked, partition `short` allows"
            + " 0:05:00",
        "PartitionTimeLimit;--time=3-0|-p short,debug -> time: 3-00:00:00 asked, partition `short`"
            + " allows 0:05:00; time: 3-00:00:00 asked, partition `debug` allows 1-00:00:00",
        "PartitionTimeLimit;-p short -> time: partition `short` allows 0:05:00",
        "PartitionTimeLimit;-t 10|-p gone -> ''",
        "PartitionNodeLimit;-N 3|-p short -> nodes: 3 asked, partition `short` allows 2",
        "PartitionDown;-p short -> partition `short` is DRAIN"
      })
  void limitsOfAQueueAreSaidInOneQuestion(String asked, String expected) {
    String[] parts = asked.split(";");
    LimitQuery query = slurm.limit(parts[0]).orElseThrow();
    List<Directive> directives =
        Arrays.stream(parts[1].split("\\|")).map(Directive::parse).toList();
    assertThat(query.askJob(new NativeId("7"))).isEmpty();
    assertThat(query.ask(Optional.empty()))
        .containsExactly(Command.of("scontrol", "show", "partition", "--oneliner"));
    List<String> lines =
        query.read(slurm.asked(directives), Optional.empty(), List.of(said(PARTITIONS)));
    assertThat(String.join("; ", lines)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "AssocMaxWallDurationPerJobLimit MaxWall researcher|02:00:00 -> time: 5:00:00 asked,"
            + " account `research` allows 2:00:00",
        "AssocMaxCpuPerJobLimit MaxTRES researcher|cpu=4,mem=300M,node=1 -> cores: 8 asked,"
            + " account `research` allows 4 for one job",
        "AssocMaxMemPerJob MaxTRES researcher|cpu=4,mem=300M,node=1 -> memory: 500M asked, account"
            + " `research` allows 300M for one job",
        "AssocMaxJobsLimit MaxJobs researcher|1 -> account `research` allows 1 job for you at a"
            + " time",
        "AssocGrpCpuLimit GrpTRES |cpu=2 -> cores: 8 asked, account `research` allows 2 for all at"
            + " a time",
        "AssocMaxJobsLimit MaxJobs colleague|1 -> ''",
        "AssocMaxMemPerJob MaxTRES researcher|cpu=4 -> ''"
      })
  void limitsOfAnAccountStandWithTheUserOrTheAccount(String recorded, String expected) {
    String[] parts = recorded.split(" ", 3);
    LimitQuery query = slurm.limit(parts[0]).orElseThrow();
    assertThat(query.askJob(new NativeId("30_2;alpha")))
        .contains(Command.of("scontrol", "show", "job", "--oneliner", "30_2"));
    Optional<Completed> job = Optional.of(said(JOB));
    assertThat(query.ask(job))
        .containsExactly(
            Command.of(
                "sacctmgr",
                "--noheader",
                "--parsable2",
                "show",
                "assoc",
                "account=research",
                "format=User," + parts[1]));
    List<String> lines = query.read(Asked.NOTHING, job, List.of(said(parts[2] + "\n")));
    assertThat(String.join("; ", lines)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "QOSMaxJobsPerUserLimit MaxJobsPU limited|1 -> quality of service `limited` allows 1 job"
            + " for you at a time",
        "QOSMaxCpuPerUserLimit MaxTRESPU limited|cpu=4 -> cores: 8 asked, quality of service"
            + " `limited` allows 4 for you at a time",
        "QOSMaxWallDurationPerJobLimit MaxWall normal|01:00:00 -> time: 5:00:00 asked, quality of"
            + " service `normal` allows 1:00:00",
        "QOSMaxWallDurationPerJobLimit MaxWall other|01:00:00 -> ''"
      })
  void aQualityOfServiceMayBeThatOfTheQueueOrOfTheJob(String recorded, String expected) {
    String[] parts = recorded.split(" ", 3);
    LimitQuery query = slurm.limit(parts[0]).orElseThrow();
    Optional<Completed> job = Optional.of(said(JOB));
    assertThat(query.ask(job).getFirst().words()).endsWith("qos", "format=Name," + parts[1]);
    List<String> lines =
        query.read(Asked.NOTHING, job, List.of(said(parts[2] + "\n"), said(PARTITIONS)));
    assertThat(String.join("; ", lines)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Priority", "Resources", "Dependency", "", "JobHeldUser", "AssocX"})
  void nothingIsAskedWhenTheReasonIsNoLimit(String reason) {
    assertThat(slurm.limit(reason)).isEmpty();
  }

  @Test
  void withoutTheJobsOwnRowNobodyKnowsWhichAccount() {
    LimitQuery query = slurm.limit("AssocMaxJobsLimit").orElseThrow();
    assertThat(query.ask(Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "AssocMaxWallDurationPerJobLimit, will wait for ever",
    "QOSMaxMemoryPerJob, will wait for ever",
    "QOSMaxJobsPerUserLimit, as much as you may",
    "AssocGrpCPUMinutesLimit, as much as you may",
    "AssociationJobLimit, as much as you may",
    "MaxCpuPerAccount, as much as you may",
    "QOSNotAllowed, not allowed here"
  })
  void limitsThatPassAreToldFromThoseThatDoNot(String reason, String words) {
    assertThat(slurm.explain(reason).orElseThrow().sentence()).contains(words);
  }

  private static Completed said(String text) {
    return new Completed(0, text.getBytes(StandardCharsets.UTF_8), new byte[0]);
  }
}
