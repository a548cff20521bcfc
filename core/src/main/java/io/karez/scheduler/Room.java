package io.karez.scheduler;

import io.karez.define.Memory;
import io.karez.define.Resources;
import java.util.List;
import java.util.Optional;

/// What an allocation has room for.
///
/// @param nodes none when nobody has told
public record Room(List<Node> nodes) {

  /// @param memory empty for all there is
  public record Node(String host, int cpus, Optional<Memory> memory) {

    private int slots(int cores, Optional<Memory> each) {
      int slots = cpus / cores;
      return memory.isEmpty() || each.isEmpty() || each.get().bytes() == 0
          ? slots
          : (int) Math.min(slots, memory.get().bytes() / each.get().bytes());
    }
  }

  public Room {
    nodes = List.copyOf(nodes);
  }

  /// How many jobs fit at a time, each on one node; 0 when not even one does.
  public int slots(Resources each) {
    int cores = Math.multiplyExact(each.cpus().orElse(1), each.tasks().orElse(1));
    return nodes.stream().mapToInt(node -> node.slots(cores, each.memory())).sum();
  }
}
