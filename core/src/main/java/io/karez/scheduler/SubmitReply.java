package io.karez.scheduler;

import java.util.Optional;

/// What a scheduler answered to a submission.
public sealed interface SubmitReply {

  /// It has the jobs.
  ///
  /// @param id of the submission as a whole
  /// @param warning what it said besides
  record Accepted(NativeId id, Optional<String> warning) implements SubmitReply {}

  /// It is known not to have them: its text matches a refusal that the dialect lists.
  record Refused(String text) implements SubmitReply {}

  /// It is known not to have them, because it takes no more for now.
  record Full(String text) implements SubmitReply {}

  /// Nobody knows whether it has them; nothing is submitted again by itself.
  record Uncertain(String text) implements SubmitReply {}
}
