package io.karez.scheduler.slurm;

import io.karez.define.Finding;
import io.karez.define.WallTime;
import io.karez.scheduler.SiteQuery;
import io.karez.transport.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a Slurm is set up, for a user. Manuals: slurm.conf(5), cgroup.conf(5), sacctmgr(1); recorded
/// on 24.11.
record SlurmSite(String user) implements SiteQuery {
  private static final List<String> ASSOCIATION =
      List.of(
          "Account",
          "Partition",
          "MaxJobs",
          "MaxSubmit",
          "MaxWall",
          "MaxTRES",
          "GrpJobs",
          "GrpTRES",
          "DefaultQOS");

  private static final List<String> QUALITY =
      List.of(
          "Name",
          "MaxJobsPU",
          "MaxSubmitPU",
          "MaxWall",
          "MaxTRES",
          "MaxTRESPU",
          "GrpJobs",
          "GrpTRES");

  private static final String ASK_KEEPER = "ask who keeps the cluster";

  @Override
  public List<String> programs() {
    return List.of("sbatch", "squeue", "scancel", "scontrol", "sacct", "sacctmgr");
  }

  @Override
  public List<Command> ask() {
    return Stream.of(
            List.of("scontrol", "--version"),
            List.of("scontrol", "show", "config"),
            List.of("scontrol", "show", "partition", "--oneliner"),
            List.of(
                "sacct",
                "--noheader",
                "--parsable2",
                "--allocations",
                "--starttime=now",
                "--format=JobID"),
            List.of(
                "sacctmgr",
                "--noheader",
                "--parsable2",
                "show",
                "assoc",
                "user=" + user,
                "format=" + String.join(",", ASSOCIATION)),
            List.of("squeue", "--noheader", "--me", "--array", "--format=%T"),
            List.of(
                "sacctmgr",
                "--noheader",
                "--parsable2",
                "show",
                "qos",
                "format=" + String.join(",", QUALITY)))
        .map(words -> Command.of(words).with(Map.of("SLURM_TIME_FORMAT", "%s")))
        .toList();
  }

  @Override
  public List<Finding> read(List<Answer> answers) {
    List<Finding> findings = new ArrayList<>();
    Optional<String> config = answers.get(1).text();
    findings.add(version(answers.getFirst(), config));
    if (config.isEmpty()) {
      findings.add(
          Finding.error(
              "controller",
              "`scontrol show config`: " + answers.get(1).trouble(),
              "nothing can be submitted until it answers: wait, or " + ASK_KEEPER));
    } else {
      SlurmConfig settings = SlurmConfig.of(config.get());
      settings.asOf().map(at -> clock(answers.get(1), at)).ifPresent(findings::add);
      findings.addAll(accounting(settings, answers.get(3)));
      findings.addAll(limits(settings));
      findings.add(memory(settings));
      findings.addAll(accounts(settings, answers.get(4)));
    }
    findings.addAll(partitions(answers.get(2)));
    findings.addAll(qualities(answers.get(6)));
    if (config.isPresent()) {
      findings.add(queue(answers.get(5)));
    }
    return findings;
  }

  private static Finding version(Answer said, Optional<String> config) {
    String version =
        said.text().map(text -> text.strip().replaceFirst("^\\S+ ", "")).orElse("not known");
    String cluster =
        config
            .flatMap(text -> SlurmConfig.of(text).value("ClusterName"))
            .map(", cluster `%s`"::formatted)
            .orElse("");
    return Finding.ok("version", version + cluster);
  }

  /// The controller tells its time in whole seconds, at some moment between question and answer.
  private static Finding clock(Answer answer, Instant theirs) {
    Duration tolerance = Duration.ofSeconds(2);
    if (theirs.isBefore(answer.asked().minus(tolerance))) {
      return skew(Duration.between(theirs, answer.asked()), "behind");
    }
    return theirs.isAfter(answer.answered().plus(tolerance))
        ? skew(Duration.between(answer.answered(), theirs), "ahead of")
        : Finding.ok("clock", "the controller's agrees with this machine's");
  }

