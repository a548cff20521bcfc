package io.karez.track;

import io.karez.scheduler.Dialect;
import io.karez.scheduler.NativeId;
import io.karez.scheduler.Sighting;
import io.karez.scheduler.StatusQuery;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Asks a scheduler about many jobs at once: its live query first, then its history about those
/// that the first did not list.
final class Questions {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// What fits on any command line and in any scheduler's patience.
  private static final int AT_ONCE = 1000;

  private final Dialect dialect;
  private final Transport transport;

  Questions(Dialect dialect, Transport transport) {
    this.dialect = dialect;
    this.transport = transport;
  }

  /// One sighting for every id; a query that fails changes nothing but that its jobs are `Silent`.
  Map<NativeId, Sighting> ask(List<NativeId> ids) {
    Map<NativeId, Sighting> sightings = new HashMap<>();
    List<NativeId> open = ids.stream().distinct().toList();
    for (StatusQuery query : dialect.statusQueries()) {
      for (int from = 0; from < open.size(); from += AT_ONCE) {
        List<NativeId> some = open.subList(from, Math.min(from + AT_ONCE, open.size()));
        sightings.putAll(ask(query, some));
      }
      open = open.stream().filter(id -> sightings.get(id) instanceof Sighting.Absent).toList();
    }
    return sightings;
  }

  private Map<NativeId, Sighting> ask(StatusQuery query, List<NativeId> ids) {
    try {
      return query.read(ids, transport.run(query.ask(ids), LIMIT)).sightings();
    } catch (TransportException e) {
      Map<NativeId, Sighting> silent = new HashMap<>();
      ids.forEach(id -> silent.put(id, new Sighting.Silent(String.valueOf(e.getMessage()))));
      return silent;
    }
  }
}
