package io.karez.scheduler;

import java.util.Map;

/// What came of asking jobs to end.
///
/// @param unreached why some could not be asked, by their ids
public record CancelReply(Map<NativeId, String> unreached) {

  public CancelReply {
    unreached = Map.copyOf(unreached);
  }
}
