package io.karez.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Many indices in few words.
final class JobRanges {
  private JobRanges() {}

  /// `0-3, 7, 9-11`.
  ///
  /// @param indices ascending
  static String of(List<Integer> indices) {
    return runs(indices).collect(Collectors.joining(", "));
  }

  private static Stream<String> runs(List<Integer> indices) {
    Stream.Builder<String> words = Stream.builder();
    int from = 0;
    for (int at = 1; at <= indices.size(); at++) {
      if (at == indices.size() || indices.get(at) != indices.get(at - 1) + 1) {
        int first = indices.get(from);
        int last = indices.get(at - 1);
        words.add(first == last ? "" + first : first + "-" + last);
        from = at;
      }
    }
    return words.build();
  }
}
