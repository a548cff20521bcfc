package io.karez.scheduler.slurm;

import io.karez.define.Memory;
import io.karez.define.WallTime;
import io.karez.scheduler.Asked;
import io.karez.scheduler.LimitQuery;
import io.karez.scheduler.NativeId;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which limit a reason of Slurm is about (squeue(1), "JOB REASON CODES"; sacctmgr(1)).
final class SlurmLimits {
  private static final List<String> OF_PARTITIONS =
      List.of("PartitionTimeLimit", "PartitionNodeLimit", "PartitionDown", "PartitionInactive");

  private static final Pattern OTHER =
      Pattern.compile(
          "(Assoc|QOS)(Max|Grp)(Cpu|Mem|Memory|Node|Jobs|Wall|WallDuration)(PerJob|PerUser|)(?:Limit)?");

  private SlurmLimits() {}

  static Optional<LimitQuery> of(String reason) {
    if (OF_PARTITIONS.contains(reason)) {
      return Optional.of(new OfPartition(reason));
    }
    Matcher other = OTHER.matcher(reason);
    return other.matches()
        ? Optional.of(
            new OfAccount(
                other.group(1).equals("QOS"),
                other.group(2).equals("Grp"),
                other.group(3),
                other.group(4).equals("PerUser")))
        : Optional.empty();
  }

  private static Command partitions() {
    return Command.of("scontrol", "show", "partition", "--oneliner");
  }

  /// A limit of the queue itself.
  private record OfPartition(String reason) implements LimitQuery {
    @Override
    public Optional<Command> askJob(NativeId id) {
      return Optional.empty();
    }

    @Override
    public List<Command> ask(Optional<Completed> job) {
      return List.of(partitions());
    }

    @Override
    public List<String> read(Asked asked, Optional<Completed> job, List<Completed> replies) {
      List<String> queues = List.of(asked.queue().orElse("").split(","));
      return SlurmPartition.all(replies.getFirst().text()).stream()
          .filter(p -> asked.queue().isEmpty() ? p.isDefault() : queues.contains(p.name()))
          .flatMap(partition -> line(asked, partition).stream())
          .toList();
    }

    private Optional<String> line(Asked asked, SlurmPartition partition) {
      String name = "partition `" + partition.name() + "`";
      return switch (reason) {
        case "PartitionTimeLimit" ->
            partition
                .maxTime()
                .filter(most -> asked.time().filter(time -> time.compareTo(most) <= 0).isEmpty())
                .map(most ->
                    against("time", asked.time().map(WallTime::shown), name, WallTime.shown(most)));
        case "PartitionNodeLimit" ->
            nodes(partition)
                .map(allowed ->
                    against("nodes", asked.nodes().map(Object::toString), name, allowed));
        default -> Optional.of(name + " is " + partition.state());
      };
    }

    /// `2`, `at least 4`; no more than it has.
    private static Optional<String> nodes(SlurmPartition partition) {
      Optional<Integer> most =
          Stream.of(partition.maxNodes(), partition.nodes())
              .flatMap(Optional::stream)
              .min(Integer::compare);
      Optional<Integer> least = partition.minNodes().filter(number -> number > 1);
      return least
          .map(number -> number + most.map(more -> " to " + more).orElse(" or more"))
          .or(() -> most.map(Object::toString));
    }
  }