  private static Finding skew(Duration by, String side) {
    return Finding.warning(
        "clock",
        "the controller's is %d s %s this machine's".formatted(by.toSeconds(), side),
        "when jobs are expected to start is off by that: " + ASK_KEEPER + " to set the clocks");
  }

  private static List<Finding> accounting(SlurmConfig settings, Answer sacct) {
    String age = settings.seconds("MinJobAge").map(s -> s + " s").orElse("a while");
    if (!settings.keepsAccounting()) {
      return List.of(
          Finding.warning(
              "accounting",
              "Slurm keeps none",
              "how jobs ended is known from their own records, and from the queue, which forgets"
                  + " them after "
                  + age
                  + ": look at a run before that"));
    }
    if (sacct.text().isEmpty()) {
      return List.of(
          Finding.warning(
              "accounting",
              "`sacct`: " + sacct.trouble(),
              "until it answers, ends that jobs do not record themselves are known for "
                  + age
                  + " only"));
    }
    return List.of(
        Finding.ok(
            "accounting",
            "`sacct` answers; ended jobs stay in the queue's memory for " + age + " besides"),
        settings.value("AccountingStoreFlags").orElse("").contains("job_comment")
            ? Finding.ok("comments", "the accounting keeps them")
            : Finding.note(
                "comments",
                "the accounting does not keep them",
                "a submission whose answer was lost is found by the path of its script instead:"
                    + " nothing is to be done"));
  }

  private static List<Finding> limits(SlurmConfig settings) {
    List<Finding> findings = new ArrayList<>();
    settings
        .count("MaxArraySize")
        .map(size ->
            "arrays of up to %d jobs%s"
                .formatted(
                    size,
                    settings
                        .count("MaxJobCount")
                        .map(", %d jobs of all users together"::formatted)
                        .orElse("")))
        .map(said -> Finding.ok("limits", said))
        .ifPresent(findings::add);
    settings
        .seconds("KillWait")
        .map(seconds ->
            Finding.ok(
                "end of time",
                "a program has %d s to end when its time is over".formatted(seconds)))
        .ifPresent(findings::add);
    settings
        .value("JobRequeue")
        .filter("0"::equals)
        .map(off ->
            Finding.note(
                "requeue",
                "jobs are not put back into the queue",
                "`--signal ...:requeue` does nothing here: `karez retry` starts them again"))
        .ifPresent(findings::add);
    return findings;
  }

  private static Finding memory(SlurmConfig settings) {
    if (!settings.value("SelectTypeParameters").orElse("").contains("MEMORY")) {
      return Finding.note(
          "memory",
          "is not shared out among jobs",
          "what jobs ask for decides nothing: those on one node may need more than it has");
    }
    boolean kernel =
        settings.value("TaskPlugin").orElse("").contains("cgroup")
            && settings.value("CgroupPlugin").filter("disabled"::equals).isEmpty()
            && settings.value("ConstrainRAMSpace").filter("yes"::equals).isPresent();
    if (kernel) {
      return Finding.ok("memory", "limits are enforced (cgroup): OUT_OF_MEMORY is told");
    }
    return settings.value("JobAcctGatherParams").orElse("").contains("OverMemoryKill")
        ? Finding.note(
            "memory",
            "limits are enforced by looking from time to time",
            "a job that takes more than it asked for is killed, and is FAILED, not OUT_OF_MEMORY")
        : Finding.note(
            "memory",
            "limits are not enforced",
            "a job that takes more than it asked for takes it from others; ask for what it needs");
  }

  private static List<Finding> partitions(Answer answer) {
    if (answer.text().isEmpty()) {
      return List.of();
    }
    List<SlurmPartition> partitions = SlurmPartition.all(answer.text().get());
    List<Finding> findings = new ArrayList<>();
    for (SlurmPartition partition : partitions) {
      findings.add(partition(partition));
    }
    if (partitions.stream().noneMatch(SlurmPartition::isDefault)) {
      findings.add(Finding.note("queues", "none is the default", "say which with `--queue`"));
    }
    return findings;
  }

