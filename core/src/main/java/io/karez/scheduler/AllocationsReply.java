package io.karez.scheduler;

import java.util.List;

/// What a scheduler answered when it was asked which allocations there are.
public sealed interface AllocationsReply {

  /// @param unread lines that could not be understood; they spoil no other line
  record Listed(List<Allocation> allocations, List<String> unread) implements AllocationsReply {
    public Listed {
      allocations = List.copyOf(allocations);
      unread = List.copyOf(unread);
    }
  }

  /// It gave no usable answer.
  record Silent(String why) implements AllocationsReply {}
}
