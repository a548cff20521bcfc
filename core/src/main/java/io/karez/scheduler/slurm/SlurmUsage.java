package io.karez.scheduler.slurm;

import io.karez.define.Memory;
import io.karez.scheduler.Asked;
import io.karez.scheduler.NativeId;
import io.karez.scheduler.Usage;
import io.karez.scheduler.UsageQuery;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `sacct` with its steps, of which each has its own peak memory.
///
/// - the job's own row: what it asked for, its time, the processor time of all its steps
/// - memory of a job of one node: the whole; of several nodes nobody knows how it was divided
/// - rows of jobs that nobody asked about, and rows that cannot be read, are passed over
/// - source: sacct(1); recorded on 24.11
record SlurmUsage() implements UsageQuery {
  private static final String FIELDS =
      "JobID,ElapsedRaw,Timelimit,TotalCPU,MaxRSS,ReqMem,AllocCPUS,NNodes,Partition";
  private static final int COUNT = 9;

  @Override
  public Command ask(List<NativeId> ids) {
    List<String> words =
        new ArrayList<>(List.of("sacct", "--noheader", "--parsable2", "--format=" + FIELDS));
    Slurm.cluster(ids).ifPresent(name -> words.add("--clusters=" + name));
    // `7_3,7_4`: of ranges `sacct` reads none
    words.add("--jobs=" + String.join(",", ids.stream().map(Slurm::plain).toList()));
    return Command.of(words);
  }

  @Override
  public Map<NativeId, Usage> read(List<NativeId> asked, Completed reply) {
    Map<String, List<String[]>> rows = new HashMap<>();
    if (reply.succeeded()) {
      for (String line : reply.text().lines().toList()) {
        String[] cells = line.split("\\|", -1);
        if (cells.length == COUNT) {
          rows.computeIfAbsent(cells[0].split("\\.")[0], id -> new ArrayList<>()).add(cells);
        }
      }
    }
    Map<NativeId, Usage> usages = new LinkedHashMap<>();
    for (NativeId id : asked) {
      List<String[]> found = rows.getOrDefault(Slurm.plain(id), List.of());
      found.stream()
          .filter(cells -> !cells[0].contains("."))
          .findFirst()
          .ifPresent(own -> usages.put(id, usage(own, found)));
    }
    return usages;
  }

  private static Usage usage(String[] own, List<String[]> all) {
    Optional<Integer> nodes = count(own[7]);
    Asked asked =
        new Asked(
            nodes,
            Optional.empty(),
            count(own[6]),
            nodes.equals(Optional.of(1)) ? asked(own[5]) : Optional.empty(),
            SlurmFields.duration(own[2]),
            Optional.of(own[8]).filter(queue -> !queue.isBlank()));
    return new Usage(
        asked,
        SlurmFields.count(own[1]).map(Duration::ofSeconds),
        SlurmFields.duration(own[3]),
        all.stream()
            .flatMap(cells -> SlurmFields.memory(cells[4]).stream())
            .map(Memory::bytes)
            .max(Long::compare));
  }

  /// Before 21.08 with an `n`; `c`, for each core, tells no whole.
  private static Optional<Memory> asked(String text) {
    return SlurmFields.memory(text.replaceFirst("n$", ""));
  }

  /// None are allocated before it starts.
  private static Optional<Integer> count(String text) {
    return SlurmFields.count(text).filter(number -> number > 0);
  }
}