  private static Finding partition(SlurmPartition partition) {
    String time =
        partition.maxTime().map(most -> "up to " + WallTime.shown(most)).orElse("no time limit")
            + partition
                .defaultTime()
                .map(usual -> " (%s unless asked for)".formatted(WallTime.shown(usual)))
                .orElse("");
    String said =
        Stream.of(
                partition.isDefault() ? "default" : "",
                time,
                partition.nodes().map(n -> n + (n == 1 ? " node" : " nodes")).orElse(""),
                partition.qos().map("limits of the quality of service `%s`"::formatted).orElse(""))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    String about = "queue " + partition.name();
    if (partition.state().equals("UP")) {
      return Finding.ok(about, said);
    }
    String closed = partition.state() + ": " + said;
    String hint = "it starts no jobs at present: another queue may (`--queue`)";
    return partition.isDefault()
        ? Finding.warning(about, closed, hint)
        : Finding.note(about, closed, hint);
  }

  private List<Finding> accounts(SlurmConfig settings, Answer answer) {
    if (!settings.keepsAccounting()) {
      return List.of();
    }
    if (answer.text().isEmpty()) {
      return List.of(
          Finding.note(
              "accounts",
              "`sacctmgr`: " + answer.trouble(),
              "which accounts you may use cannot be told from here"));
    }
    List<Finding> findings =
        answer
            .text()
            .get()
            .lines()
            .map(line -> line.split("\\|", -1))
            .filter(cells -> cells.length == ASSOCIATION.size())
            .map(SlurmSite::account)
            .toList();
    if (!findings.isEmpty()) {
      return findings;
    }
    boolean enforced =
        settings.value("AccountingStorageEnforce").orElse("").contains("associations");
    String said = "`%s` has none".formatted(user);
    return List.of(
        enforced
            ? Finding.error("accounts", said, "jobs will be refused: " + ASK_KEEPER + " for one")
            : Finding.note("accounts", said, "none is needed here"));
  }

  /// Of those qualities of service that have limits; none where nobody tells.
  private static List<Finding> qualities(Answer answer) {
    return answer
        .text()
        .orElse("")
        .lines()
        .map(line -> line.split("\\|", -1))
        .filter(cells -> cells.length == QUALITY.size())
        .filter(cells -> !limits(QUALITY, cells).isEmpty())
        .map(cells -> Finding.ok("quality of service " + cells[0], limits(QUALITY, cells)))
        .toList();
  }

  /// `MaxJobs 10, MaxWall 1-00:00:00`, of all columns but the first.
  private static String limits(List<String> columns, String[] cells) {
    return Stream.iterate(1, i -> i < cells.length, i -> i + 1)
        .filter(i -> !cells[i].isBlank())
        .map(i -> columns.get(i) + " " + cells[i])
        .collect(Collectors.joining(", "));
  }

  private static Finding account(String[] cells) {
    String limits = limits(ASSOCIATION, cells);
    return Finding.ok(
        "account " + cells[0], limits.isEmpty() ? "you have no limits of your own" : limits);
  }

  private static Finding queue(Answer answer) {
    if (answer.text().isEmpty()) {
      return Finding.error(
          "your jobs",
          "`squeue`: " + answer.trouble(),
          "how jobs stand is known from their own records alone until it answers");
    }
    Map<String, Long> states =
        Arrays.stream(answer.text().get().split("\n"))
            .filter(line -> !line.isBlank())
            .collect(Collectors.groupingBy(String::strip, TreeMap::new, Collectors.counting()));
    return Finding.ok(
        "your jobs",
        states.isEmpty()
            ? "none in the queue"
            : states.entrySet().stream()
                .map(state -> state.getValue() + " " + state.getKey())
                .collect(Collectors.joining(", ")));
  }
}
