package io.karez.scheduler;

import java.util.List;
import java.util.Map;

/// The answer to one status query.
///
/// @param sightings one for every job that was asked about
/// @param unread lines that could not be understood; they spoil no other line
public record StatusReply(Map<NativeId, Sighting> sightings, List<String> unread) {

  public StatusReply {
    sightings = Map.copyOf(sightings);
    unread = List.copyOf(unread);
  }
}
