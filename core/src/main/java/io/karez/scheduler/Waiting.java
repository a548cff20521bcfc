package io.karez.scheduler;

import java.util.Optional;

/// Why a scheduler lets a job wait, in plain words.
///
/// @param sentence goes on from "it waits": lower case, no full stop
/// @param hint what to do about it, `RUN` standing for the run
public record Waiting(String sentence, Optional<String> hint) {

  public static Waiting because(String sentence) {
    return new Waiting(sentence, Optional.empty());
  }

  public static Waiting because(String sentence, String hint) {
    return new Waiting(sentence, Optional.of(hint));
  }
}
