package io.karez.track;

import io.karez.scheduler.NativeId;
import io.karez.scheduler.Sighting;
import io.karez.scheduler.StatusQuery;
import io.karez.scheduler.StatusReply;
import io.karez.site.RunLink;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks a scheduler about many jobs at once: its live query first, then its history about those
/// that the first did not list or could not be asked about.
final class Questions {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// What fits on any command line; schedulers with arrays name many jobs by one word.
  private static final int AT_ONCE = 100_000;

  private static final int LONGEST = 200;

  private final List<StatusQuery> queries;
  private final RunLink link;

  /// @param queries in the order in which they are asked
  Questions(List<StatusQuery> queries, RunLink link) {
    this.queries = queries;
    this.link = link;
  }

  /// One sighting for every id; a query that fails changes nothing but that its jobs are `Silent`.
  /// So are those that no answer lists where some line of an answer could not be read: it may be
  /// theirs.
  Map<NativeId, Sighting> ask(List<NativeId> ids) {
    Map<NativeId, Sighting> sightings = new HashMap<>();
    List<String> unread = new ArrayList<>();
    List<NativeId> open = ids.stream().distinct().toList();
    for (StatusQuery query : queries) {
      for (int from = 0; from < open.size(); from += AT_ONCE) {
        List<NativeId> some = open.subList(from, Math.min(from + AT_ONCE, open.size()));
        StatusReply reply = ask(query, some);
        reply.sightings().forEach((id, found) -> sightings.merge(id, found, Questions::surer));
        unread.addAll(reply.unread());
      }
      open = open.stream().filter(id -> !isKnown(sightings.get(id))).toList();
    }
    if (!unread.isEmpty()) {
      String why = "the scheduler's answer has a line that cannot be read: " + begin(unread);
      open.forEach(id -> sightings.put(id, new Sighting.Silent(why)));
    }
    return sightings;
  }

  /// The first of them, at a length that a person reads.
  private static String begin(List<String> unread) {
    String line = unread.getFirst();
    return "`" + line.substring(0, Math.min(LONGEST, line.length())) + "`";
  }

  private static boolean isKnown(@Nullable Sighting sighting) {
    return sighting instanceof Sighting.Listed || sighting instanceof Sighting.Gone;
  }

  /// That one witness does not list a job proves nothing while another could not be asked.
  private static Sighting surer(Sighting before, Sighting now) {
    return isKnown(now) || !(before instanceof Sighting.Silent) ? now : before;
  }

  private StatusReply ask(StatusQuery query, List<NativeId> ids) {
    try {
      return query.read(ids, link.ask(query.ask(ids), LIMIT));
    } catch (TransportException e) {
      Map<NativeId, Sighting> silent = new HashMap<>();
      ids.forEach(id -> silent.put(id, new Sighting.Silent(String.valueOf(e.getMessage()))));
      return new StatusReply(silent, List.of());
    }
  }
}
