package io.karez.scheduler;

import java.util.Optional;

/// What a scheduler answered when it was asked for an allocation.
public sealed interface GetReply {

  /// @param id empty when it did not say which
  record Granted(Optional<NativeId> id) implements GetReply {}

  /// It has given none. Where its text is about the way to it, it may still mean to: only a look
  /// tells.
  record Failed(String text) implements GetReply {}
}