  /// A limit of the user, the account or the quality of service.
  ///
  /// @param isGroup whether it is one for all who share it
  /// @param what of `cpu`, `mem`, `node`, jobs or time
  /// @param isPerUser whether it counts all of the user's jobs, and not each
  private record OfAccount(boolean isQos, boolean isGroup, String what, boolean isPerUser)
      implements LimitQuery {

    @Override
    public Optional<Command> askJob(NativeId id) {
      return Optional.of(Command.of("scontrol", "show", "job", "--oneliner", Slurm.plain(id)));
    }

    @Override
    public List<Command> ask(Optional<Completed> job) {
      String row = row(job);
      if (isQos) {
        return List.of(
            Command.of(
                "sacctmgr", "--noheader", "--parsable2", "show", "qos", "format=Name," + column()),
            partitions());
      }
      return SlurmFields.named(row, "Account")
          .map(account ->
              List.of(
                  Command.of(
                      "sacctmgr",
                      "--noheader",
                      "--parsable2",
                      "show",
                      "assoc",
                      "account=" + account,
                      "format=User," + column())))
          .orElse(List.of());
    }

    @Override
    public List<String> read(Asked asked, Optional<Completed> job, List<Completed> replies) {
      String row = row(job);
      String user = SlurmFields.named(row, "UserId").orElse("").replaceFirst("\\(.*", "");
      List<String[]> rows =
          replies.getFirst().text().lines().map(line -> line.split("\\|", -1)).toList();
      if (isQos) {
        return qualities(row, replies.getLast().text()).stream()
            .flatMap(quality ->
                allowed(rows, quality).stream()
                    .map(limit -> line(row, "quality of service `" + quality + "`", limit)))
            .toList();
      }
      String account = "account `" + SlurmFields.named(row, "Account").orElse("?") + "`";
      // Limits for all stand with the account, those of a user with the user.
      return (isGroup ? allowed(rows, "") : allowed(rows, user))
          .map(limit -> line(row, account, limit)).stream().toList();
    }

    private static String row(Optional<Completed> job) {
      return job.filter(Completed::succeeded)
          .flatMap(reply -> reply.text().lines().findFirst())
          .orElse("");
    }

    /// That of the queue comes before the job's own.
    private static List<String> qualities(String row, String partitions) {
      List<String> queues = List.of(SlurmFields.named(row, "Partition").orElse("").split(","));
      List<String> qualities = new ArrayList<>();
      SlurmPartition.all(partitions).stream()
          .filter(partition -> queues.contains(partition.name()))
          .flatMap(partition -> partition.qos().stream())
          .forEach(qualities::add);
      SlurmFields.named(row, "QOS").ifPresent(qualities::add);
      return qualities.stream().distinct().toList();
    }

    private String column() {
      String of = isGroup ? "Grp" : "Max";
      return switch (what) {
        case "Jobs" -> of + "Jobs" + (isPerUser && isQos ? "PU" : "");
        case "Wall", "WallDuration" -> of + "Wall";
        default -> of + "TRES" + (isPerUser && isQos ? "PU" : "");
      };
    }

    /// The limit in the row of that name, in words of ours.
    private Optional<String> allowed(List<String[]> rows, String name) {
      return rows.stream()
          .filter(cells -> cells.length == 2 && cells[0].equals(name) && !cells[1].isBlank())
          .findFirst()
          .flatMap(cells ->
              switch (what) {
                case "Jobs" -> Optional.of(cells[1]);
                case "Wall", "WallDuration" -> SlurmFields.duration(cells[1]).map(WallTime::shown);
                case "Cpu" -> part(cells[1], "cpu");
                case "Node" -> part(cells[1], "node");
                default -> part(cells[1], "mem").map(OfAccount::memory);
              });
    }

    private static Optional<String> part(String tres, String name) {
      return Arrays.stream(tres.split(","))
          .filter(part -> part.startsWith(name + "="))
          .map(part -> part.substring(name.length() + 1))
          .findFirst();
    }

    private static String memory(String text) {
      return SlurmFields.memory(text).map(Memory::toString).orElse(text);
    }

    private String line(String row, String whose, String limit) {
      String tres = SlurmFields.named(row, "ReqTRES").orElse("");
      boolean atATime = isGroup || isPerUser || what.equals("Jobs");
      String scope =
          isGroup ? " for all at a time" : atATime ? " for you at a time" : " for one job";
      return switch (what) {
        case "Jobs" -> whose + " allows " + limit + (limit.equals("1") ? " job" : " jobs") + scope;
        case "Wall", "WallDuration" ->
            isGroup
                ? whose + " allows " + limit + " in all"
                : against(
                    "time",
                    SlurmFields.named(row, "TimeLimit")
                        .flatMap(SlurmFields::duration)
                        .map(WallTime::shown),
                    whose,
                    limit);
        case "Cpu" -> against("cores", part(tres, "cpu"), whose, limit) + scope;
        case "Node" -> against("nodes", part(tres, "node"), whose, limit) + scope;
        default ->
            against("memory", part(tres, "mem").map(OfAccount::memory), whose, limit) + scope;
      };
    }
  }

  private static String against(String what, Optional<String> asked, String whose, String allowed) {
    return what
        + ": "
        + asked.map(text -> text + " asked, ").orElse("")
        + whose
        + " allows "
        + allowed;
  }
}
