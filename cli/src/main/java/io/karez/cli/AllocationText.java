package io.karez.cli;

import io.karez.scheduler.Allocation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Allocations as people and programs read them.
final class AllocationText {
  private AllocationText() {}

  /// `2 nodes (n01, n02)`.
  static String nodes(Allocation allocation) {
    String count = Quantities.count(allocation.nodes(), "node");
    return allocation.hosts().isEmpty()
        ? count
        : Printable.onLine("%s (%s)".formatted(count, String.join(", ", allocation.hosts())));
  }

  static Map<String, @Nullable Object> document(Allocation allocation, Instant now) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", allocation.id().text());
    map.put("name", allocation.name());
    map.put("by_karez", allocation.token().isPresent());
    map.put("state", allocation.state().name());
    map.put("native_state", allocation.word());
    map.put("reason", allocation.reason().orElse(null));
    map.put("nodes", allocation.nodes());
    map.put("node_names", allocation.hosts());
    map.put("cpus", allocation.cpus());
    map.put("queue", allocation.queue());
    map.put("account", allocation.account());
    map.put("submitted", allocation.submitted().map(Instant::toString).orElse(null));
    map.put("started", allocation.started().map(Instant::toString).orElse(null));
    map.put("elapsed_s", seconds(allocation.elapsed()));
    map.put("remaining_s", seconds(allocation.remaining()));
    map.put("age_s", seconds(age(allocation, now)));
    return map;
  }

  /// Since it was asked for.
  static Optional<Duration> age(Allocation allocation, Instant now) {
    return allocation
        .submitted()
        .map(then -> Duration.between(then, now))
        .map(age -> age.isNegative() ? Duration.ZERO : age);
  }

  private static @Nullable Long seconds(Optional<Duration> duration) {
    return duration.map(Duration::toSeconds).orElse(null);
  }
}
